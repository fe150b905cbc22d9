"""What is said of a case that is under way: how it stands, and whom to ask where it isn't in this system."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from bot.dialog.reply import Button, Reply
from bot.knowledge.library import Library
from bot.knowledge.schema.ydelse import Ydelse
from bot.language.dato import KOEBENHAVN, dansk_dato
from bot.screening.criteria import bare, kendt

_NAVNE = {"ny": "ny", "i gang": "i_gang", "afventer virksomheden": "afventer", "afsluttet": "afsluttet"}
SHORT = 4  # letters; a word of so few is not taken as the beginning of another
_kendte: WeakKeyDictionary[Library, list[tuple[Ydelse, list[str]]]] = WeakKeyDictionary()
_ord_i_navne: WeakKeyDictionary[Library, dict[str, set[str]]] = WeakKeyDictionary()
VORES = ("ny", "i gang")  # states in which the next move is the municipality's


class Tilstand(Protocol):
    """How a case stands."""

    @property
    def number(self) -> str:
        """``KBH-2026-000123``."""

    @property
    def status(self) -> str:
        """One of the contract's states."""

    @property
    def svarfrist(self) -> dt.datetime:
        """When it must have been answered."""

    @property
    def team(self) -> str:
        """The unit that has it."""

    @property
    def ejer(self) -> str | None:
        """The person who has it."""

    @property
    def ejer_enhed(self) -> str | None:
        """The unit of ``ejer``, where it isn't ``team``."""

    @property
    def aftaler(self) -> tuple[tuple[str, dt.datetime | None], ...]:
        """What is agreed and not done yet, with its time."""


def status(found: Tilstand | None, library: Library, nu: dt.datetime) -> Reply:
    """State, contact by name, deadline and agreements; where number and contact data don't match, nothing."""
    if found is None:
        return Reply(library.text("sag", "ikke_fundet"), (_menneske(library),))
    forsinket = found.status in VORES and found.svarfrist < nu
    navn, frist = _NAVNE[found.status], dansk_dato(found.svarfrist)
    dele = [library.text("sag", "fundet_forsinket" if forsinket else f"fundet_{navn}", nummer=found.number, frist=frist)]
    if found.status != "afsluttet":
        dele.append(_hvem(found, library))
    tekst = "\n".join([" ".join(dele), *_aftaler(found, library)])
    svarfrist = found.svarfrist.astimezone(KOEBENHAVN).isoformat(timespec="seconds")
    data = {"type": "sag", "number": found.number, "status": found.status, "svarfrist": svarfrist}
    return Reply(tekst, (_menneske(library),), data)


def for_mange(minutter: int, library: Library) -> Reply:
    """That nothing is told for a while, whatever was asked."""
    return Reply(library.text("sag", "for_mange", minutter=minutter), (_menneske(library),))


def uden_nummer(library: Library, enhed: str | None = None) -> Reply:
    """What can be looked up and what can't: the unit that has the latter where it is known, and the offer of a person."""
    if enhed is None:
        return Reply(library.text("sag", "uden_nummer"), (_menneske(library),))
    tekst = library.text("sag", "uden_nummer_enhed", enhed=library.enheder[enhed].navn)
    return Reply(tekst, (Button(library.text("sag", "knap_henvendelse"), {"intent": "menneske"}),))


def enhed_for(text: str, understanding: Mapping[str, Any], library: Library) -> str | None:
    """The unit that handles what a message names, such as a building permit; None where it names nothing, or several.

    The words decide what is named: name and ``synonymer`` of services, then of areas. Of several services it is the one
    that the understanding finds likeliest.
    """
    padded = f" {bare(text)} "
    named = [ydelse for ydelse, stems in _stammer(library) if any(stem in padded for stem in stems)]
    for ydelse in _sandsynlige(understanding, library):
        if ydelse in named or _naevner(text, _saerlige(ydelse, library)):
            return _kendt(ydelse.enhed, library)
    if named:
        units = {ydelse.enhed for ydelse in named}
        return _kendt(units.pop(), library) if len(units) == 1 else None
    areas = [omraade.id for omraade in library.omraader.values() if _naevner(text, omraade.synonymer)]
    # an area's own unit is the one that has most of its services
    units_of = Counter(ydelse.enhed for ydelse in library.ydelser.values() if [ydelse.hovedomraade] == areas)
    [(unit, count)] = units_of.most_common(1) or [("", 0)]
    return _kendt(unit, library) if count * 2 > units_of.total() else None


