"""The tables of the page on Zammad are the code's."""

from __future__ import annotations

import re

from connectors.api.models import SCOPES
from connectors.api.ruter import RUTER
from connectors.api.sagssoegning import FELTER
from connectors.crm.models import STATUSSER
from connectors.zammad.tabel import FORM_AF_TYPE, KANAL_AF_TYPE, TILSTANDE, TYPER
from tests.docs.pages import cells, text

PAGE = text("zammad.md")


def table(heading: str) -> list[list[str]]:
    """The rows under the row that begins with ``heading``."""
    begun = PAGE[PAGE.index(f"| {heading} |") :].partition("\n\n")[0]
    return cells(begun)[1:]


def test_the_states() -> None:
    rows = {ours: (int(ident), theirs) for ours, theirs, ident in table("status hos os")}
    assert rows == TILSTANDE and tuple(rows) == STATUSSER


def test_the_forms_of_an_article_and_the_channel_of_a_new_case() -> None:
    rows = table("form hos os")
    assert {form: slags for form, slags, _ in rows} == {form: slags for form, (_, slags) in TYPER.items()}
    told = {slags: kanal for form, slags, kanal in rows if form == FORM_AF_TYPE[slags]}
    assert told == KANAL_AF_TYPE


def test_the_scopes() -> None:
    assert tuple(row[0] for row in table("scope")) == SCOPES


def test_each_address_needs_the_scope_that_is_told() -> None:
    told = {named: scope for line, scope in table("adresse") for named in re.findall(r"((?:GET|POST|PUT|DELETE) /[^`]+)", line)}
    for method, path, scope, _ in RUTER:
        address = re.sub(r":\\d\{1,10\}", "", f"{method} /api/v1/{path}")
        assert told[address] == scope, address


def test_the_fields_that_can_be_searched() -> None:
    told = PAGE[PAGE.index("- **Søgning**") :].partition("Alle led")[0]
    named = set(re.findall(r"`([a-z._]+)`", told))
    assert named <= set(FELTER) and {name for name in FELTER if "." in name} <= named
