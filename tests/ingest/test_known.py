"""Keys of files: the same for the same reading, another one for anything that a reading rests on."""

from pathlib import Path

import pytest

from briefing.config import IngestSettings
from briefing.errors import IngestError
from briefing.ingest.known import keyed

SETTINGS = IngestSettings()


def _keys(place: Path, settings: IngestSettings = SETTINGS) -> dict[str, str]:
    return {Path(k.name).name: k.key for k in keyed(place, config=settings)}


def test_the_same_bytes_have_the_same_key_in_any_folder(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "port.txt").write_text("The port is closed.")
    assert _keys(tmp_path / "a") == _keys(tmp_path / "b")


@pytest.mark.parametrize("what", ["bytes", "name", "settings"])
def test_the_key_changes_with_all_that_a_reading_rests_on(tmp_path: Path, what: str) -> None:
    (tmp_path / "port.txt").write_text("The port is closed.")
    before = set(_keys(tmp_path).values())
    settings = SETTINGS
    if what == "bytes":
        (tmp_path / "port.txt").write_text("The port is open.")
    elif what == "name":
        (tmp_path / "port.txt").rename(tmp_path / "2026-03-13.txt")
    else:
        settings = IngestSettings(max_chars=1000)
    assert not before & set(_keys(tmp_path, settings).values())


def test_a_mail_keeps_its_key_when_it_was_seen_and_half_mails_are_left_alone(tmp_path: Path) -> None:
    for part in ("cur", "new", "tmp"):
        (tmp_path / part).mkdir()
    mail = tmp_path / "new" / "17.M1.desk"
    mail.write_text("Subject: Port\n\nThe port is closed.")
    (tmp_path / "tmp" / "18.M1.desk").write_text("Subject: half")
    first = _keys(tmp_path)
    mail.rename(tmp_path / "cur" / "17.M1.desk:2,S")
    assert list(first.values()) == list(_keys(tmp_path).values())
    assert len(first) == 1


def test_an_empty_folder_gives_no_files_and_a_missing_one_an_error(tmp_path: Path) -> None:
    assert _keys(tmp_path) == {}
    with pytest.raises(IngestError, match="does not exist"):
        _keys(tmp_path / "nowhere")


def test_a_file_that_is_too_large_is_told_and_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 50)
    (tmp_path / "b.txt").write_text("short")
    found = list(keyed(tmp_path, config=IngestSettings(max_bytes=20)))
    assert [bool(k.error) for k in found] == [True, False]
