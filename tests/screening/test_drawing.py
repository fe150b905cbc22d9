"""Charts of the packages: complete, well-formed, and the page in ``docs/`` up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.knowledge import Library
from bot.knowledge.schema.betingelse import Besvaret, Flere, Interval, Naevner
from bot.screening.condition_text import told
from bot.screening.drawing import draw
from bot.settings import ROOT
from tests.screening.test_walk import PACKAGES

_NODE = re.compile(r'^    (\w+)(?:\[\["[^"]+"\]\]|\(\["[^"]+"\]\)|\["[^"]+"\]|\{"[^"]+"\})$')
_ARROW = re.compile(r'^    (\w+) -->(?:\|"[^"]+"\|)? (\w+)$')


def parsed(chart: str) -> tuple[set[str], set[tuple[str, str]]]:
    """Nodes and arrows of a chart. Fails on any line that is neither."""
    nodes, arrows = set(), set()
    first, *lines = chart.splitlines()
    assert first == "flowchart TD"
    for line in lines:
        if node := _NODE.match(line):
            nodes.add(node[1])
        else:
            arrow = _ARROW.match(line)
            assert arrow is not None, line
            arrows.add((arrow[1], arrow[2]))
    return nodes, arrows


@pytest.mark.parametrize("ident", PACKAGES)
def test_a_chart_is_whole(library: Library, ident: str) -> None:
    pakke = library.servicepakker[ident]
    nodes, arrows = parsed(draw(pakke, library))
    assert {end for arrow in arrows for end in arrow} <= nodes, "an arrow leads to nothing"
    wanted = {f"q_{step.slot}" for step in pakke.spoergsmaal}
    wanted |= {f"k{number}" for number, rule in enumerate(pakke.kriterier, 1) if rule.naar is not None}
    wanted |= {"y_" + service.replace("-", "_") for service in pakke.alle_ydelser()}
    wanted |= {"e_" + referral.til.replace("-", "_") for referral in pakke.henvisninger}
    assert wanted | {"start", "passer", "team"} <= nodes
    assert ("passer", "team") in arrows
    reached, new = {"start"}, {"start"}
    while new:
        new = {end for begin, end in arrows if begin in new} - reached
        reached |= new
    assert nodes - {"front"} <= reached, "a box that no way leads to"


@pytest.mark.parametrize("ident", PACKAGES)
def test_questions_stand_in_order_and_conditional_ones_can_be_passed(library: Library, ident: str) -> None:
    pakke = library.servicepakker[ident]
    _, arrows = parsed(draw(pakke, library))
    steps = ["start", *(f"q_{step.slot}" for step in pakke.spoergsmaal)]
    assert all(
        steps[place] != steps[place + 1] and any(end == steps[place + 1] for _, end in arrows) for place in range(len(steps) - 1)
    )
    for place, step in enumerate(pakke.spoergsmaal):
        after = f"q_{pakke.spoergsmaal[place + 1].slot}" if place + 1 < len(pakke.spoergsmaal) else "k1"
        assert ((steps[place], after) in arrows) == (step.naar is not None)


def test_conditions_are_told_with_the_buttons_words(library: Library) -> None:
    assert told(None, library) == ""
    stage = library.spoergsmaal["stadie"]
    assert (
        told({"stadie": ["idé", "nystartet"]}, library)
        == f"{stage.opsummering}: {stage.valg[0].titel} eller {stage.valg[1].titel}"
    )
    count = library.spoergsmaal["ansatte"].opsummering
    assert told({"ansatte": Interval(mindst=5, hoejst=15)}, library) == f"{count} er 5-15"
    assert told({"ansatte": Interval(mindst=50)}, library) == f"{count} er mindst 50"
    assert told({"ansatte": Interval(hoejst=4)}, library) == f"{count} er højst 4"
    assert told([{"udenlandsk": True}, {"udenlandsk": False}], library).count(" eller ") == 1
    assert told({"behov": Naevner(naevner=["a", "b", "c", "d", "e"])}, library).endswith("a, b, c, d …")
    assert "ikke" in told({"behov": Besvaret(besvaret=False)}, library)
    assert "2" in told({"tilladelser": Flere(mindst_valgt=2)}, library)


def test_a_quotation_mark_does_not_end_a_label(library: Library) -> None:
    pakke = library.servicepakker["vaekstpakke"]
    step = pakke.spoergsmaal[0].model_copy(update={"tekst": 'Hvad er "vækst"?\nSig det'})
    changed = pakke.model_copy(update={"spoergsmaal": [step, *pakke.spoergsmaal[1:]]})
    assert 'q_stadie["1. Hvad er #quot;vækst#quot;? Sig det"]' in draw(changed, library)


def test_the_command_prints_one_chart(library: Library) -> None:
    result = CliRunner().invoke(main, ["tegn", "vaekstpakke"])
    assert (result.exit_code, result.stdout) == (0, draw(library.servicepakker["vaekstpakke"], library) + "\n")


def test_the_command_writes_a_page(tmp_path: Path, library: Library) -> None:
    page = tmp_path / "side.md"
    result = CliRunner().invoke(main, ["tegn", "vaekstpakke", "--ud", str(page)])
    assert result.exit_code == 0
    assert f"```mermaid\n{draw(library.servicepakker['vaekstpakke'], library)}\n```" in page.read_text(encoding="utf-8")


def test_a_package_that_is_not_there(library: Library) -> None:
    result = CliRunner().invoke(main, ["tegn", "vækstpakken"])
    assert result.exit_code == 1
    assert "kender ikke vækstpakken" in result.output
    assert all(ident in result.output for ident in library.servicepakker)


def test_no_package_named() -> None:
    result = CliRunner().invoke(main, ["tegn"])
    assert result.exit_code == 2
    assert "hr-pakke" in result.output


def test_a_page_that_can_not_be_written(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["tegn", "hr-pakke", "--ud", str(tmp_path / "findes-ikke" / "side.md")])
    assert result.exit_code == 1
    assert "kan ikke skrives" in result.output


def test_docs_pakker_md_is_up_to_date(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run what stands at its top, in another folder, and compare."""
    page = (ROOT / "docs" / "pakker.md").read_text(encoding="utf-8")
    command = re.search(r"^    \.venv/bin/erhverv (.+)$", page, re.MULTILINE)
    assert command is not None
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, command[1].split())
    assert result.exit_code == 0, result.output
    assert (tmp_path / "docs" / "pakker.md").read_text(encoding="utf-8") == page, f"kør: {command[0].strip()}"
