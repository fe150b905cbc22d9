"""What a list's address asks for, and the addresses of its neighbours: every list is a link. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from connectors.crm.filtre import Filtre, Sortering
from connectors.crm.lister import LISTER, Liste
from connectors.crm.models import KANALER, STATUSSER
from connectors.desk.formular import dag

VENTER = "venter"
FANER: tuple[str, ...] = (VENTER, *LISTER)
UDEN = "ingen"  # in the owner's field: cases that nobody has
SORTERINGER: tuple[Sortering, ...] = ("svarfrist", "oprettet")


@dataclass(frozen=True)
class Listevalg:
    """``liste``: of ``FANER``, "" where the address names none. ``felter``: the filters as they stand in the address;
    ``fejl``: what is wrong with them, by field, in which case they narrow nothing."""

    liste: str
    side: int
    felter: Mapping[str, str]
    fejl: Mapping[str, str]

    @property
    def soegt(self) -> str:
        """What is searched for."""
        return self.felter.get("q", "")

    @property
    def snaevret(self) -> bool:
        """Whether any filter narrows the list."""
        return any(key != "sorter" for key in self.felter)

    @property
    def skjulte(self) -> dict[str, str]:
        """What the filters' form must carry along beside its own fields."""
        kept = {key: self.felter[key] for key in ("q", "sorter") if key in self.felter}
        return {"liste": self.liste, **kept}

    def sti(self, **andre: str | int | None) -> str:
        """The address of this list with other values; None takes one out, and a new order or filter begins at page 1."""
        values = {"liste": self.liste, **self.felter, **andre}
        return "/desk/?" + urlencode({key: value for key, value in values.items() if value not in (None, "")})

    def filtre(self, bruger_id: int) -> Filtre:
        """For ``lister.hent``; ``bruger_id`` is whom "mig" means."""
        owner = self.felter.get("ejer", "")
        return Filtre(
            soeg=self.soegt,
            team=self.felter.get("team"),
            status=self.felter.get("status"),
            kanal=self.felter.get("kanal"),
            servicepakke=self.felter.get("pakke"),
            ejer=bruger_id if owner == "mig" else int(owner) if owner.isdigit() else None,
            uden_ejer=owner == UDEN,
            fra=_day(self.felter.get("fra")),
            til=_day(self.felter.get("til")),
            maerke=self.felter.get("maerke"),
            overskredne="overskredne" in self.felter,
            sorter=cast(Sortering | None, self.felter.get("sorter")),
        )


def laes(query: Mapping[str, str]) -> Listevalg:
    """What an address asks for; values that there are not narrow nothing."""
    texts = {key: query.get(key, "").strip()[:200] for key in ("q", "team", "pakke", "maerke")}
    felter = {key: value for key, value in texts.items() if value}
    offered = {"status": STATUSSER, "kanal": KANALER, "sorter": SORTERINGER, "overskredne": ("ja",)}
    felter |= {key: query[key] for key, values in offered.items() if query.get(key) in values}
    owner = query.get("ejer", "")
    if owner in ("mig", UDEN) or (owner.isascii() and owner.isdigit() and len(owner) < 10):
        felter["ejer"] = owner
    fejl = {}
    for key in ("fra", "til"):
        try:
            if query.get(key):
                felter[key] = dag(query[key]).isoformat()
        except ValueError as error:
            fejl[key] = str(error)
    if felter.get("fra", "") > felter.get("til", "9"):
        fejl["til"] = "Slutdatoen ligger før startdatoen."
    page = query.get("side", "")
    side = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    return Listevalg(query.get("liste", "") if query.get("liste") in FANER else "", max(side, 1), felter, fejl)


def som_liste(navn: str) -> Liste:
    """``navn`` as one of the lists of cases. Raises ``ValueError``."""
    if navn not in LISTER:
        raise ValueError(f"{navn!r} er ikke en liste")
    return navn


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
