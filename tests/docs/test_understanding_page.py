"""The page on the understanding speaks of the thresholds and the validation set as they are; figures age with them."""

from __future__ import annotations

import re

from bot.commands.ablation import BEGIN, END
from bot.nlu import understanding
from bot.settings import ROOT
from tests.docs.pages import cells, text

PAGE = text("forstaaelse.md")


def test_each_threshold_is_told_with_its_value() -> None:
    rows = cells(PAGE.partition("## Tærskler\n")[2])
    told = {name: value for row in rows for name, value in zip(re.findall(r"[A-Z_]+", row[0]), row[1].split(", "), strict=False)}
    values = {name: value for name, value in vars(understanding).items() if name.isupper() and isinstance(value, int | float)}
    assert {name: float(told.get(name, "nan")) for name in values} == {name: float(value) for name, value in values.items()}


def test_the_table_is_of_the_validation_set_as_it_lies() -> None:
    measured = PAGE[PAGE.index(BEGIN) : PAGE.index(END)]
    name, count = "data/validering/spoergsmaal.jsonl", len((ROOT / "data/validering/spoergsmaal.jsonl").read_text().splitlines())
    assert f"**`{name}`**: {count} linjer" in measured, "valideringssættet er ændret: kør erhverv ablation igen"


def test_no_line_of_the_measured_files_is_quoted() -> None:
    assert not re.search(r"\(\d\.\d\d\): ", PAGE), "fejllisten fra erhverv evaluate citerer udviklingsprøven"
