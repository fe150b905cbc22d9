"""A person takes a conversation over, writes in it, and gives it on: bot → venter → menneske → bot, or venter again.

Each function is one transaction that holds the conversation's row, so of two at the same moment exactly one wins. From
the moment a person has it the bot is silent: an answer under way finds another epoch and is dropped (``tilstand``).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from bot.dialog.forlad import FORLAD
from bot.knowledge.library import Library
from bot.language.cpr import mask
from connectors.database import writing
from connectors.desk.models import Medarbejder
from connectors.website import koe, noter, tilstede
from connectors.website.hvem import Hvem
from connectors.website.incoming import clean
from connectors.website.messages import Button, append, next_seq
from connectors.website.models import Besked, Samtale
from connectors.website.tilstand import UnknownConversation, change

LONGEST_TEXT = 5000  # characters of a message of staff's
FRONT = "frontfunktion"


class AlleredeTaget(Exception):
    """Somebody else has it; ``navn`` says who."""

    def __init__(self, navn: str) -> None:
        super().__init__(navn)
        self.navn = navn


class IkkeDin(Exception):
    """The conversation is not with the one who wants to do something in it, or not any more."""


class SamtaleLukket(Exception):
    """The business has ended the conversation."""


class MaaIkke(Exception):
    """It waits for somebody else; this one may not take it."""


def tag(engine: Engine, samtale_id: str, medarbejder: Hvem, library: Library, now: dt.datetime) -> float | None:
    """Take a conversation, from the queue or straight from the bot. Taken already by the same one, nothing happens.

    Returns:
        Seconds that the business had waited; None where it was not waiting.

    Raises:
        AlleredeTaget, MaaIkke, SamtaleLukket, UnknownConversation: and nothing has changed.
    """
    with _held(engine, samtale_id) as (session, samtale):
        if samtale.state == "menneske" and samtale.medarbejder_id == medarbejder.id:
            return None
        if samtale.state == "menneske":
            raise AlleredeTaget(_navn(session, samtale.medarbejder_id))
        if not koe.maa_tage(medarbejder, samtale):
            raise MaaIkke
        waited = (now - samtale.koe_siden).total_seconds() if samtale.koe_siden else None
        felter = {
            # kept while it is theirs: if they vanish, it goes back to where it stood
            "venter_siden": samtale.venter_siden or now, "koe_enhed": samtale.koe_enhed, "koe_til_id": samtale.koe_til_id,
            "medarbejder_id": medarbejder.id, "medarbejder_set": now,
        }  # fmt: skip
        enhed = _enhed(medarbejder, samtale.koe_enhed, library)
        text = (
            library.text("overtagelse", "taget", fornavn=medarbejder.fornavn, enhed=enhed)
            if enhed
            else library.text("overtagelse", "taget_uden_enhed", fornavn=medarbejder.fornavn)
        )
        change(session, samtale, "menneske", text, now, felter=felter)
        session.execute(update(Medarbejder).where(Medarbejder.id == medarbejder.id).values(set=now))
        return waited


def skriv(engine: Engine, samtale_id: str, medarbejder: Hvem, client_id: str, text: str, now: dt.datetime) -> int:
    """A message from the person who has the conversation; CPR numbers are masked. The same ``client_id`` again: the same
    number, stored once.

    Raises:
        ValueError: in Danish, where it is empty or too long, or ``client_id`` was used for something else.
        IkkeDin, SamtaleLukket, UnknownConversation: and nothing is stored.
    """
    masked = mask(clean(text))[0]
    if not masked:
        raise ValueError("Beskeden er tom.")
    if len(masked) > LONGEST_TEXT:
        raise ValueError(f"Beskeden er for lang. Den må højst være på {LONGEST_TEXT} tegn.")
    if not 0 < len(client_id) <= 36:
        raise ValueError("client_id skal være en UUID.")
    fingerprint = hashlib.sha256(f"agent\0{medarbejder.id}\0{masked}".encode()).hexdigest()
    with _held(engine, samtale_id) as (session, samtale):
        known = session.scalar(select(Besked).where(Besked.samtale_id == samtale_id, Besked.client_id == client_id))
        if known is not None:
            if known.fingerprint != fingerprint:
                raise ValueError("client_id er allerede brugt til en anden besked.")
            return known.seq
        _kraev_ejer(samtale, medarbejder)
        seq = next_seq(session, samtale_id)
        session.add(
            Besked(
                samtale_id=samtale_id, seq=seq, sender="agent", text=masked, data={"navn": medarbejder.fornavn}, created=now,
                pending=False, client_id=client_id, fingerprint=fingerprint,
            )
        )  # fmt: skip
        session.execute(update(Samtale).where(Samtale.id == samtale_id).values(active=now, medarbejder_set=now))
        return seq


def laest(engine: Engine, samtale_id: str, medarbejder: Hvem, seq: int) -> bool:
    """The person has read as far as ``seq``. Returns whether that is further than before; it is not where the conversation
    isn't theirs."""
    with writing(engine) as session:
        further = session.execute(
            update(Samtale)
            .where(
                Samtale.id == samtale_id, Samtale.state == "menneske", Samtale.medarbejder_id == medarbejder.id,
                Samtale.agent_read_seq < seq, Samtale.last_seq >= seq,
            )
            .values(agent_read_seq=seq)
            .returning(Samtale.id)
            .execution_options(synchronize_session=False)
        ).all()  # fmt: skip
        return bool(further)


