"""The desk's menu: what stands in it for which roles."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.desk.adgang import Bruger


@dataclass(frozen=True)
class Menupunkt:
    """A page in the menu, for those who have one of ``roller``."""

    sti: str
    titel: str
    roller: frozenset[str]


def _punkt(sti: str, titel: str, *roller: str) -> Menupunkt:
    return Menupunkt(sti, titel, frozenset(roller))


MENU: tuple[Menupunkt, ...] = (
    _punkt("/desk/", "Henvendelser", "front", "konsulent", "backoffice"),
    _punkt("/desk/registrer", "Registrer", "front", "konsulent"),
    _punkt("/desk/virksomheder", "Virksomheder", "front", "konsulent", "backoffice"),
    _punkt("/desk/udbakke", "Udbakke", "front", "admin"),
    _punkt("/desk/redaktion", "Tekster", "redaktør"),
    _punkt("/desk/tal", "Tal", "analytiker"),
    _punkt("/desk/admin/medarbejdere", "Medarbejdere", "admin"),
    _punkt("/desk/admin/api", "API-klienter", "admin"),
    _punkt("/desk/admin/revision", "Revisionslog", "admin"),
)


def menu_for(bruger: Bruger | None) -> list[Menupunkt]:
    """What this person may open, in the menu's order; nothing before log-in."""
    return [punkt for punkt in MENU if bruger and not punkt.roller.isdisjoint(bruger.roller)]


def forside(bruger: Bruger) -> str:
    """Where one lands after log-in."""
    found = menu_for(bruger)
    return found[0].sti if found else "/desk/konto"
