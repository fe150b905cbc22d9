"""Zammad's search language, as far as we have it."""

from __future__ import annotations

import pytest

from connectors.api.fejl import ZammadFejl
from connectors.api.forespoergsel import Led, laes

FELTER = ("number", "state.name", "title")


@pytest.mark.parametrize(
    ("query", "led"),
    [
        ("", []),
        ("  *  ", []),
        ("borde", [Led(None, "borde")]),
        ("borde fortov", [Led(None, "borde"), Led(None, "fortov")]),
        ("borde AND fortov", [Led(None, "borde"), Led(None, "fortov")]),
        ('"borde på fortovet"', [Led(None, "borde på fortovet")]),
        ("number:KBH-2026-000123", [Led("number", "KBH-2026-000123")]),
        ("number:KBH-2026*", [Led("number", "KBH-2026")]),
        ("number: KBH-2026-000123", [Led("number", "KBH-2026-000123")]),
        ('state.name:"pending reminder" borde', [Led("state.name", "pending reminder"), Led(None, "borde")]),
        ('title:"æøå"', [Led("title", "æøå")]),
        ("20 41 77 03", [Led(None, "20"), Led(None, "41"), Led(None, "77"), Led(None, "03")]),
        ("and or", [Led(None, "and"), Led(None, "or")]),
    ],
)
def test_what_a_query_asks(query: str, led: list[Led]) -> None:
    assert laes(query, FELTER) == led


@pytest.mark.parametrize(
    ("query", "siger"),
    [
        ("hest:2", "feltet hest"),
        ("http://example.com", "feltet http"),
        ("a OR b", "OR og NOT"),
        ("NOT a", "OR og NOT"),
        ("!a", "OR og NOT"),
        ("(a b)", "Parenteser"),
        ("number:[1 TO 2]", "Parenteser"),
        ("number:>2", "Parenteser"),
        ("b*rde", "jokertegn"),
        ("borde~", "Parenteser"),
        ('"åbent', "anførselstegn"),
        ("number:", "mangler en værdi"),
        ('number:""', "mangler en værdi"),
        ("x" * 501, "højst være på 500"),
    ],
)
def test_what_would_be_answered_wrongly_is_refused(query: str, siger: str) -> None:
    with pytest.raises(ZammadFejl) as refused:
        laes(query, FELTER)
    assert refused.value.status == 422 and siger in refused.value.message
