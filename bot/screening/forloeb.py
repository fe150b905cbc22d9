"""Where a screening stands: one JSON-able value, kept in one Rasa slot.

No slot, form or rule is made per package or per question; this state and the package's file are all there is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

Slags = Literal["pakke", "kontakt", "sag"]
TUPLES = ("sprunget", "valgte", "sagt", "samler")


@dataclass(frozen=True)
class Forloeb:
    """A screening, a request for a person, or a question on a case, under way.

    ``svar``: slot to value; a skipped or unknown answer is None with the slot in ``sprunget``. ``noegle`` makes the
    case: one henvendelse a key, however often a button is pressed. ``fejl`` counts failed answers to the question now
    asked. ``emne`` is the service it is about, ``til_enhed`` whether its own unit is to answer. ``sagt`` is what the
    business had typed when it began, ``samler`` the choices pressed so far in a question of several, ``fortalt`` whether it
    has been told what its data are used for. ``valgte`` are the services that the business wants, ``vist`` the verdict
    already told, ``skift`` another package just offered.
    """

    slags: Slags
    noegle: str
    pakke: str | None = None
    svar: dict[str, Any] = field(default_factory=dict)
    tekst: dict[str, str] = field(default_factory=dict)
    sprunget: tuple[str, ...] = ()
    asks: str | None = None
    fejl: int = 0
    valgte: tuple[str, ...] = ()
    valg_slut: bool = False
    vis_alle: bool = False
    vist: str | None = None
    sagt: tuple[str, ...] = ()
    samler: tuple[Any, ...] = ()
    fortalt: bool = False
    emne: str | None = None
    til_enhed: bool = False
    skift: str | None = None
    slut: str | None = None

    def known(self, slot: str) -> bool:
        """Whether the question needs no more asking: answered or skipped."""
        return self.svar.get(slot) is not None or slot in self.sprunget

    def with_answer(self, slot: str, value: Any, text: str = "") -> Forloeb:
        """The state after an answer; a later answer replaces an earlier one."""
        return replace(
            self,
            svar={**self.svar, slot: value},
            tekst={**self.tekst, slot: text} if text else self.tekst,
            sprunget=tuple(other for other in self.sprunget if other != slot),
            fejl=0 if slot == self.asks else self.fejl,
        )

    def without(self, slot: str) -> Forloeb:
        """The state with one answer forgotten."""
        return replace(self, svar={key: value for key, value in self.svar.items() if key != slot})

    def with_skip(self, slot: str) -> Forloeb:
        """The state after "spring over" or "ved ikke"."""
        rest = {key: value for key, value in self.svar.items() if key != slot}
        return replace(self, svar=rest, sprunget=tuple(dict.fromkeys((*self.sprunget, slot))), fejl=0)

    def reopened(self, slot: str) -> Forloeb:
        """The state with one question open again, to be asked next."""
        rest = {key: value for key, value in self.svar.items() if key != slot}
        return replace(self, svar=rest, sprunget=tuple(s for s in self.sprunget if s != slot), asks=slot, fejl=0)

    def as_json(self) -> dict[str, Any]:
        """What the slot holds."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in vars(self).items()}

    @classmethod
    def from_json(cls, stored: Any) -> Forloeb | None:
        """The state in the slot; None where there is none, or one of an older shape that can't be read."""
        if not isinstance(stored, dict):
            return None
        try:
            fields: dict[str, Any] = {key: tuple(value) if key in TUPLES else value for key, value in stored.items()}
            return cls(**fields)
        except TypeError:
            return None
