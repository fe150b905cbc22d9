"""From a draft to rows."""

from __future__ import annotations

import datetime as dt

from connectors.crm.kontaktoplysning import normal_email, normal_telefon
from connectors.crm.models import (
    SURVEY_IKKE_SENDT,
    Aftale,
    Delopgave,
    Henvendelse,
    HenvendelseYdelse,
    Henvisning,
    Historik,
    Kontakt,
    Svar,
    Virksomhedsoplysning,
)
from connectors.crm.udkast import HenvendelseUdkast, KontaktUdkast


def opbyg(udkast: HenvendelseUdkast, nummer: str, svarfrist: dt.datetime, nu: dt.datetime, hvem: str) -> Henvendelse:
    """An unsaved case with status ``ny`` and its first line of history. A ydelse or body named twice stands once."""
    return Henvendelse(
        nummer=nummer,
        noegle=udkast.noegle,
        kanal=udkast.kanal,
        status="ny",
        team=udkast.team,
        servicepakke=udkast.servicepakke,
        hovedindhold=udkast.hovedindhold,
        samtale=udkast.samtale,
        svarfrist=svarfrist,
        oprettet=nu,
        survey=SURVEY_IKKE_SENDT,
        virksomhed=Virksomhedsoplysning(**udkast.virksomhed.model_dump(mode="json")),
        kontakt=_kontakt(udkast.kontakt),
        svar=[Svar(navn=navn, vaerdi=vaerdi) for navn, vaerdi in udkast.model_dump(mode="json")["svar"].items()],
        ydelser=[HenvendelseYdelse(ydelse=ydelse) for ydelse in dict.fromkeys(udkast.ydelser)],
        henvist_til=[Henvisning(navn=navn) for navn in dict.fromkeys(udkast.henvist_til)],
        delopgaver=[Delopgave(status="ny", **delopgave.model_dump()) for delopgave in udkast.delopgaver],
        aftaler=[Aftale(**aftale.model_dump()) for aftale in udkast.aftaler],
        historik=[Historik(tid=nu, hvem=hvem, felt="status", fra=None, til="ny")],
    )


def _kontakt(kontakt: KontaktUdkast) -> Kontakt:
    # A phone number that the library cannot read is kept as told: a colleague may still make sense of it.
    return Kontakt(
        navn=kontakt.navn,
        telefon=kontakt.telefon and (normal_telefon(kontakt.telefon) or kontakt.telefon),
        email=kontakt.email and normal_email(kontakt.email),
        samtykke=kontakt.samtykke,
    )
