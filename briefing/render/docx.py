"""Brief in, a Word file out: real styles and headings, a footnote with the quoted words for every citation."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from briefing.config import Config
from briefing.records import Brief, Evidence
from briefing.render import fonts, outline
from briefing.render.citations import Quotation
from briefing.render.layout import Theme
from briefing.render.marking import Marking, marking
from briefing.render.templates import Style
from briefing.render.text import clip, display, quoted

PAPER = {"A4": (210, 297), "Letter": (215.9, 279.4)}  # millimetres
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
NOTES_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
QUOTE = 300  # characters of a quotation in a footnote


def dump(brief: Brief, style: Style, config: Config) -> bytes:
    """A .docx with fixed dates, so that the same brief gives the same bytes."""
    return _Writer(outline.outline(brief, style, config), style.theme, config).save()


class _Writer:
    def __init__(self, plan: outline.Outline, theme: Theme, config: Config) -> None:
        import docx

        self.plan, self.theme, self.config = plan, theme, config
        self.document = docx.Document()
        self.notes: list[str] = []
        self.articles = {a.id: a for a in plan.brief.articles}
        self._styles()
        self._page()

    def save(self) -> bytes:
        """Write everything, then the archive anew with fixed times."""
        d = self.document
        d.add_paragraph(self.plan.kicker, style="Kicker")
        d.add_paragraph(display(self.plan.title), style="Title")
        facts = d.add_paragraph(style="Note")
        for key, value in self.plan.facts:
            facts.add_run(f"{key}: ").bold = True
            facts.add_run(f"{display(value)}   ")
        for part in self.plan.parts:
            if part.title:
                d.add_heading(display(part.title), level=1)
            for block in part.blocks:
                self._block(block)
        self._footnotes()
        self._properties()
        raw = io.BytesIO()
        d.save(raw)
        return _fixed(raw.getvalue())

    def _block(self, block: outline.Block) -> None:
        d = self.document
        if isinstance(block, outline.Paragraph):
            names = {"lead": "Lead", "note": "Note"}
            self._runs(d.add_paragraph(style=names.get(block.style, "Normal")), block.runs, between=" ")
        elif isinstance(block, outline.Bullets):
            for row in block.rows:
                self._runs(d.add_paragraph(style="List Bullet"), row)
        elif isinstance(block, outline.Table):
            self._table(block)
        else:
            self._source(block)

    def _runs(self, paragraph: Any, runs: outline.Cell, between: str = "") -> None:
        for i, run in enumerate(runs):
            lead = between if i else ""
            paragraph.add_run(lead + run.words).bold = run.bold or None
            if run.cites:
                self._note(paragraph, run.evidence)

    def _note(self, paragraph: Any, evidence: tuple[Evidence, ...]) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        words = "; ".join(self._said(e) for e in evidence if e.article in self.articles)
        self.notes.append(words)
        run = paragraph.add_run()
        run.style = "Footnote Reference"
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(len(self.notes)))
        run._r.append(mark)  # noqa: SLF001 (python-docx has no call for footnotes)

    def _said(self, e: Evidence) -> str:
        a = self.articles[e.article]
        spans = self.plan.brief.paragraphs.get(e.article, ())
        paragraph = sum(1 for start, _ in spans if start <= e.start)
        where = f", ¶ {paragraph}" if paragraph else ""
        number = f"[{a.number}] " if a.number is not None else ""
        return f"{number}{a.publisher or a.title or a.id}{where}: {quoted(clip(e.quote, QUOTE))}"

    def _table(self, block: outline.Table) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Mm

        table = self.document.add_table(rows=1, cols=len(block.head), style="Brief Table")
        table.autofit = False
        for cell, words in zip(table.rows[0].cells, block.head, strict=True):
            cell.paragraphs[0].style = "Table Head"
            cell.paragraphs[0].add_run(display(words))
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001
        for row in block.rows:
            cells = table.add_row()
            whole = OxmlElement("w:cantSplit")
            cells._tr.get_or_add_trPr().append(whole)  # noqa: SLF001
            for cell, runs in zip(cells.cells, row, strict=True):
                cell.paragraphs[0].style = "Table Text"
                self._runs(cell.paragraphs[0], runs)
        wide = PAPER[self.config.render.paper][0] - 36
        for column, share in zip(table.columns, block.widths, strict=True):
            column.width = Mm(wide * share)
            for cell in column.cells:
                cell.width = Mm(wide * share)
        self.document.add_paragraph(style="After Table")

    def _source(self, entry: outline.SourceEntry) -> None:
        d = self.document
        head = d.add_paragraph(style="Source")
        head.add_run(f"[{entry.number}] ").bold = True
        head.add_run(entry.title).bold = True
        d.add_paragraph(entry.detail + (f" · {entry.url}" if entry.url else ""), style="Note")
        for q in entry.quotations:
            self._quotation(q)

    def _quotation(self, q: Quotation) -> None:
        where = f"¶ {q.paragraph}  " if q.paragraph else ""
        self.document.add_paragraph(where + quoted(q.quote), style="Source Quote")

    def _styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE

        c, t = self.theme.colours, self.theme.type
        self._font("Normal", t.text, 10, c.ink, after=4)
        self._font("Title", t.text, 24, c.ink, after=6, bold=True)
        self._font("Heading 1", t.head, 13, c.accent, before=14, after=4, bold=True)
        self._font("List Bullet", t.text, 10, c.ink, after=2)
        for name, face, size, colour, before, after, bold in (
            ("Kicker", t.head, 9, c.alert, 0, 2, True),
            ("Lead", t.text, 12, c.ink, 0, 8, False),
            ("Note", t.head, 8, c.muted, 0, 4, False),
            ("Table Head", t.head, 8, c.muted, 0, 0, True),
            ("Table Text", t.head, 8.5, c.ink, 0, 0, False),
            ("After Table", t.head, 4, c.ink, 0, 0, False),
            ("Source", t.head, 9, c.ink, 6, 0, False),
            ("Source Quote", t.head, 8, c.ink, 0, 1, False),
            ("Footnote Text", t.head, 8, c.ink, 0, 0, False),
        ):
            self.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            self._font(name, face, size, colour, before=before, after=after, bold=bold, keep=name == "Source")
        reference = self.document.styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER)
        reference.font.superscript = True
        self._table_style()

    def _font(
        self, name: str, face: str, size: float, colour: str, *, before: float = 0, after: float = 0,
        bold: bool = False, keep: bool = False,
    ) -> None:  # fmt: skip
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        style = self.document.styles[name]
        digits = colour[1:] if len(colour) == 7 else "".join(2 * d for d in colour[1:])
        style.font.name, style.font.size, style.font.bold = face, Pt(size), bold
        style.font.color.rgb = RGBColor.from_string(digits.upper())
        style.element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), fonts.FALLBACKS[4])
        style.element.get_or_add_rPr().rFonts.set(qn("w:cs"), fonts.FALLBACKS[1])
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = keep or name.startswith("Heading")

    def _table_style(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml import parse_xml

        style = self.document.styles.add_style("Brief Table", WD_STYLE_TYPE.TABLE)
        line = f'w:val="single" w:sz="4" w:space="0" w:color="{self.theme.colours.rule[1:]}"'
        borders = "".join(f"<w:{side} {line}/>" for side in ("top", "bottom", "insideH"))
        sides = (("top", 30), ("left", 0), ("bottom", 30), ("right", 110))
        room = "".join(f'<w:{side} w:w="{twips}" w:type="dxa"/>' for side, twips in sides)
        inner = f"<w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{room}</w:tblCellMar>"
        style.element.append(parse_xml(f'<w:tblPr xmlns:w="{W}">{inner}</w:tblPr>'))

    def _page(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        section = self.document.sections[0]
        wide, high = PAPER[self.config.render.paper]
        section.page_width, section.page_height = Mm(wide), Mm(high)
        section.left_margin = section.right_margin = Mm(18)
        section.top_margin, section.bottom_margin = Mm(24), Mm(22)
        found = marking(self.plan.brief.marking, self.theme.marking)
        for part in (section.header, section.footer):
            paragraph = part.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if part is not section.header:
                _field(paragraph, "PAGE")
                paragraph.add_run("   ")
            _mark(paragraph, found)

    def _footnotes(self) -> None:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        def note(id: int, kind: str, inner: str) -> str:  # noqa: A002
            return f'<w:footnote w:id="{id}"{kind}><w:p>{inner}</w:p></w:footnote>'

        body = note(-1, ' w:type="separator"', "<w:r><w:separator/></w:r>")
        body += note(0, ' w:type="continuationSeparator"', "<w:r><w:continuationSeparator/></w:r>")
        for i, words in enumerate(self.notes, 1):
            mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
            said = f'<w:r><w:t xml:space="preserve"> {escape(display(words))}</w:t></w:r>'
            body += note(i, "", f'<w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>{mark}{said}')
        xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{W}">{body}</w:footnotes>'
        package = self.document.part.package
        part = Part(PackURI("/word/footnotes.xml"), NOTES, xml.encode("utf-8", "replace"), package)
        self.document.part.relate_to(part, NOTES_REL)

    def _properties(self) -> None:
        brief, core = self.plan.brief, self.document.core_properties
        try:
            made = datetime.fromisoformat(brief.as_of or "")
        except ValueError:
            made = datetime(2000, 1, 1, tzinfo=UTC)
        core.title, core.author, core.last_modified_by = (
            display(self.plan.title)[:255],
            self.config.brief.organisation,
            "",
        )
        core.comments, core.language, core.revision = (
            f"briefing {brief.production.version}",
            self.config.brief.language,
            1,
        )
        core.created = core.modified = made.replace(tzinfo=None)
        fonts_of = self.document.styles.element.xpath("w:docDefaults//w:lang")
        for element in fonts_of:
            element.set(f"{{{W}}}val", self.config.brief.language)


def _field(paragraph: Any, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)  # noqa: SLF001 (python-docx has no call for fields)


def _mark(paragraph: Any, found: Marking) -> None:
    from docx.oxml import parse_xml
    from docx.shared import Pt, RGBColor

    if found.kind == "none":
        return
    run = paragraph.add_run(f" {display(found.label)} ")
    run.bold, run.font.size = True, Pt(12)
    if found.kind == "tlp":
        run.font.color.rgb = RGBColor.from_string(found.colour[1:])
        run._r.get_or_add_rPr().append(  # noqa: SLF001
            parse_xml(f'<w:shd xmlns:w="{W}" w:val="clear" w:color="auto" w:fill="000000"/>')
        )


def _fixed(raw: bytes) -> bytes:
    """The same archive with one date on every member."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            new.writestr(member, old.read(name))
    return out.getvalue()
