"""A closed case's business is asked once, where it is, by a link that nobody can guess."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot.language.dato import KOEBENHAVN
from bot.settings import settings
from connectors.crm.henvendelser import find, laas
from connectors.database import reading, writing
from connectors.mail import forsendelse
from connectors.survey.invitation import udsted
from connectors.website.tokens import token_hash
from tests.crm.eksempler import NU
from tests.crm.medarbejdere import library
from tests.crm.samtaler import aabn, beskeder
from tests.survey.sager import LUKKET, aendre, besvarelser, breve, invitationer, lukket_sag, sag, tilstand, token

UDEN_MAIL = {"navn": "Prøve Person", "telefon": "20417703", "samtykke": NU}


def test_closing_sends_one_link_by_mail(engine: Engine) -> None:
    nummer = lukket_sag(engine)
    [brev], [invitation] = breve(engine), invitationer(engine)
    assert brev.til == "proeve@example.com" and nummer in brev.emne
    assert f"{settings().site}/s/{token(brev)}" in brev.tekst
    assert len(token(brev)) >= 43, "256 bits in base64"
    assert invitation.token_hash == token_hash(token(brev)) and token(brev) not in invitation.token_hash
    assert tilstand(engine, nummer) == "sendt"
    assert (invitation.samtale_id, invitation.trin, invitation.besvaret) == (None, None, False)
    assert "{" not in brev.tekst


def test_the_token_stands_nowhere_once_the_mail_has_gone(engine: Engine) -> None:
    lukket_sag(engine)
    [brev] = breve(engine)
    forsendelse.sendt(engine, brev, NU)
    secret = token(brev)
    with reading(engine) as session:
        for table in ("brev", "survey_invitation", "henvendelse_artikel", "henvendelse_historik", "besked"):
            rows = session.execute(text(f"SELECT * FROM {table}")).all()
            assert not any(secret in str(value) for row in rows for value in row), table


def test_the_link_works_to_the_end_of_the_day_that_the_mail_names(engine: Engine) -> None:
    lukket_sag(engine)
    [brev], [invitation] = breve(engine), invitationer(engine)
    assert "torsdag den 24. december 2026" in brev.tekst
    assert invitation.udloeber == dt.datetime(2026, 12, 25, tzinfo=KOEBENHAVN)


def test_in_the_chat_too_where_the_business_is(engine: Engine) -> None:
    samtale_id = aabn(engine, NU)
    nummer = lukket_sag(engine, samtale=samtale_id)
    question = beskeder(engine, samtale_id)[-1]
    assert question["from"] == "system" and question["data"] == {"type": "survey", "asks": "sagsbehandlingstid"}
    assert [button["title"][0] for button in question["buttons"]] == ["1", "2", "3", "4", "5"]
    assert nummer in question["text"]
    assert len(breve(engine)) == 1


def test_only_in_the_chat_where_there_is_no_address(engine: Engine) -> None:
    samtale_id = aabn(engine, NU)
    nummer = lukket_sag(engine, samtale=samtale_id, kontakt=UDEN_MAIL)
    assert breve(engine) == [] and tilstand(engine, nummer) == "sendt"
    assert beskeder(engine, samtale_id)[-1]["data"]["type"] == "survey"


def test_nobody_who_can_t_be_asked_in_writing_is_asked(engine: Engine) -> None:
    nummer = lukket_sag(engine, kontakt=UDEN_MAIL)
    assert invitationer(engine) == [] and tilstand(engine, nummer) == "ikke sendt"


def test_a_duplicate_is_asked_nothing(engine: Engine) -> None:
    nummer = sag(engine)
    aendre(engine, nummer, status="afsluttet", udfald="dublet")
    assert invitationer(engine) == [] and tilstand(engine, nummer) == "ikke sendt"


def test_closing_again_asks_nothing_more(engine: Engine) -> None:
    nummer = lukket_sag(engine)
    aendre(engine, nummer, status="i gang")
    aendre(engine, nummer, NU, **LUKKET)
    assert len(breve(engine)) == len(invitationer(engine)) == 1
    assert tilstand(engine, nummer) == "sendt"


@pytest.mark.parametrize("felter", [{"status": "i gang"}, {"team": "tmf-byggeri"}])
def test_nothing_but_closing_asks(engine: Engine, felter: dict[str, Any]) -> None:
    nummer = sag(engine)
    aendre(engine, nummer, **felter)
    assert invitationer(engine) == [] and besvarelser(engine) == []


def test_a_missing_text_keeps_no_case_open(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    samtale_id = aabn(engine, NU)
    nummer = sag(engine, samtale=samtale_id)
    survey = library().tekster["survey"]
    poor = survey.model_copy(update={"tekster": {k: v for k, v in survey.tekster.items() if k != "mail"}})
    lacking = dataclasses.replace(library(), tekster={**library().tekster, "survey": poor})
    with caplog.at_level(logging.ERROR), writing(engine) as session:
        assert not udsted(session, laas(session, nummer), lacking, NU)
    assert nummer in caplog.text
    assert invitationer(engine) == [] and tilstand(engine, nummer) == "ikke sendt"
    assert len(beskeder(engine, samtale_id)) == 1, "nothing half asked"
    with reading(engine) as session:
        assert find(session, nummer).status == "ny"
