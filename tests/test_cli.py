"""The command line: messages and exit codes as a user meets them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from briefing import __version__
from briefing.cli import main
from briefing.shipped import shipped

Run = tuple[int, str, str]


def run(capsys: pytest.CaptureFixture[str], *args: str) -> Run:
    """Exit code, standard output, standard error."""
    with pytest.raises(SystemExit) as stopped:
        main(args)
    out, err = capsys.readouterr()
    return int(stopped.value.code or 0), out, err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version")[:2] == (0, f"briefing {__version__}\n")


@pytest.mark.parametrize("command", ["build", "ingest", "extract", "match", "schema", "check", "init"])
def test_every_command_has_help_and_stands_in_the_readme(capsys: pytest.CaptureFixture[str], command: str) -> None:
    code, out, _ = run(capsys, command, "--help")
    assert code == 0
    assert "Usage" in out
    assert f"briefing {command}" in (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("frobnicate",), "No such command"),
        (("build", "x.txt", "--format", "xls"), "'xls'; allowed: pdf, html, json"),
        (("build", "x.txt", "--as-of", "yesterday"), "allowed: a date such as"),
        (("build", "x.txt", "--paper", "A5"), "allowed: A4, Letter"),
        (("build", "x.txt", "--out", "-"), "3 formats for one stream"),
        (("build", "x.txt", "--config", "none.yaml"), "none.yaml: no such file"),
        (("schema", "poem"), "allowed: article, extraction, brief, config"),
        (("build",), "Missing argument"),
    ],
)
def test_wrong_usage_says_what_is_allowed(
    capsys: pytest.CaptureFixture[str], args: tuple[str, ...], words: str
) -> None:
    code, out, err = run(capsys, *args)
    assert (code, out) == (2, "")
    assert words in " ".join(err.split())


@pytest.mark.parametrize("name", ["article", "extraction", "brief", "config"])
def test_schemas_are_json(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, out, _ = run(capsys, "schema", name)
    assert code == 0
    assert json.loads(out)["properties"]


def test_init_writes_a_start_and_never_over_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "start"
    assert run(capsys, "init", str(folder))[0] == 0
    assert (folder / "config.yaml").read_bytes() == shipped("config.yaml").read_bytes()
    assert (folder / "templates/daily/layout.yaml").is_file()
    assert len(list((folder / "articles").iterdir())) >= 5
    code, _, err = run(capsys, "init", str(folder))
    assert code == 2
    assert "is there already" in err
    assert run(capsys, "init", str(folder), "--force")[0] == 0


def test_match_scores_pairs_and_names_a_bad_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text('{"id": 1, "a": "Petra Lindqvist", "b": "Lindqvist, Petra", "type": "PERSON"}\n')
    code, out, _ = run(capsys, "match", str(pairs))
    assert code == 0
    assert json.loads(out)["score"] > 0.5
    pairs.write_text('{"id": 1, "a": "x"}\n')
    code, _, err = run(capsys, "match", str(pairs))
    assert code == 2
    assert f"{pairs}:1: not a pair" in " ".join(err.split())


def test_nothing_to_brief(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "zero.txt").write_bytes(b"")
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 40)
    for name in ("empty", "zero.txt", "noise.bin", "missing.txt"):
        code, out, err = run(capsys, "build", str(tmp_path / name))
        assert (code, out) == (1, ""), name
        assert name in err.replace("\n", "")


@pytest.mark.model
@pytest.mark.render
def test_bad_inputs_do_not_cost_the_good_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    good = str(shipped("samples") / "1-kpa-cables.txt")
    korean = tmp_path / "korean.txt"
    korean.write_text("정부는 월요일 해저 케이블 두 개가 끊어졌다고 밝혔다. 유조선 한 척을 억류했다.\n" * 6)
    inputs = (good, str(tmp_path / "missing.txt"), str(korean))
    code, out, err = run(capsys, "build", *inputs, "--out", str(tmp_path / "out"))
    assert code == 3
    assert [Path(p).suffix for p in out.split()] == [".pdf", ".html", ".json"]
    assert "missing.txt" in err
    assert "korean.txt" in err
    brief = json.loads(Path(out.split()[2]).read_text())
    assert len(brief["articles"]) == 1
    assert {p["stage"] for p in brief["problems"]} == {"ingest"}
    code, out, _ = run(capsys, "build", *inputs, "--strict", "--out", str(tmp_path / "strict"))
    assert (code, out) == (3, "")
    assert not (tmp_path / "strict").exists()


@pytest.mark.model
def test_actor_and_theme_are_options(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    sample = str(shipped("samples") / "1-kpa-cables.txt")
    common = ("build", sample, "--format", "html", "--out", str(tmp_path / "out"))
    code, out, _ = run(capsys, *common, "--actor", "Lindqvist", "--theme", "oxblood")
    assert code == 0
    page = Path(out.strip()).read_text(encoding="utf-8")
    assert "<h1>Petra Lindqvist</h1>" in page
    assert "Who this is" in page
    assert "#5b1a22" in page
    code, _, err = run(capsys, *common, "--actor", "Ada Nobody")
    assert code == 2
    assert "no actor 'Ada Nobody' in these articles; allowed: " in " ".join(err.split())
    code, _, err = run(capsys, *common, "--theme", "mauve")
    assert code == 2
    assert "no theme 'mauve'; allowed: " in " ".join(err.split())


@pytest.mark.model
def test_a_remark_on_an_input_is_no_failure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = (shipped("samples") / "1-kpa-cables.txt").read_text(encoding="utf-8")
    path = tmp_path / "articles.jsonl"
    path.write_text(
        json.dumps({"id": "a", "text": text.replace("tanker", "tan\u200bker", 1)}) + '\n{"id": "b", "text": ""}\n'
    )
    code, out, err = run(capsys, "build", str(path), "--format", "json", "--out", "-", "--strict")
    assert code == 0
    assert "U+200B" in err
    assert 'line 2 has an empty "text"' in " ".join(err.split())
    assert json.loads(out)["problems"]


@pytest.mark.parametrize(
    ("where", "code", "words"),
    [
        (">/dev/full", 1, "briefing: output: no space left on device; make room where it goes"),
        (">&-", 0, ""),
        (">&- 2>&-", 0, ""),
    ],
)
@pytest.mark.parametrize("command", ["schema config", "--version"])
def test_output_that_is_full_or_closed(where: str, code: int, words: str, command: str) -> None:
    call = f"exec {sys.executable} -m briefing {command} {where}"
    done = subprocess.run(["sh", "-c", call], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (code, words)