def tilbage(engine: Engine, samtale_id: str, medarbejder: Hvem, library: Library, now: dt.datetime) -> None:
    """Give it back to the bot without closing anything; the bot says hello and offers to go on with what was broken off.

    Raises:
        IkkeDin, SamtaleLukket, UnknownConversation: and nothing has changed.
    """
    with _held(engine, samtale_id) as (session, samtale):
        _kraev_ejer(samtale, medarbejder)
        text = library.text("overtagelse", "givet_tilbage", fornavn=medarbejder.fornavn)
        change(session, samtale, "bot", text, now, kommando={"intent": "tilbage"})


def afslut(engine: Engine, samtale_id: str, medarbejder: Hvem, library: Library, now: dt.datetime) -> None:
    """Say goodbye: the person's part is over, and the bot has it again. Raises as ``tilbage``."""
    with _held(engine, samtale_id) as (session, samtale):
        _kraev_ejer(samtale, medarbejder)
        text = library.text("overtagelse", "afsluttet", fornavn=medarbejder.fornavn)
        change(session, samtale, "bot", text, now, kommando={"intent": "tilbage", "afsluttet": True})


def videre(
    engine: Engine,
    samtale_id: str,
    medarbejder: Hvem,
    library: Library,
    now: dt.datetime,
    *,
    begrundelse: str,
    til_medarbejder: int | None = None,
    til_enhed: str | None = None,
) -> None:
    """Hand it on to a colleague or a unit; the reason becomes a private note. If nobody there takes it in time, the whole
    front may (``vagt``).

    Raises:
        ValueError: in Danish, where the reason is missing or the receiver can't be one.
        IkkeDin, SamtaleLukket, UnknownConversation: and nothing has changed.
    """
    if not clean(begrundelse):
        raise ValueError("Skriv, hvorfor du giver samtalen videre.")
    if (til_medarbejder is None) == (til_enhed is None):
        raise ValueError("Vælg enten en kollega eller en enhed.")
    with _held(engine, samtale_id) as (session, samtale):
        _kraev_ejer(samtale, medarbejder)
        if til_medarbejder is not None:
            kollega = session.get(Medarbejder, til_medarbejder)
            if kollega is None or not tilstede.kan_tage(kollega) or kollega.id == medarbejder.id:
                raise ValueError("Den kollega kan ikke få samtalen.")
            who = kollega.navn
            text = library.text("overtagelse", "videre_kollega", fornavn=medarbejder.fornavn, kollega=kollega.fornavn)
        else:
            unit = library.enheder.get(til_enhed or "")
            if unit is None:
                raise ValueError("Den enhed findes ikke.")
            who = unit.navn
            text = library.text("overtagelse", "videre_enhed", fornavn=medarbejder.fornavn, enhed=unit.navn)
        note = library.text("overtagelse", "note_videre", hvem=who, begrundelse=begrundelse)
        noter.tilfoej_i(session, samtale_id, medarbejder.navn, note, now)
        place = koe.stil_i_koe(session, samtale, now, enhed=til_enhed, til_id=til_medarbejder)
        append(session, samtale_id, [koe.fortael(text, place, forlad_knap(library))], now)


def forlad_knap(library: Library) -> tuple[Button, ...]:
    """The way back to the bot, under what is told to one who waits."""
    return (Button(library.text("overtagelse", "knap_forlad"), {"intent": FORLAD}),)


@contextmanager
def _held(engine: Engine, samtale_id: str) -> Iterator[tuple[Session, Samtale]]:
    with writing(engine) as session:
        samtale = session.scalar(select(Samtale).where(Samtale.id == samtale_id).with_for_update())
        if samtale is None:
            raise UnknownConversation(samtale_id)
        if samtale.state == "lukket":
            raise SamtaleLukket
        yield session, samtale


def _kraev_ejer(samtale: Samtale, medarbejder: Hvem) -> None:
    if samtale.state != "menneske" or samtale.medarbejder_id != medarbejder.id:
        raise IkkeDin


def _navn(session: Session, medarbejder_id: int | None) -> str:
    found = session.get(Medarbejder, medarbejder_id) if medarbejder_id is not None else None
    return found.navn if found is not None else "en kollega"


def _enhed(medarbejder: Hvem, ventede_paa: str | None, library: Library) -> str | None:
    """Name of the unit that the business is told: the one it waited for, the front, or the first of theirs."""
    own = sorted(medarbejder.enheder)
    order = [unit for unit in (ventede_paa, FRONT) if unit in own] + own
    return next((library.enheder[unit].navn for unit in order if unit in library.enheder), None)
