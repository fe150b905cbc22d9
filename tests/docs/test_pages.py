"""The pages are short, and say of the house what is so."""

from __future__ import annotations

import pytest

from bot.settings import ROOT
from connectors.migrate import metadata
from tests.docs.pages import text

LONGEST = 150
WRITTEN = (
    *("api.md", "arkitektur.md", "drift.md", "flere-rasaer.md", "forstaaelse.md", "privatliv.md", "redaktoer.md"),
    *("samtalen.md", "zammad.md"),
)


@pytest.mark.parametrize("name", WRITTEN)
def test_each_page_is_there_and_short(name: str) -> None:
    page = text(name)
    assert page.startswith("# ")
    assert len(page.splitlines()) <= LONGEST


def test_each_table_of_the_database_is_named() -> None:
    page = text("arkitektur.md")
    for table in metadata().tables:
        assert f"`{table}`" in page, f"tabellen {table} mangler i docs/arkitektur.md"


@pytest.mark.parametrize("folder", ["bot", "connectors"])
def test_each_package_is_named_in_the_tour(folder: str) -> None:
    page = text("arkitektur.md")
    for path in sorted((ROOT / folder).iterdir()):
        if path.is_dir() and (path / "__init__.py").exists():
            assert f"`{folder}/{path.name}/`" in page, f"{folder}/{path.name}/ mangler i docs/arkitektur.md"


def test_each_intent_is_named_in_the_page_on_the_dialogue() -> None:
    import yaml

    page = text("samtalen.md")
    for intent in yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"]:
        assert f"`{intent}`" in page, f"hensigten {intent} mangler i docs/samtalen.md"