def _stammer(library: Library) -> list[tuple[Ydelse, list[str]]]:
    """Each service with its name and synonyms as ``_naevner`` looks for them, made once a library."""
    if library not in _kendte:
        _kendte[library] = [
            (ydelse, [stamme for navn in (ydelse.navn, *ydelse.synonymer) if (stamme := _stamme(navn))])
            for ydelse in library.ydelser.values()
        ]
    return _kendte[library]


def _stamme(navn: str) -> str:
    """As it stands before a word of a padded text; empty where there is nothing to look for."""
    stem = kendt(navn)
    return f" {stem} " if stem and len(navn) <= SHORT else f" {stem}" if stem else ""


def _naevner(text: str, ord_: Iterable[str]) -> bool:
    """Whether a word of the text begins with one of ``ord_``; a short one must be the whole word ("å")."""
    padded = f" {bare(text)} "
    return any(stamme in padded for stamme in map(_stamme, ord_) if stamme)


def _sandsynlige(understanding: Mapping[str, Any], library: Library) -> list[Ydelse]:
    ids = [str(item.get("id")) for item in understanding.get("candidates") or () if item.get("kind") == "ydelse"]
    return [library.ydelser[ident] for ident in ids if ident in library.ydelser]


def _saerlige(ydelse: Ydelse, library: Library) -> set[str]:
    """The single words in a service's name that no other unit's services have in theirs: "skilte", not "tilladelse"."""
    units = _ord(library)
    return {word for word in bare(ydelse.navn).split() if len(word) > SHORT and units[word] == {ydelse.enhed}}


def _ord(library: Library) -> Mapping[str, set[str]]:
    """Each word of a service's name, and the units whose services have it in theirs; made once a library."""
    if library not in _ord_i_navne:
        units = _ord_i_navne[library] = defaultdict(set)
        for ydelse in library.ydelser.values():
            for word in bare(ydelse.navn).split():
                units[word].add(ydelse.enhed)
    return _ord_i_navne[library]


def _kendt(unit: str, library: Library) -> str | None:
    return unit if unit in library.enheder else None


def _hvem(found: Tilstand, library: Library) -> str:
    unit = (found.ejer_enhed if found.ejer else None) or found.team
    enhed = library.enheder[unit].navn if unit in library.enheder else unit
    if found.ejer:
        return library.text("sag", "fundet_ejer", ejer=found.ejer, enhed=enhed)
    return library.text("sag", "fundet_enhed", enhed=enhed)


def _aftaler(found: Tilstand, library: Library) -> list[str]:
    # that somebody calls back in time is what the deadline says already
    tilbage = library.text("resume", "aftale")
    aftaler = [(tekst, frist) for tekst, frist in found.aftaler if (tekst, frist) != (tilbage, found.svarfrist)]
    if not aftaler or found.status == "afsluttet":
        return []
    return [library.text("sag", "aftaler"), *(_aftale(tekst, frist, library) for tekst, frist in aftaler)]


def _aftale(tekst: str, frist: dt.datetime | None, library: Library) -> str:
    if frist is None:
        return library.text("sag", "aftale", aftale=tekst)
    return library.text("sag", "aftale_frist", aftale=tekst, frist=dansk_dato(frist))


def _menneske(library: Library) -> Button:
    return Button(library.text("sag", "knap_menneske"), {"intent": "menneske"})
