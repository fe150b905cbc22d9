"""Which fields a search in tickets knows, and what each means in a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from bot.language.fold import fold
from connectors.api.fejl import ugyldig
from connectors.api.forespoergsel import Led
from connectors.crm import soegning
from connectors.crm.kontaktoplysning import normal_email, normal_telefon
from connectors.crm.korrespondance import Maerke
from connectors.crm.models import Henvendelse, Kontakt, Virksomhedsoplysning
from connectors.crm.virksomhed import Virksomhed
from connectors.desk.models import Medarbejder
from connectors.zammad.tabel import STATUS_AF_NAVN


def betingelse(parts: Sequence[Led]) -> ColumnElement[bool]:
    """The condition on ``Henvendelse`` that holds where every part does. Raises ``ZammadFejl`` on a value that is none."""
    return and_(true(), *(_FELTER[one.felt](one.vaerdi) if one.felt else soegning.betingelse(one.vaerdi) for one in parts))


def _nummer(value: str) -> ColumnElement[bool]:
    return Henvendelse.nummer.startswith(value.upper(), autoescape=True)


def _titel(value: str) -> ColumnElement[bool]:
    return and_(true(), *_words(Henvendelse.soegetekst, value))


def _status(value: str) -> ColumnElement[bool]:
    status = STATUS_AF_NAVN.get(value.lower())
    if status is None:
        raise ugyldig(f"{value[:40]} er ikke en status; vælg {', '.join(STATUS_AF_NAVN)}.")
    return Henvendelse.status == status


def _team(value: str) -> ColumnElement[bool]:
    return Henvendelse.team == value


def _virksomhed(value: str) -> ColumnElement[bool]:
    told = exists().where(Virksomhedsoplysning.henvendelse_id == Henvendelse.id, *_words(Virksomhedsoplysning.soegetekst, value))
    record = select(Virksomhed.id).where(*_words(Virksomhed.soegetekst, value))
    return or_(told, Henvendelse.virksomhed_id.in_(record))


def _email(value: str) -> ColumnElement[bool]:
    return exists().where(Kontakt.henvendelse_id == Henvendelse.id, Kontakt.email == normal_email(value))


def _telefon(value: str) -> ColumnElement[bool]:
    return exists().where(Kontakt.henvendelse_id == Henvendelse.id, Kontakt.telefon == (normal_telefon(value) or value))


def _ejer(value: str) -> ColumnElement[bool]:
    if value == "-":
        return Henvendelse.ejer_id.is_(None)
    named = or_(Medarbejder.email == value, Medarbejder.brugernavn == value, Medarbejder.navn == value)
    return Henvendelse.ejer_id.in_(select(Medarbejder.id).where(named))


def _maerke(value: str) -> ColumnElement[bool]:
    return exists().where(Maerke.henvendelse_id == Henvendelse.id, Maerke.navn == value)


def _words(column: InstrumentedAttribute[str], value: str) -> list[ColumnElement[bool]]:
    return [column.contains(word, autoescape=True) for word in fold(value).split()]


_FELTER: dict[str, Callable[[str], ColumnElement[bool]]] = {
    "number": _nummer,
    "title": _titel,
    "state.name": _status,
    "state": _status,
    "group.name": _team,
    "group": _team,
    "organization.name": _virksomhed,
    "organization": _virksomhed,
    "customer.email": _email,
    "customer.phone": _telefon,
    "owner.email": _ejer,
    "owner.login": _ejer,
    "owner": _ejer,
    "tags": _maerke,
}
FELTER = tuple(_FELTER)
