"""The heartbeat, at a real server: asked after good runs and bad ones; what goes wrong is said."""

from __future__ import annotations

import pytest

from briefing.deliver.heartbeat import beat
from briefing.errors import ConfigError, DeliveryError
from briefing.profiles import Heartbeat
from briefing.secret import Secret
from tests.deliver.web import web


@pytest.mark.parametrize(
    ("path", "good", "asked"),
    [
        ("/ping/7f3a", True, "/ping/7f3a"),
        ("/ping/7f3a", False, "/ping/7f3a/fail"),
        ("/ping/7f3a/?a=1", False, "/ping/7f3a/fail?a=1"),
        ("", False, "/fail"),
    ],
)
def test_what_is_asked(path: str, good: bool, asked: str) -> None:
    with web() as server:
        beat(Heartbeat(url=server.url + path, seconds=5), good=good)
        assert [(c.method, c.path) for c in server.came] == [("GET", asked)]


@pytest.mark.parametrize(("answer", "said"), [(500, "answered 500"), (302, "answered 302"), ("nonsense", "not HTTP")])
def test_faults_are_said(answer: int | str, said: str) -> None:
    with web() as server:
        server.answers.append(answer)
        with pytest.raises(DeliveryError, match=said):
            beat(Heartbeat(url=server.url, seconds=5), good=True)
        assert len(server.came) == 1


def test_silence_is_bounded() -> None:
    with web() as server:
        server.answers.append("silence")
        with pytest.raises(DeliveryError, match="no answer in time"):
            beat(Heartbeat(url=server.url, seconds=0.5), good=True)


def test_a_secret_address_is_never_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with web() as server:
        server.answers.append(404)
        monkeypatch.setenv("BEAT", server.url + "/x9x9x9x9")
        with pytest.raises(DeliveryError, match="answered 404") as e:
            beat(Heartbeat(url=Secret(env="BEAT", file=None), seconds=5), good=True)
        assert "x9x9" not in str(e.value)
    monkeypatch.delenv("BEAT")
    with pytest.raises(ConfigError, match="BEAT"):
        beat(Heartbeat(url=Secret(env="BEAT", file=None), seconds=5), good=True)
