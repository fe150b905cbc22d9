"""The form of ``/desk/registrer`` as it was sent: everything that was typed and marked, kept whatever is wrong with it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.language.cpr import mask
from bot.screening.skema import Indtastet
from connectors.desk.formular import Formular

NAVN = "reg"  # of the form, as the templates' macros know it
SKJULTE = frozenset({"csrf", "noegle", "samtale", "handling", "forudfyldt", "opslag"})
LAENGST = 10_000  # characters of one field
_SVAR = re.compile(r"(svar|valg)-([a-z_]+)")
_RAEKKE = re.compile(r"(?:aftale_tekst|aftale_dato|opgave_enhed|opgave_ydelse|opgave_dato)-(\d{1,2})")


@dataclass(frozen=True)
class Sendt:
    """``form`` holds the fields of one value each. ``svar``: what stands in each question's fields, by slot; ``forudfyldt``:
    the slots that have been filled in for staff once, which are not filled in again where they were emptied.
    ``vist`` and ``valgt``: the delopgaver that were shown, and those still marked, as ``unit|service``. ``handling`` is the
    button pressed: what it does and to what, such as ``pakke`` and ``opstartspakke``.
    """

    form: Formular
    ydelser: tuple[str, ...] = ()
    svar: Mapping[str, Indtastet] = field(default_factory=dict)
    forudfyldt: frozenset[str] = frozenset()
    vist: frozenset[str] = frozenset()
    valgt: frozenset[str] = frozenset()
    handling: tuple[str, str] = ("", "")

    @property
    def noegle(self) -> str:
        """The form's own token, from which the case's key is made: a form sent twice makes one case."""
        return self.form["noegle"]

    @property
    def sagt(self) -> str:
        """What the business says, in the words of staff."""
        return self.form["sagt"]

    @property
    def raekker(self) -> int:
        """Rows for agreements and delopgaver: those in use, and one more."""
        used = [int(found[1]) for name in self.form.felter if self.form[name] and (found := _RAEKKE.fullmatch(name))]
        return max(used, default=-1) + 2


def ny(**felter: str) -> Sendt:
    """An empty form with a token of its own."""
    return Sendt(Formular(NAVN, {"noegle": str(uuid.uuid4()), "kanal": "telefon", **felter}))


def laes(indhold: Iterable[tuple[str, object]]) -> Sendt:
    """The form that was sent. CPR numbers are masked in all that was typed; ``form.maskeret`` counts them. A token that
    is none is replaced, so that no form can take the key of another case."""
    felter: dict[str, str] = {}
    lister: dict[str, list[str]] = {"ydelse": [], "opgave_vist": [], "opgave": []}
    valg: dict[str, list[int]] = {}
    maskeret = 0
    for name, value in indhold:
        if not isinstance(value, str):
            continue
        if name not in SKJULTE:
            value, found = mask(value.replace("\r\n", "\n")[:LAENGST])
            maskeret += found
        if name in lister:
            lister[name].append(value)
        elif name.startswith("valg-"):
            valg.setdefault(name, []).extend([int(value)] if value.isascii() and value.isdigit() and len(value) < 4 else [])
        else:
            felter[name] = value
    form = Formular(NAVN, felter)
    form.maskeret = maskeret
    form.felter["noegle"] = _token(form["noegle"])
    handling, _, what = form["handling"].partition(":")
    return Sendt(
        form,
        ydelser=tuple(dict.fromkeys(ident for ident in lister["ydelse"] if ident)),
        svar=_svar(form, valg),
        forudfyldt=frozenset(form["forudfyldt"].split(",")) - {""},
        vist=frozenset(lister["opgave_vist"]),
        valgt=frozenset(lister["opgave"]),
        handling=(handling, what),
    )


def _svar(form: Formular, valg: Mapping[str, list[int]]) -> dict[str, Indtastet]:
    slots = [found[2] for name in (*form.felter, *valg) if (found := _SVAR.fullmatch(name))]
    return {slot: Indtastet(form[f"svar-{slot}"], tuple(valg.get(f"valg-{slot}", ()))) for slot in dict.fromkeys(slots)}


def _token(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return str(uuid.uuid4())
