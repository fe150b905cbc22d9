"""Whether a registration can be stored: every fault is told at its field, and nothing is stored before they are mended. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import cast, get_args

from bot.knowledge.library import Library
from bot.language.dato import KOEBENHAVN
from bot.screening.case import FRONT
from connectors.crm.oprettelse import Tilvalg
from connectors.crm.udkast import AftaleUdkast, Kanal
from connectors.desk.adgang import Bruger
from connectors.desk.formular import Formular
from connectors.desk.registreringsbillede import Billede, fejl_om
from connectors.desk.registreringsgem import Registrering

END_OF_DAY = "16:00"  # of an agreement or delopgave with a day alone
LONGEST_AGREEMENT = 500


def kontroller(billede: Billede, bruger: Bruger, library: Library, nu: dt.datetime) -> Registrering | None:
    """What is to be stored; None where something is wrong, which then stands in the form's ``fejl``."""
    form, state = billede.sendt.form, billede.sag.state
    for slot, sentence in billede.sag.fejl.items():
        form.fejl[f"svar-{slot}"] = fejl_om(slot, sentence, library)
    form.valg("kanal", get_args(Kanal), "Vælg, hvordan henvendelsen er kommet.")
    form.valg("enhed", ("", *library.enheder), "Enheden findes ikke.")
    if state.slags == "kontakt" and not state.svar.get("behov"):
        form.fejl["sagt"] = "Skriv kort, hvad det drejer sig om."
    if billede.sag.vurdering is not None and billede.sag.vurdering.passer and not billede.sendt.ydelser:
        form.fejl["ydelser"] = "Vælg mindst én af pakkens ydelser, eller vælg »Ingen pakke«."
    _kontakt(billede)
    moment = _samtykke(form, nu)
    aftaler = _aftaler(billede, bruger, library, nu)
    straks = form["straks"] == "ja"
    delopgaver = () if straks else _delopgaver(billede, library, nu)
    if form.fejl:
        return None
    return Registrering(
        state=state,
        noegle=billede.sendt.noegle,
        kanal=cast(Kanal, form["kanal"]),
        samtale=form["samtale"] or None,
        tilvalg=Tilvalg(
            team=form["enhed"] or _enhed(billede, bruger, straks=straks),
            delopgaver=delopgaver,
            aftaler=aftaler,
            samtykke=moment,
            afsluttes=straks,
        ),
        straks=straks,
        tag=form["tag"] == "ja",
    )


def _enhed(billede: Billede, bruger: Bruger, *, straks: bool) -> str:
    """Who has it: by the routing; what the front has solved itself is the front's."""
    return FRONT if straks and "front" in bruger.roller else billede.sag.rute.enhed


def _kontakt(billede: Billede) -> None:
    form, svar = billede.sendt.form, billede.sag.state.svar
    if not svar.get("navn") and "svar-navn" not in form.fejl:
        form.fejl["svar-navn"] = "Skriv navnet på den, vi skal kontakte."
    unreadable = {"svar-telefon", "svar-email"} & form.fejl.keys()
    if not svar.get("telefon") and not svar.get("email") and not unreadable:
        form.fejl["svar-telefon"] = "Skriv et telefonnummer eller en e-mail, så virksomheden kan kontaktes."


def _samtykke(form: Formular, nu: dt.datetime) -> dt.datetime | None:
    """When the business said yes; this moment where no time is told."""
    if form["samtykke"] != "ja":
        form.fejl["samtykke"] = "Virksomheden skal have sagt ja. Uden et ja må henvendelsen ikke oprettes."
        return None
    if not form["samtykke_dato"] and not form["samtykke_tid"]:
        return nu
    moment = form.tidspunkt("samtykke_dato", "samtykke_tid", nu.astimezone(KOEBENHAVN).strftime("%H:%M"))
    if moment is not None and moment > nu + dt.timedelta(minutes=1):
        form.fejl["samtykke_dato"] = "Virksomheden kan ikke have sagt ja i fremtiden."
    return min(moment, nu) if moment is not None else None


def _aftaler(billede: Billede, bruger: Bruger, library: Library, nu: dt.datetime) -> Sequence[AftaleUdkast]:
    form, found = billede.sendt.form, []
    for row in range(billede.sendt.raekker):
        text, day = f"aftale_tekst-{row}", f"aftale_dato-{row}"
        if not form[text] and not form[day]:
            continue
        told = form.tekst(text, "Skriv, hvad der er aftalt.", LONGEST_AGREEMENT)
        due = _frist(form, day, nu)
        if told and text not in form.fejl:
            found.append(AftaleUdkast(tekst=told, frist=due, ejer=_ejer(form[f"aftale_ejer-{row}"], billede, bruger, library)))
    return found


def _ejer(value: str, billede: Billede, bruger: Bruger, library: Library) -> str:
    """Who keeps an agreement: the one who registers it, or the unit that gets the case."""
    unit = billede.sendt.form["enhed"] or billede.sag.rute.enhed
    return library.enheder[unit].navn if value == "enhed" and unit in library.enheder else bruger.navn


def _delopgaver(billede: Billede, library: Library, nu: dt.datetime) -> list[tuple[str, str | None, dt.datetime | None]]:
    """Those proposed that are still marked, and those added."""
    form = billede.sendt.form
    found: list[tuple[str, str | None, dt.datetime | None]] = [
        (unit, ydelse, None) for _, unit, ydelse, marked in billede.delopgaver if marked
    ]
    for row in range(billede.sendt.raekker):
        unit, ydelse, day = (f"opgave_{part}-{row}" for part in ("enhed", "ydelse", "dato"))
        if not form[unit] and not form[ydelse] and not form[day]:
            continue
        form.valg(unit, library.enheder, "Vælg den enhed, der skal gøre det.")
        form.valg(ydelse, ("", *library.ydelser), "Ydelsen findes ikke.")
        due = _frist(form, day, nu)
        found.append((form[unit], form[ydelse] or None, due))
    return found


def _frist(form: Formular, day: str, nu: dt.datetime) -> dt.datetime | None:
    """The end of the working day of a date; it must not be over."""
    moment = form.tidspunkt(day, f"{day}-klokken", END_OF_DAY)
    if moment is not None and moment <= nu:
        form.fejl[day] = "Fristen skal ligge efter nu."
    return moment
