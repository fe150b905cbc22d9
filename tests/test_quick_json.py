"""What comes back is what Python's own JSON gives, also where orjson would refuse it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.quick_json import copied, dumps

_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)),
)


@given(value=_JSON)
@example(value={"ansatte": 10**30})
@example(value=[-(2**63) - 1, {"navn": "Ærø \ud83d"}])
def test_it_is_as_python_writes_and_reads_it(value: Any) -> None:
    assert json.loads(dumps(value)) == json.loads(json.dumps(value)) == copied(value)


def test_nothing_is_shared() -> None:
    value = {"svar": {"behov": ["kunder"]}}
    copied(value)["svar"]["behov"].append("økonomi")
    assert value == {"svar": {"behov": ["kunder"]}}


@dataclasses.dataclass
class Noget:
    """No JSON."""

    navn: str = "x"


@pytest.mark.parametrize("value", [dt.datetime(2026, 11, 24, tzinfo=dt.UTC), dt.date(2026, 11, 24), Noget(), {1, 2}, b"x"])
def test_what_is_no_json_is_an_error(value: Any) -> None:
    for write in (dumps, copied):
        with pytest.raises(TypeError):
            write({"svar": value})
