"""Conditions hold, do not hold, or are not settled."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from bot.knowledge.schema.betingelse import Betingelse
from bot.screening.criteria import bare, holds, mentions

_SHAPE: TypeAdapter[Any] = TypeAdapter(Betingelse)


@pytest.mark.parametrize(
    ("condition", "facts", "result"),
    [
        (None, {}, True),
        # one answer, several answers
        ({"stadie": "idé"}, {"stadie": "idé"}, True),
        ({"stadie": "ide"}, {"stadie": "Idé"}, True),
        ({"stadie": "idé"}, {"stadie": "etableret"}, False),
        ({"stadie": "idé"}, {}, None),
        ({"stadie": "idé"}, {"stadie": None}, None),
        ({"stadie": ["idé", "nystartet"]}, {"stadie": "nystartet"}, True),
        ({"stadie": ["idé", "nystartet"]}, {"stadie": "etableret"}, False),
        # yes and no
        ({"projekt": True}, {"projekt": True}, True),
        ({"projekt": True}, {"projekt": False}, False),
        ({"projekt": False}, {"projekt": False}, True),
        ({"projekt": True}, {"projekt": "ved_ikke"}, None),
        ({"projekt": True}, {"projekt": "ja"}, None),
        # numbers, with both bounds included
        ({"ansatte": {"mindst": 5, "hoejst": 15}}, {"ansatte": 5}, True),
        ({"ansatte": {"mindst": 5, "hoejst": 15}}, {"ansatte": 15}, True),
        ({"ansatte": {"mindst": 5, "hoejst": 15}}, {"ansatte": 4}, False),
        ({"ansatte": {"mindst": 5, "hoejst": 15}}, {"ansatte": 16}, False),
        ({"ansatte": {"mindst": 50}}, {"ansatte": 0}, False),
        ({"ansatte": {"hoejst": 4}}, {"ansatte": 0}, True),
        ({"ansatte": {"mindst": 50}}, {"ansatte": [50, 60]}, True),
        ({"ansatte": {"mindst": 50}}, {"ansatte": [40, 60]}, None),
        ({"ansatte": {"mindst": 50}}, {"ansatte": [10, 49]}, False),
        ({"ansatte": {"mindst": 50}}, {"ansatte": [100, None]}, True),
        ({"ansatte": {"mindst": 50}}, {"ansatte": [5, None]}, None),
        ({"ansatte": {"mindst": 50}}, {"ansatte": [None, 49]}, False),
        ({"ansatte": {"mindst": 50}}, {"ansatte": "mange"}, None),
        # free text
        ({"behov": {"naevner": ["regnskab", "budget"]}}, {"behov": "Hjælp til REGNSKABET"}, True),
        ({"behov": {"naevner": ["løntilskud"]}}, {"behov": "noget med loentilskud"}, True),
        ({"behov": {"naevner": ["kost"]}}, {"behov": "omkostninger"}, False),
        ({"behov": {"naevner": ["fra udlandet"]}}, {"behov": "folk fra udlandet"}, True),
        ({"behov": {"naevner": ["regnskab"]}}, {}, False),
        ({"tilladelser": {"naevner": ["asbest"]}}, {"tilladelser": ["asbest", "jord"]}, True),
        # answered or not
        ({"behov": {"besvaret": True}}, {"behov": "x"}, True),
        ({"behov": {"besvaret": False}}, {}, True),
        ({"behov": {"besvaret": False}}, {"behov": "ved_ikke"}, True),
        ({"behov": {"besvaret": True}}, {"behov": []}, False),
        ({"projekt": {"besvaret": True}}, {"projekt": False}, True),
        ({"ansatte": {"besvaret": True}}, {"ansatte": 0}, True),
        # several chosen
        ({"tilladelser": {"mindst_valgt": 2}}, {"tilladelser": ["jord", "asbest"]}, True),
        ({"tilladelser": {"mindst_valgt": 2}}, {"tilladelser": ["jord"]}, False),
        ({"tilladelser": {"mindst_valgt": 2}}, {}, None),
        ({"tilladelser": ["jord"]}, {"tilladelser": ["asbest", "jord"]}, True),
        ({"tilladelser": "jord"}, {"tilladelser": ["asbest"]}, False),
        # both: no beats unknown, unknown beats yes
        ({"a": "x", "b": "y"}, {"a": "x", "b": "y"}, True),
        ({"a": "x", "b": "y"}, {"a": "x"}, None),
        ({"a": "x", "b": "y"}, {"a": "z"}, False),
        # either: yes beats unknown, unknown beats no
        ([{"a": "x"}, {"b": "y"}], {"a": "x"}, True),
        ([{"a": "x"}, {"b": "y"}], {"a": "z"}, None),
        ([{"a": "x"}, {"b": "y"}], {"a": "z", "b": "z"}, False),
    ],
)
def test_a_condition(condition: Any, facts: dict[str, Any], result: bool | None) -> None:
    shaped = None if condition is None else _SHAPE.validate_python(condition)
    assert holds(shaped, facts) is result


def test_mentions_whole_words_where_asked() -> None:
    assert mentions("jeg har et pas", ["pas"], whole=True)
    assert not mentions("det passer fint", ["pas"], whole=True)
    assert mentions("det passer fint", ["pas"])
    assert not mentions(None, ["pas"])
    assert not mentions("hvad som helst", [""])


def test_bare() -> None:
    assert bare("  Ændret ANVENDELSE, (måske)!  ") == "andret anvendelse maske"
