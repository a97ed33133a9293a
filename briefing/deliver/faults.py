"""What a library raised in, a DeliveryError out: passing or lasting, in plain words, with every secret taken out.

The library's own exception is not chained: a traceback would show what it carries.
"""

from __future__ import annotations

import base64
import errno
import http.client
import json
import socket
import ssl
from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import quote

from briefing.errors import BriefingError, DeliveryError

T = TypeVar("T")
RUNS = "check host and port, and that the server runs"
_MEND = {
    errno.EACCES: "give the user that runs this the right to write there",
    errno.EPERM: "give the user that runs this the right to write there",
    errno.EROFS: "name a place that can be written",
    errno.ENOSPC: "make room there",
    errno.EDQUOT: "make room there",
}
LONGEST = 300  # characters of what the other side said


class UnansweredError(DeliveryError):
    """The last byte went out and no answer came: in doubt."""


def guarded(where: str, secrets: Sequence[str], call: Callable[[], T], *, at: str = "") -> T:
    """What ``call`` gives. ``secrets`` may grow while it runs; ``at`` is the server's HOST:PORT.

    Raises DeliveryError; other BriefingErrors pass.
    """
    try:
        return call()
    except DeliveryError as e:
        fault = _scrubbed(e, secrets)
    except BriefingError:
        raise
    except (OSError, http.client.HTTPException, ValueError) as e:
        fault = _scrubbed(told(where, e, at), secrets)
    raise fault  # outside of the handler, so that the library's exception is not its context


def told(where: str, error: Exception, at: str = "") -> DeliveryError:
    """A fault of network, files or text, as it is said."""
    server = f"{at}: " if at else ""
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = error.verify_message or "no reason given"
        hint = "ca_file names certificates that are trusted beside the system's"
        return DeliveryError(where, f"{server}its certificate is not trusted: {reason}", hint=hint, lasting=True)
    if isinstance(error, ssl.SSLError):
        reason = (error.reason or "TLS failed").lower().replace("_", " ")
        return DeliveryError(where, f"{server}no safe connection: {reason}", hint="check port and tls")
    if isinstance(error, TimeoutError):
        return DeliveryError(where, f"{server}no answer in time", hint=RUNS)
    if isinstance(error, socket.gaierror):
        return DeliveryError(where, f"{server}no address is known for the host", hint="check the name and the network")
    if isinstance(error, ConnectionError):
        return DeliveryError(where, server + (error.strerror or "the server hung up").lower(), hint=RUNS)
    if isinstance(error, OSError):
        return DeliveryError(
            where, server + (error.strerror or type(error).__name__).lower(), hint=_MEND.get(error.errno or 0, "")
        )
    if isinstance(error, http.client.HTTPException):
        return DeliveryError(where, f"an answer that is not HTTP ({type(error).__name__})")
    # UnicodeError and its like carry the text they failed on, which may be a secret: the type is enough.
    return DeliveryError(where, f"cannot be sent ({type(error).__name__})", hint="check the settings of the target")


def plain(words: bytes | str) -> str:
    """What the other side said, on one line, without control characters."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    clean = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(clean.split())[:LONGEST]


def scrub(text: str, secrets: Sequence[str]) -> str:
    """``text`` without the secrets, as they stand and as they are written on the wire."""
    for form in sorted({f for s in secrets if s for f in _forms(s)}, key=lambda f: (-len(f), f)):
        text = text.replace(form, "***")
    return text


def _forms(secret: str) -> set[str]:
    data = secret.encode("utf-8", "surrogateescape")
    return {
        secret,
        quote(data),
        quote(data, safe=""),
        base64.b64encode(data).decode(),
        repr(secret)[1:-1],
        json.dumps(secret)[1:-1],
    }


def _scrubbed(error: DeliveryError, secrets: Sequence[str]) -> DeliveryError:
    kind = UnansweredError if isinstance(error, UnansweredError) else DeliveryError
    words = [scrub(w, secrets) for w in (error.where, error.found, error.allowed, error.hint)]
    return kind(words[0], words[1], allowed=words[2], hint=words[3], lasting=error.lasting)
