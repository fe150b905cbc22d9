"""Closed cases of the fictitious business, and what has become of their questionnaires, for the tests of this folder."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from sqlalchemy import Engine, select

from connectors.crm.henvendelser import find, opret
from connectors.crm.sagsgang import aendr
from connectors.database import reading
from connectors.mail.models import Brev
from connectors.survey.models import Besvarelse, Invitation
from tests.crm.eksempler import FRIST, NU, udkast
from tests.crm.medarbejdere import library

LUKKET: dict[str, Any] = {"status": "afsluttet", "udfald": "loest"}


def sag(engine: Engine, **andre: Any) -> str:
    """An open case. Returns its number."""
    return opret(engine, udkast(**{"delopgaver": [], **andre}), FRIST, NU).number


def aendre(engine: Engine, nummer: str, nu: dt.datetime = NU, **felter: Any) -> None:
    """A change of staff's."""
    with reading(engine) as session:
        version = find(session, nummer).version
    aendr(engine, library(), nummer, version, "Prøve Kollega", felter, nu)


def lukket_sag(engine: Engine, nu: dt.datetime = NU, **andre: Any) -> str:
    """A case that has been closed. Returns its number."""
    nummer = sag(engine, **andre)
    aendre(engine, nummer, nu, **LUKKET)
    return nummer


def tilstand(engine: Engine, nummer: str) -> str:
    """What the case says of its questionnaire."""
    with reading(engine) as session:
        return find(session, nummer).survey


def breve(engine: Engine) -> list[Brev]:
    """The mails that bring links."""
    with reading(engine) as session:
        return list(session.scalars(select(Brev).where(Brev.slags == "survey").order_by(Brev.id)))


def token(brev: Brev) -> str:
    """The secret of a mail's link."""
    found = re.search(r"/s/([\w-]+)", brev.tekst)
    assert found is not None
    return found[1]


def invitationer(engine: Engine) -> list[Invitation]:
    """Every invitation."""
    with reading(engine) as session:
        return list(session.scalars(select(Invitation).order_by(Invitation.id)))


def besvarelser(engine: Engine) -> list[Besvarelse]:
    """Every answer."""
    with reading(engine) as session:
        return list(session.scalars(select(Besvarelse).order_by(Besvarelse.id)))
