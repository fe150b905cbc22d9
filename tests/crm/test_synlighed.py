"""Who may see which cases: role by role, and as SQL the same as row by row."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, select

from connectors.crm import synlighed
from connectors.crm.henvendelser import opret
from connectors.crm.models import Henvendelse
from connectors.crm.virksomhed import Virksomhed
from connectors.database import reading, writing
from tests.crm import tilfaeldige
from tests.crm.eksempler import FRIST, NU, udkast
from tests.crm.medarbejdere import FRONT, Seer, konsulent


def _seen(engine: Engine, bruger: Seer) -> set[int]:
    with reading(engine) as session:
        return set(session.scalars(select(Henvendelse.id).where(synlighed.for_bruger(bruger))))


def _case(engine: Engine, noegle: str, **andre: Any) -> int:
    opret(engine, udkast(noegle=noegle, **{"team": "tmf-byggeri", "virksomhed": {}, "delopgaver": [], **andre}), FRIST, NU)
    with reading(engine) as session:
        return session.scalars(select(Henvendelse.id).where(Henvendelse.noegle == noegle)).one()


@pytest.fixture
def cases(engine: Engine) -> Engine:
    """1 of team-hr, 2 owned by 2, 3 with a delopgave of team-hr, 4 of a company whose manager is 2, 5 none of that."""
    _case(engine, "1", team="team-hr")
    _case(engine, "2")
    _case(engine, "3", delopgaver=[{"enhed": "kff-bevilling"}, {"enhed": "team-hr"}])
    _case(engine, "4", virksomhed={"cvr": "97225249"})
    _case(engine, "5", virksomhed={"cvr": "12345674"})
    with writing(engine) as session:
        session.get_one(Henvendelse, 2).ejer_id = 2
        session.scalars(select(Virksomhed).where(Virksomhed.cvr == "97225249")).one().kam_id = 2
    return engine


@pytest.mark.parametrize(
    ("bruger", "expected"),
    [
        (FRONT, {1, 2, 3, 4, 5}),
        (Seer(9, frozenset({"front"}), frozenset()), {1, 2, 3, 4, 5}),
        (konsulent("team-hr"), {1, 2, 3, 4}),
        (konsulent("team-hr", id=9), {1, 3}),
        (konsulent(id=2), {2, 4}),
        (Seer(2, frozenset({"backoffice"}), frozenset({"team-hr"})), {1, 3}),
        (Seer(2, frozenset({"backoffice"}), frozenset()), set()),
        (Seer(2, frozenset({"redaktør", "analytiker", "admin"}), frozenset({"team-hr", "tmf-byggeri"})), set()),
        (Seer(2, frozenset(), frozenset({"team-hr"})), set()),
        (Seer(2, frozenset({"admin", "backoffice"}), frozenset({"kff-bevilling"})), {3}),
    ],
)
def test_role_by_role(cases: Engine, bruger: Seer, expected: set[int]) -> None:
    assert _seen(cases, bruger) == expected


@pytest.mark.parametrize("seed", [1, 2])
def test_the_sql_and_the_check_of_a_row_say_the_same(engine: Engine, seed: int) -> None:
    tilfaeldige.byg(engine, seed)
    staff = tilfaeldige.medarbejdere(seed, 40)
    with reading(engine) as session:
        rows = session.scalars(select(Henvendelse)).all()
        for bruger in staff:
            by_row = {row.id for row in rows if synlighed.maa_se(session, row, bruger)}
            assert _seen(engine, bruger) == by_row, bruger
            companies = set(session.scalars(select(Virksomhed.id).where(synlighed.virksomheder(bruger))))
            theirs = {row.virksomhed_id for row in rows if row.id in by_row and row.virksomhed_id is not None}
            if "front" in bruger.roller:
                assert companies == set(session.scalars(select(Virksomhed.id)))
            else:
                assert theirs <= companies
                kams = {one.id for one in session.scalars(select(Virksomhed)) if one.kam_id == bruger.id}
                assert companies == theirs | (kams if "konsulent" in bruger.roller else set())
    assert len({len(_seen(engine, bruger)) for bruger in staff}) > 5, "the data tell the members of staff apart"
