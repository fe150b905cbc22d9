"""What may be written of a member of staff, from a form or the shell."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.knowledge.library import Library
from connectors.desk.medarbejdere import Oplysninger, Ugyldig
from connectors.desk.models import ROLLER
from connectors.mail.adresse import brugbar

LONGEST_NAME = 100
MED_ENHED = frozenset({"konsulent", "backoffice"})  # who sees nothing without a unit
TEGN = frozenset(".-_@+")


def brugernavn(tekst: str) -> str:
    """A user name as it is stored: lower case. Raises ``Ugyldig``."""
    navn = tekst.strip().casefold()
    if not navn:
        raise Ugyldig({"brugernavn": "Skriv et brugernavn."})
    if len(navn) > LONGEST_NAME or not all(tegn.isalnum() or tegn in TEGN for tegn in navn):
        raise Ugyldig({"brugernavn": "Brugernavnet må kun bestå af bogstaver, tal og tegnene . - _ @ + og højst fylde 100 tegn."})
    return navn


def oplysninger(
    library: Library, navn: str, fornavn: str, email: str, roller: Sequence[str], enheder: Collection[str]
) -> Oplysninger:
    """A person's data, checked. Without ``fornavn`` it is the first word of ``navn``.

    Raises:
        Ugyldig: with everything that is wrong.
    """
    fejl: dict[str, str] = {}
    navn, email = " ".join(navn.split()), email.strip()
    fornavn = " ".join(fornavn.split()) or navn.partition(" ")[0]
    if not navn:
        fejl["navn"] = "Skriv personens navn."
    elif len(navn) > LONGEST_NAME:
        fejl["navn"] = f"Navnet må højst fylde {LONGEST_NAME} tegn."
    elif len(fornavn) > LONGEST_NAME:
        fejl["fornavn"] = f"Fornavnet må højst fylde {LONGEST_NAME} tegn."
    if email and brugbar(email) is None:
        fejl["email"] = "E-mailadressen kan ikke bruges. Ret den, eller lad feltet stå tomt."
    if not roller or set(roller) - set(ROLLER):
        fejl["roller"] = "Vælg mindst én rolle."
    if set(enheder) - set(library.enheder):
        fejl["enheder"] = "Vælg enheder fra listen."
    elif not enheder and not MED_ENHED.isdisjoint(roller):
        fejl["enheder"] = "En konsulent eller backoffice-medarbejder skal have mindst én enhed, ellers ser de ingen sager."
    if fejl:
        raise Ugyldig(fejl)
    kendte = tuple(rolle for rolle in ROLLER if rolle in roller)
    return Oplysninger(navn, fornavn, email.lower() or None, kendte, tuple(sorted(set(enheder))))
