"""An invented article in every format that ingest reads: a name → its bytes. Contains no business logic."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from docx import Document

TITLE = "Harbour council votes to close the old northern bridge"
BODY = (
    "The harbour council of Port Almen voted on Tuesday to close the old northern bridge, the council said.",
    "“We had no choice after the survey,” said Mara Tolland, its chair. She said 14 of 31 piers had split.",
    "The ferry company Almen Line denied that it had asked for the closure, its spokesman, Jon Reske, said on Monday.",
    "Engineers expect the repairs to take at least two years, and the council has set aside 12 million crowns for it.",
)
TEXT = "\n\n".join(BODY)


@dataclass(frozen=True)
class Story:
    """What every format holds: a headline and paragraphs, and where they stood."""

    title: str = TITLE
    body: tuple[str, ...] = BODY
    url: str = "https://courier.example/bridge"

    @property
    def text(self) -> str:
        """The paragraphs, blank lines between."""
        return "\n\n".join(self.body)

    @property
    def pasted(self) -> str:
        """As it is copied from a page: headline, byline, date, dateline."""
        return f"{self.title}\n\nBy Lena Orvik\nMay 14, 2024\n\nPORT ALMEN (AP) — {self.text}\n"


BRIDGE = Story()
PARTS = tuple(
    Story(f"{TITLE} {n}", (*BODY, f"Part {n} ends here, the paper said."), f"https://courier.example/{n}")
    for n in (1, 2)
)
PASTED = BRIDGE.pasted


def html(
    *,
    title: str = TITLE,
    date: str | None = "2024-05-14T08:30:00+02:00",
    body: tuple[str, ...] = BODY,
    url: str = BRIDGE.url,
) -> bytes:
    """A page with a menu, a byline, a caption and a foot around the article."""
    meta = f'<meta property="article:published_time" content="{date}">' if date else ""
    paragraphs = "".join(f"<p>{p}</p>" for p in body)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} - The Almen Courier</title>{meta}'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Almen Courier">'
        '<meta name="author" content="Lena Orvik"><link rel="canonical" '
        f'href="{url}">'
        f"</head><body><nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
        f"<article><h1>{title}</h1>"
        f"{paragraphs}<p>Read more: Ferry fares to rise in June</p></article>"
        "<footer><p>© 2024 The Almen Courier. All rights reserved.</p></footer></body></html>"
    ).encode()


def pdf(pages: tuple[tuple[str, ...], ...], *, head: str = "", size: int = 11) -> bytes:
    """A PDF written by hand: each page's lines at a fixed pitch, an empty string for a blank line."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for number, rows in enumerate(pages, start=1):
        drawn = [(72, 800, head)] if head else []
        drawn += [(72, 740 - 14 * n, row) for n, row in enumerate(rows) if row]
        drawn.append((290, 30, str(number)))
        stream = "".join(f"BT /F1 {size} Tf {x} {y} Td ({_escaped(row)}) Tj ET\n" for x, y, row in drawn)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * (number - 1)} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}endstream")
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252"))
    start = out.tell()
    table = "".join(f"{p:010d} 00000 n \n" for p in places)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def _escaped(row: str) -> str:
    return row.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def wrapped(text: str, width: int = 80) -> tuple[str, ...]:
    """Lines of at most ``width`` characters, a blank line between paragraphs."""
    rows: list[str] = []
    for line in text.split("\n"):
        row = ""
        for word in line.split():
            if row and len(row) + 1 + len(word) > width:
                rows.append(row)
                row = word
            else:
                row = f"{row} {word}".strip()
        rows.append(row)
    return tuple(rows)


def docx(story: Story = BRIDGE) -> bytes:
    """A Word file, its title in the style of a title."""
    document = Document()
    document.add_heading(story.title, level=0)
    document.add_paragraph("By Lena Orvik")
    document.add_paragraph("May 14, 2024")
    for paragraph in story.body:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def odt(story: Story = BRIDGE) -> bytes:
    """An OpenDocument text with a comment that is not part of it."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    names = f'xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0"'
    rows = "".join(f"<text:p>{p}</text:p>" for p in ("By Lena Orvik", "May 14, 2024", *story.body))
    note = "<text:p><office:annotation><text:p>Check this.</text:p></office:annotation></text:p>"
    content = (
        f"<office:document-content {names}><office:body><office:text><text:h>{story.title}</text:h>{rows}{note}"
        "</office:text></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": b"<m/>",
        }
    )


def rtf(story: Story = BRIDGE) -> bytes:
    """RTF with a font table, code-page letters and Unicode letters."""
    rows = [story.title, "By Lena Orvik", "May 14, 2024", *story.body]
    body = "\\par\\par\n".join(row.replace("“", "\\'93").replace("”", "\\u8221?") for row in rows)
    return (
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Helvetica;}}{\\info{\\title Not shown}}\\f0\\fs22 " + body + "\\par}"
    ).encode("ascii")


def mail(story: Story = BRIDGE, *, newsletter: bool = False) -> bytes:
    """A forwarded article, or an outlet's newsletter in HTML."""
    head = (
        "From: Almen Courier <news@courier.example>\r\nTo: desk@example.org\r\nSubject: Fwd: " + story.title + "\r\n"
        "Date: Tue, 14 May 2024 09:00:00 +0200\r\nMessage-ID: <1@courier.example>\r\nMIME-Version: 1.0\r\n"
    )
    if newsletter:
        body = "<html><body><div style='display:none'>Preview text</div>" + "".join(f"<p>{p}</p>" for p in story.body)
        body += "<p>You can unsubscribe at any time.</p></body></html>"
        kind = "List-Id: <news.courier.example>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        return (head + kind + body).encode()
    return (head + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + story.text + "\r\n-- \r\nLena\r\n").encode()


