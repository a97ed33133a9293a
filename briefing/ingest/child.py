"""The process that reads binary formats and web pages: requests on standard input, replies on standard output.

It has limits of memory, writes no file, and its parent ends it when a file takes too long: a bad file costs one
article. Frames are eight bytes of length and that many bytes of JSON; what it says is checked by the parent.
"""

from __future__ import annotations

import base64
import gc
import json
import logging
import os
import resource
import signal
import struct
import sys
from contextlib import suppress
from typing import Any, BinaryIO

from briefing.errors import IngestError

LENGTH = struct.Struct(">Q")
SWEEP = 25  # files between two sweeps
TIRED = 0.6  # share of the memory limit after which the process asks to be replaced


def main() -> None:
    """Serve until standard input ends."""
    memory = int(sys.argv[1])
    requests, replies = _pipes()
    _limit(memory)
    logging.disable(logging.CRITICAL)
    _send(replies, {"ready": True})
    gc.disable()  # trees are freed by reference counts; rings are swept now and then
    served = 0
    while head := requests.read(LENGTH.size):
        payload = requests.read(LENGTH.unpack(head)[0])
        reply = answer(payload)
        reply["tired"] = _resident() > memory * TIRED
        _send(replies, reply)
        served += 1
        if served % SWEEP == 0:
            gc.collect()


def answer(payload: bytes) -> dict[str, Any]:
    """One request: a line of JSON, then the file's bytes."""
    from briefing.ingest import formats

    line, _, data = payload.partition(b"\n")
    asked = json.loads(line)
    try:
        reading = formats.read(asked["kind"], data, url=asked["url"], fields=asked["fields"])
        return {
            "drafts": [d.as_json() for d in reading.drafts],
            "parts": [{"name": p.name, "url": p.url, "data": base64.b64encode(p.data).decode()} for p in reading.parts],
            "skipped": reading.skipped,
            "links": reading.links,
        }
    except IngestError as e:
        return {"error": e.found, "hint": e.hint}
    except MemoryError:
        return {"memory": True}
    except RecursionError:
        return {"error": "is nested too deeply", "hint": "save it in another format"}
    except Exception as e:  # noqa: BLE001 (whatever a foreign parser raises costs this one file)
        return {"error": f"cannot be read: {type(e).__name__}: {str(e)[:150]}", "hint": "open and save it again"}


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Own copies of the two pipes; whatever a library prints goes to standard error."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    return requests, replies


def _limit(memory: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it by closing the pipe
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # a system that does not know the limit
            resource.setrlimit(what, (most, most))


def _resident() -> int:
    """Bytes in memory. The system's own peak counts what the parent had when it started this process."""
    with suppress(OSError), open("/proc/self/statm", "rb") as file:  # noqa: PTH123 (pathlib is not needed here else)
        return int(file.read().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _send(replies: BinaryIO, reply: dict[str, Any]) -> None:
    data = json.dumps(reply).encode()
    replies.write(LENGTH.pack(len(data)) + data)
    replies.flush()


if __name__ == "__main__":
    main()
