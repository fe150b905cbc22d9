"""An answer is kept once, and nothing leads from it to whose it is."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, text

from connectors.crm.henvendelser import find
from connectors.database import Base, reading, writing
from connectors.survey.besvarelse import gem
from connectors.survey.models import PARAMETRE, Besvarelse
from tests.crm.eksempler import NU
from tests.survey.sager import besvarelser, breve, invitationer, lukket_sag, sag, tilstand

GODT = dict.fromkeys(PARAMETRE, 4)
SENERE = NU + dt.timedelta(days=2)


def _gem(engine: Engine, karakterer: dict[str, int | None] | None = None, kommentar: str | None = None, nu: Any = SENERE) -> bool:
    [invitation] = invitationer(engine)
    with writing(engine) as session:
        return gem(session, invitation.id, GODT if karakterer is None else karakterer, kommentar, nu)


def test_the_answer_is_kept_with_the_day_the_team_and_the_package(engine: Engine) -> None:
    nummer = lukket_sag(engine)
    assert _gem(engine, {"sagsbehandlingstid": 5, "kompetence": 1, "kontaktperson": None}, "  Tak for hjælpen ")
    [svar] = besvarelser(engine)
    assert (svar.sagsbehandlingstid, svar.kompetence, svar.kontaktperson, svar.orientering) == (5, 1, None, None)
    assert (svar.kommentar, svar.dag, svar.team, svar.servicepakke) == (
        "Tak for hjælpen", dt.date(2026, 11, 26), "team-opstart-vaekst", "opstartspakke",
    )  # fmt: skip
    assert tilstand(engine, nummer) == "besvaret"


def test_of_many_at_once_one_answer_is_kept(engine: Engine) -> None:
    lukket_sag(engine)
    with ThreadPoolExecutor(6) as pool:
        kept = list(pool.map(lambda mark: _gem(engine, {"kompetence": mark % 5 + 1}), range(6)))
    assert sum(kept) == 1 and len(besvarelser(engine)) == 1


def test_after_its_time_nothing_is_kept(engine: Engine) -> None:
    nummer = lukket_sag(engine)
    assert not _gem(engine, nu=NU + dt.timedelta(days=31))
    assert besvarelser(engine) == [] and tilstand(engine, nummer) == "sendt"


@pytest.mark.parametrize("karakterer", [{}, {"kompetence": None}, {"kompetence": 6}, {"kompetence": 0}, {"pris": 3}])
def test_what_is_no_answer_is_refused(engine: Engine, karakterer: dict[str, int | None]) -> None:
    lukket_sag(engine)
    with pytest.raises(ValueError, match=r"karakter|svaret"):
        _gem(engine, karakterer, "  ")
    assert besvarelser(engine) == [] and not invitationer(engine)[0].besvaret


def test_a_cpr_number_in_a_comment_is_not_kept(engine: Engine) -> None:
    lukket_sag(engine)
    assert _gem(engine, {}, "Det var 010190-1234, der hjalp")
    assert besvarelser(engine)[0].kommentar == "Det var [CPR], der hjalp"


def test_a_link_that_has_not_gone_out_does_not_go_any_more(engine: Engine) -> None:
    lukket_sag(engine)
    assert len(breve(engine)) == 1
    assert _gem(engine)
    assert breve(engine) == []


def test_the_table_has_no_column_by_which_it_could_be_joined() -> None:
    columns = {column.name for column in Besvarelse.__table__.columns}
    assert columns == {"id", "dag", "team", "servicepakke", *PARAMETRE, "kommentar"}
    assert not Besvarelse.__table__.foreign_keys
    for table in Base.metadata.tables.values():
        assert not any(key.column.table is Besvarelse.__table__ for key in table.foreign_keys), table.name


def test_answering_leaves_no_other_trace_of_when_or_what(engine: Engine) -> None:
    """Two cases, one answered: but for the state, everything that is stored of both is what it was before."""
    first = lukket_sag(engine)
    sag(engine, noegle="anden")

    def everything() -> dict[str, list[str]]:
        with reading(engine) as session:
            names = [name for name in Base.metadata.tables if name not in ("survey_besvarelse", "brev")]
            return {name: sorted(map(str, session.execute(text(f"SELECT * FROM {name}")).all())) for name in names}

    before = everything()
    assert _gem(engine, {"kompetence": 2}, "kun til jer")
    after = everything()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"henvendelse", "survey_invitation"}
    assert "kun til jer" not in str(after)
    with reading(engine) as session:
        row = find(session, first)
        assert row.aendret == NU and len(row.historik) == len([line for line in row.historik if line.tid <= NU])


def test_staff_s_open_page_is_not_made_stale_by_an_answer(engine: Engine) -> None:
    nummer = lukket_sag(engine)
    with reading(engine) as session:
        before = find(session, nummer).version
    assert _gem(engine)
    with reading(engine) as session:
        assert find(session, nummer).version == before
