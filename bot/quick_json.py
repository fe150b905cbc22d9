"""JSON by orjson, which is several times quicker than Python's own, wherever both write the same.

What orjson refuses and Python's own takes (whole numbers of more than 64 bits, half a pair of surrogates) is written by
the latter: a business may type a number of any length, and its conversation goes on.
"""

from __future__ import annotations

import json
from typing import Any

import orjson


def dumps(value: Any) -> str:
    """``value`` as JSON, without blanks. Raises ``TypeError`` for what is no JSON."""
    try:
        return orjson.dumps(value, option=_PLAIN).decode()
    except TypeError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def copied(value: Any) -> Any:
    """``value`` as it comes back from JSON: nothing is shared. Raises ``TypeError`` for what is no JSON."""
    try:
        return orjson.loads(orjson.dumps(value, option=_PLAIN))
    except TypeError:
        return json.loads(json.dumps(value))


# Of what JSON does not know, times and dataclasses, orjson would make something by itself; it is an error as it always was.
_PLAIN = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS
