"""pydantic's findings as sentences for editors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Where = tuple[str | int, ...]

_BY_TYPE = {
    "missing": "mangler",
    "extra_forbidden": "er ikke en kendt nøgle her; er den stavet rigtigt?",
    "string_too_short": "er tom",
    "too_short": "skal have mindst {min_length}",
    "too_long": "må højst have {max_length}",
    "list_type": "skal være en liste",
    "dict_type": "skal være nøgler med værdier under sig",
    "model_type": "skal være nøgler med værdier under sig",
    "model_attributes_type": "skal være nøgler med værdier under sig",
    "string_type": "skal være en tekst; sæt anførselstegn om",
    "bool_type": "skal være true eller false",
    "bool_parsing": "skal være true eller false",
    "int_type": "skal være et helt tal",
    "int_parsing": "skal være et helt tal",
    "int_from_float": "skal være et helt tal",
    "float_type": "skal være et tal",
    "float_parsing": "skal være et tal",
    "finite_number": "skal være et tal",
    "date_type": "skal være en dato (ÅÅÅÅ-MM-DD)",
    "date_parsing": "skal være en dato (ÅÅÅÅ-MM-DD)",
    "date_from_datetime_parsing": "skal være en dato (ÅÅÅÅ-MM-DD)",
    "date_from_datetime_inexact": "skal være en dato uden klokkeslæt (ÅÅÅÅ-MM-DD)",
    "literal_error": "må kun være {expected}",
    "enum": "må kun være {expected}",
    "string_pattern_mismatch": "har en forkert form",
    "invalid_key": "skal være en tekst; sæt anførselstegn om nøglen",
    "greater_than_equal": "skal være mindst {ge}",
    "less_than_equal": "må højst være {le}",
}
_CONDITION = (
    "kan ikke forstås som en betingelse; skriv et svar, en liste af svar, true eller false, {mindst: …, hoejst: …}, "
    "{naevner: […]}, {besvaret: …} eller {mindst_valgt: …} efter spørgsmålets navn"
)
# pydantic puts the tried type of a union into the path of an error; editors know no such name.
_TRIED = frozenset({"bool", "int", "str", "constrained-str", "Interval", "Naevner", "Besvaret", "Flere"})


def danish(errors: Iterable[Any]) -> list[tuple[Where, str]]:
    """The place of each pydantic error and a Danish sentence about it.

    A value that fits none of several shapes is told once, not once for each shape that was tried.
    """
    found: list[tuple[Where, str]] = []
    unions: dict[Where, list[Any]] = {}
    for error in errors:
        where: Where = error["loc"]
        tried = next((index for index, part in enumerate(where) if _is_tried(part)), None)
        if tried is None:
            found.append((where, _sentence(where, _message(error))))
        else:
            unions.setdefault(where[:tried], []).append(error)
    return [*found, *(_union(where, members) for where, members in unions.items())]


def _union(where: Where, errors: list[Any]) -> tuple[Where, str]:
    deepest = max((_bare(error["loc"]) for error in errors if error["type"] != "missing"), key=len, default=where)
    if where[-1] == "naar":
        return deepest, _sentence(where, _CONDITION)
    messages = list(dict.fromkeys(_message(error).partition(";")[0] for error in errors))
    return deepest, _sentence(where, " eller ".join(messages))


def _message(error: Any) -> str:
    if error["type"] == "value_error":  # raised by a schema of ours, in Danish
        return str(error["msg"]).removeprefix("Value error, ")
    template = _BY_TYPE.get(error["type"], "har en forkert værdi")
    return template.format(**error.get("ctx", {})).replace(" or ", " eller ")


def _sentence(where: Where, message: str) -> str:
    name = ""
    for part in where:
        if isinstance(part, int):
            name += f" nr. {part + 1}"
        else:
            name += f".{part}" if name else part
    return f"'{name}' {message}" if name else message


def _bare(where: Where) -> Where:
    return tuple(part for part in where if not _is_tried(part))


def _is_tried(part: str | int) -> bool:
    return isinstance(part, str) and (part in _TRIED or "[" in part)
