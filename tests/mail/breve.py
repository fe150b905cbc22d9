"""Mails of fictitious businesses, and carriers that do as they are told, for the tests of this folder."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from typing import Any

from sqlalchemy import Engine, select

from connectors.database import reading, writing
from connectors.mail import udbakke
from connectors.mail.models import Brev
from connectors.mail.settings import MailSettings
from connectors.mail.transport import IkkeSendt

NU = dt.datetime(2026, 11, 24, 9, 12, tzinfo=dt.UTC)
AFSENDER = "Prøvekommunen, erhvervsservice <erhverv@example.dk>"


def laeg(engine: Engine, noegle: str = "prøve:1", nu: dt.datetime = NU, **andre: Any) -> None:
    """One mail in the outbox."""
    felter = {"slags": "orientering", "til": "proeve@example.com", "emne": "Nyt om jeres sag", "tekst": "Sagen er i gang."}
    felter |= andre
    with writing(engine) as session:
        udbakke.laeg(session, felter["slags"], noegle, felter["til"], felter["emne"], felter["tekst"], None, nu)


def breve(engine: Engine) -> list[Brev]:
    """The outbox as it stands."""
    with reading(engine) as session:
        return list(session.scalars(select(Brev).order_by(Brev.id)))


def settings(**andre: Any) -> MailSettings:
    """Settings for a test; ``andre`` replace or add."""
    return MailSettings(_env_file=None, **{"mail_from": AFSENDER, **andre})


class Styret:
    """A carrier that keeps what it takes, and fails as long as ``fejl`` holds a reason."""

    def __init__(self, fejl: Exception | None = None) -> None:
        self.fejl = fejl
        self.taget: list[EmailMessage] = []

    async def baer(self, mail: EmailMessage) -> None:
        if self.fejl is not None:
            raise self.fejl
        self.taget.append(mail)


def ikke_sendt(hvorfor: str = "prøvefejl", *, endeligt: bool = False) -> IkkeSendt:
    """A failure to order."""
    return IkkeSendt(hvorfor, endeligt=endeligt)
