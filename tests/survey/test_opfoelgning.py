"""Questionnaires that nobody finishes: reminded of once, kept without a comment, ended."""

from __future__ import annotations

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, select

from connectors.database import reading, writing
from connectors.mail import forsendelse
from connectors.survey import opfoelgning
from connectors.survey.besvarelse import gem
from connectors.survey.invitation import brevtekst
from connectors.survey.opfoelgning import STILLE, koer
from connectors.survey.settings import SurveySettings
from connectors.website import erase, receiving
from connectors.website.models import Besked
from connectors.website.tokens import token_hash
from tests.crm.eksempler import NU
from tests.crm.medarbejdere import library
from tests.crm.samtaler import aabn, beskeder
from tests.survey.sager import aendre, besvarelser, breve, invitationer, lukket_sag, tilstand, token

DAG = dt.timedelta(days=1)
UDEN_MAIL = {"navn": "Prøve Person", "telefon": "20417703", "samtykke": NU}


def _koer(engine: Engine, nu: dt.datetime) -> None:
    koer(engine, library(), nu)


def _svar(engine: Engine, samtale_id: str, antal: int) -> None:
    """The first ``antal`` questions are answered in the chat."""
    for _ in range(antal):
        question = beskeder(engine, samtale_id)[-1]
        incoming = receiving.Incoming(str(uuid.uuid4()), payload=question["buttons"][0]["payload"], library=library())
        receiving.receive(engine, samtale_id, incoming, None, NU)


def test_one_reminder_after_a_week_and_never_another(engine: Engine) -> None:
    nummer = lukket_sag(engine)
    _koer(engine, NU + 7 * DAG - dt.timedelta(minutes=1))
    assert len(breve(engine)) == 1
    for days in (7, 8, 14, 29):
        _koer(engine, NU + days * DAG)
    first, reminder = breve(engine)
    assert "påmindelse" in reminder.emne and nummer in reminder.tekst
    assert token(reminder) != token(first), "a link of its own: the first one's is kept nowhere"
    assert invitationer(engine)[0].paamindet_hash == token_hash(token(reminder))


def test_of_many_processes_one_reminds(engine: Engine) -> None:
    lukket_sag(engine)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: _koer(engine, NU + 8 * DAG), range(4)))
    assert len(breve(engine)) == 2


def test_who_has_answered_is_not_reminded(engine: Engine) -> None:
    lukket_sag(engine)
    for brev in breve(engine):
        forsendelse.sendt(engine, brev, NU)
    with writing(engine) as session:
        assert gem(session, invitationer(engine)[0].id, {"kompetence": 5}, None, NU + DAG)
    _koer(engine, NU + 8 * DAG)
    assert len(breve(engine)) == 1


def test_a_case_opened_again_is_not_asked_of(engine: Engine) -> None:
    nummer = lukket_sag(engine)
    aendre(engine, nummer, NU + DAG, status="i gang")
    _koer(engine, NU + 8 * DAG)
    assert len(breve(engine)) == 1


def test_without_an_address_nobody_is_reminded(engine: Engine) -> None:
    lukket_sag(engine, samtale=aabn(engine, NU), kontakt=UDEN_MAIL)
    _koer(engine, NU + 8 * DAG)
    assert breve(engine) == []


def test_no_reminders_where_they_are_turned_off(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    lukket_sag(engine)
    monkeypatch.setattr(opfoelgning, "survey_settings", lambda: SurveySettings(survey_reminder_days=0))
    _koer(engine, NU + 8 * DAG)
    assert len(breve(engine)) == 1


def test_after_its_time_it_has_expired(engine: Engine) -> None:
    nummer = lukket_sag(engine)
    _koer(engine, NU + 30 * DAG)
    assert tilstand(engine, nummer) == "sendt"
    _koer(engine, NU + 31 * DAG)
    _koer(engine, NU + 32 * DAG)
    assert tilstand(engine, nummer) == "udløbet" and besvarelser(engine) == []


def test_an_answered_one_does_not_expire(engine: Engine) -> None:
    nummer = lukket_sag(engine)
    with writing(engine) as session:
        assert gem(session, invitationer(engine)[0].id, {"kompetence": 5}, None, NU + DAG)
    _koer(engine, NU + 40 * DAG)
    assert tilstand(engine, nummer) == "besvaret"


def test_four_marks_without_a_comment_are_kept_once_the_business_has_left(engine: Engine) -> None:
    samtale_id = aabn(engine, NU)
    nummer = lukket_sag(engine, samtale=samtale_id)
    _svar(engine, samtale_id, 4)
    _koer(engine, NU + STILLE)
    assert besvarelser(engine) == []
    for _ in range(2):
        _koer(engine, NU + STILLE + dt.timedelta(seconds=1))
    [svar] = besvarelser(engine)
    assert (svar.sagsbehandlingstid, svar.orientering, svar.kommentar) == (1, 1, None)
    assert tilstand(engine, nummer) == "besvaret"


def test_half_an_answer_is_forgotten_when_time_is_up(engine: Engine) -> None:
    samtale_id = aabn(engine, NU)
    nummer = lukket_sag(engine, samtale=samtale_id)
    _svar(engine, samtale_id, 2)
    _koer(engine, NU + 31 * DAG)
    assert besvarelser(engine) == [] and tilstand(engine, nummer) == "udløbet"
    with reading(engine) as session:
        assert not any(row.knap for row in session.scalars(select(Besked).where(Besked.sender == "user")))


def test_marks_in_a_conversation_that_was_deleted_are_gone_with_it(engine: Engine) -> None:
    samtale_id = aabn(engine, NU)
    nummer = lukket_sag(engine, samtale=samtale_id)
    _svar(engine, samtale_id, 4)
    erase.close_and_erase(engine, samtale_id, "slut", NU)
    _koer(engine, NU + DAG)
    assert besvarelser(engine) == [] and tilstand(engine, nummer) == "sendt"


def test_one_on_which_it_fails_keeps_no_other_back(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, other = lukket_sag(engine, noegle="a"), lukket_sag(engine, noegle="b")

    def fails(nummer: str, *more: Any, **andet: Any) -> tuple[str, str]:
        if nummer == broken:
            raise RuntimeError
        return brevtekst(nummer, *more, **andet)

    monkeypatch.setattr("connectors.survey.opfoelgning.brevtekst", fails)
    with pytest.raises(RuntimeError):
        _koer(engine, NU + 8 * DAG)
    reminders = [brev for brev in breve(engine) if "påmindelse" in brev.emne]
    assert [other in brev.tekst for brev in reminders] == [True]
