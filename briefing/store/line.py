"""A PostgreSQL server's place in, a connection out that neither waits for ever nor leaves a socket behind."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pg8000

DOOR = 15.0  # seconds until a server lets in
SILENCE = 330.0  # seconds without a byte from the server: it is gone

Place = tuple[str, int] | str  # host and port, or the path of a socket


class Line(pg8000.Connection):  # type: ignore[misc]
    """pg8000's connection. Its own ``close`` leaves the socket open where the server has gone."""

    def close(self) -> None:
        line = self._usock
        try:
            super().close()
        finally:
            _drop(line)

    def quit(self) -> None:
        """Close, whatever has become of it."""
        if self._usock is not None:
            with suppress(pg8000.Error):
                self.close()

    def tune(self, parameters: Mapping[str, str]) -> None:
        """Set how long we wait here, and the session's parameters there."""
        self._usock.settimeout(SILENCE)
        cursor = self.cursor()
        for name, value in parameters.items():
            cursor.execute("SELECT set_config(%s, %s, false)", (name, value))
        cursor.close()
        self.commit()


def dial(place: Place, wanted: dict[str, Any], parameters: Mapping[str, str]) -> Line:
    """Connect: short to wait for the door, long for an answer. Raises pg8000's errors only."""
    line: socket.socket | None = None
    try:
        line = _socket(place)
        connection = Line(sock=line, **wanted)
        try:
            connection.tune(parameters)
        except BaseException:
            connection.quit()
            raise
    except OSError as e:
        _drop(line)
        raise pg8000.InterfaceError((e.strerror or str(e)).lower()) from e
    except BaseException:
        _drop(line)
        raise
    return connection


def _socket(place: Place) -> socket.socket:
    if isinstance(place, tuple):
        line = socket.create_connection(place, DOOR)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        return line
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(DOOR)
    try:
        line.connect(place)
    except OSError:
        line.close()
        raise
    return line


def _drop(line: socket.socket | None) -> None:
    """Close the socket itself: ``close`` waits for a stream over it that an error still holds."""
    if line is not None and (handle := line.detach()) >= 0:
        os.close(handle)