def mail_with_attachment(story: Story = BRIDGE) -> bytes:
    """A line of text, a Word file and a picture."""
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Jon <jon@example.org>", "desk@example.org", "For you"
    message["Message-ID"] = "<2@example.org>"
    message.set_content("See the attached article, please.")
    message.add_attachment(
        docx(story),
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
        filename="bridge.docx",
    )
    message.add_attachment(b"\x89PNG....", maintype="image", subtype="png", filename="map.png")
    return message.as_bytes()


def mhtml(story: Story = BRIDGE) -> bytes:
    """A page as browsers save it in one file."""
    head = (
        f"From: <Saved by a browser>\r\nSnapshot-Content-Location: {story.url}\r\nSubject: x\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="----cut"\r\n\r\n'
        f"------cut\r\nContent-Type: text/html\r\nContent-Location: {story.url}\r\n\r\n"
    )
    page = html(title=story.title, body=story.body, url=story.url)
    return head.encode() + page + b"\r\n------cut--\r\n"


def rss(stories: Sequence[Story] = PARTS, *, full: bool = True) -> bytes:
    """An entry a story; with ``full`` false, their summaries only."""
    items = ""
    for story in stories:
        whole = "".join(f"<p>{p}</p>" for p in story.body)
        items += f"<item><title>{story.title}</title><link>{story.url}</link>"
        items += "<pubDate>Tue, 14 May 2024 06:30:00 GMT</pubDate>"
        items += f"<description><![CDATA[{whole if full else 'The council voted.'}]]></description></item>"
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>The Almen Courier</title>'
    return f"{head}{items}</channel></rss>".encode()


def atom(story: Story = BRIDGE) -> bytes:
    """One entry with full content."""
    body = "".join(f"&lt;p&gt;{p}&lt;/p&gt;" for p in story.body)
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Almen Courier</title><entry>'
        f'<title>{story.title}</title><link href="{story.url}"/><updated>2024-05-14T06:30:00Z</updated>'
        f'<published>2024-05-14T06:30:00Z</published><content type="html">{body}</content></entry></feed>'
    ).encode()


def json_feed(story: Story = BRIDGE) -> bytes:
    """One entry of a JSON Feed."""
    item = {
        "id": "1",
        "url": story.url,
        "title": story.title,
        "date_published": "2024-05-14T06:30:00Z",
    }
    item["content_html"] = "".join(f"<p>{p}</p>" for p in story.body)
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "The Almen Courier", "items": [item]}
    ).encode()


def csv(story: Story = BRIDGE) -> bytes:
    """One row under a header line."""
    return f'headline,published,outlet,body\n"{story.title}",2024-05-14,The Almen Courier,"{story.text}"\n'.encode()


def json_list(story: Story = BRIDGE) -> bytes:
    """The shape of a news service's answer."""
    row = {
        "title": story.title,
        "publishedAt": "2024-05-14T06:30:00Z",
        "source": {"id": None, "name": "The Almen Courier"},
        "content": story.text,
    }
    return json.dumps({"status": "ok", "articles": [row]}).encode()


def jsonl(first: Story = BRIDGE, second: Story = BRIDGE, *, ids: tuple[str, str] = ("x1", "x2")) -> bytes:
    """Two articles, taken as they are."""
    rows = [
        {"id": ids[0], "text": f"  {first.text}\n", "date": "2024-05-14"},
        {"id": ids[1], "text": second.text, "title": second.title},
    ]
    return "".join(json.dumps(r) + "\n" for r in rows).encode()


def marked(story: Story = BRIDGE) -> bytes:
    """Markdown."""
    return f"# {story.title}\n\nBy Lena Orvik\nMay 14, 2024\n\n{story.text}\n".encode()


def printed(story: Story = BRIDGE) -> bytes:
    """A page printed to PDF, with a running head."""
    rows = wrapped(story.pasted)
    return pdf((rows[:12], rows[12:]), head="The Almen Courier - News")


def packed(members: dict[str, bytes]) -> bytes:
    """A ZIP of these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def mbox(first: Story = BRIDGE, second: Story = BRIDGE) -> bytes:
    """Two mails in one file."""
    one, other = (mail(story).replace(b"\r\n", b"\n") for story in (first, second))
    return (
        b"From a@example.org Tue May 14 09:00:00 2024\n"
        + one
        + b"\n\nFrom b@example.org Tue May 14 10:00:00 2024\n"
        + other
    )


FORMATS: dict[str, bytes] = {
    "plain.txt": PASTED.encode(),
    "utf16.txt": PASTED.encode("utf-16"),
    "cp1252.txt": PASTED.encode("cp1252"),
    "marked.md": marked(),
    "page.html": html(),
    "page.mhtml": mhtml(),
    "print.pdf": printed(),
    "word.docx": docx(),
    "open.odt": odt(),
    "rich.rtf": rtf(),
    "forwarded.eml": mail(),
    "newsletter.eml": mail(newsletter=True),
    "attached.eml": mail_with_attachment(),
    "box.mbox": mbox(),
    "feed.rss": rss(),
    "feed.atom": atom(),
    "feed.json": json_feed(),
    "rows.csv": csv(),
    "list.json": json_list(),
    "lines.jsonl": jsonl(),
    "packed.zip": packed({"in/a.txt": PASTED.encode(), "b.html": html()}),
    "plain.txt.gz": gzip.compress(PASTED.encode(), mtime=0),
}
