"""pydantic's findings as sentences for editors."""

from typing import Any

_BY_TYPE = {
    "missing": "mangler",
    "extra_forbidden": "er ikke en kendt nøgle her; er den stavet rigtigt?",
    "string_too_short": "er tom",
    "too_short": "skal have mindst {min_length}",
    "too_long": "må højst have {max_length}",
    "list_type": "skal være en liste",
    "dict_type": "skal være nøgler med værdier under sig",
    "model_type": "skal være nøgler med værdier under sig",
    "string_type": "skal være en tekst",
    "bool_type": "skal være true eller false",
    "bool_parsing": "skal være true eller false",
    "int_type": "skal være et helt tal",
    "int_parsing": "skal være et helt tal",
    "float_type": "skal være et tal",
    "float_parsing": "skal være et tal",
    "date_type": "skal være en dato (ÅÅÅÅ-MM-DD)",
    "date_parsing": "skal være en dato (ÅÅÅÅ-MM-DD)",
    "date_from_datetime_parsing": "skal være en dato (ÅÅÅÅ-MM-DD)",
    "literal_error": "må kun være {expected}",
    "enum": "må kun være {expected}",
    "string_pattern_mismatch": "har en forkert form",
    "greater_than_equal": "skal være mindst {ge}",
    "less_than_equal": "må højst være {le}",
}


def danish(error: Any) -> tuple[tuple[str | int, ...], str]:
    """The place of one pydantic error and a Danish sentence about it."""
    where = tuple(part for part in error["loc"] if not _is_union_tag(part))
    template = _BY_TYPE.get(error["type"])
    if template is None:
        message = str(error["msg"]).removeprefix("Value error, ")
    else:
        message = template.format(**error.get("ctx", {})).replace(" or ", " eller ")
    name = ".".join(str(part) for part in where)
    return where, f"'{name}' {message}" if name else message


def _is_union_tag(part: str | int) -> bool:
    """pydantic puts the tried type of a union into the path ("Interval", "list[...]"); editors know no such name."""
    return isinstance(part, str) and ("[" in part or part[:1].isupper() or part in ("bool", "str", "int", "function-after"))
