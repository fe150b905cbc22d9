"""A henvendelse in the shape of the contract."""

from __future__ import annotations

from typing import Any

from connectors.crm.models import Henvendelse
from connectors.crm.tid import iso


def vis(row: Henvendelse) -> dict[str, Any]:
    """JSON-ready, keys in the contract's order, times ISO 8601 with Copenhagen's offset."""
    return {
        "number": row.nummer,
        "kanal": row.kanal,
        "status": row.status,
        "team": row.team,
        "ejer": row.ejer,
        "key_account_manager": row.key_account_manager,
        "virksomhed": _felter(row.virksomhed, "cvr", "navn", "branche", "ansatte", "stadie", "beliggenhed"),
        "kontakt": {
            **_felter(row.kontakt, "navn", "telefon", "email"),
            "samtykke": iso(row.kontakt.samtykke) if row.kontakt else None,
        },
        "servicepakke": row.servicepakke,
        "svar": {svar.navn: svar.vaerdi for svar in row.svar},
        "ydelser": [ydelse.ydelse for ydelse in row.ydelser],
        "henvist_til": [henvisning.navn for henvisning in row.henvist_til],
        "hovedindhold": row.hovedindhold,
        "samtale": row.samtale,
        "delopgaver": [
            {"enhed": opgave.enhed, "ydelse": opgave.ydelse, "frist": iso(opgave.frist), "status": opgave.status}
            for opgave in row.delopgaver
        ],
        "aftaler": [
            {"tekst": aftale.tekst, "frist": iso(aftale.frist), "ejer": aftale.ejer, "udfoert": iso(aftale.udfoert)}
            for aftale in row.aftaler
        ],
        "svarfrist": iso(row.svarfrist),
        "oprettet": iso(row.oprettet),
        "historik": [
            {"tid": iso(linje.tid), "hvem": linje.hvem, "felt": linje.felt, "fra": linje.fra, "til": linje.til}
            for linje in row.historik
        ],
        "survey": row.survey,
    }


def _felter(row: object | None, *names: str) -> dict[str, Any]:
    """The named attributes; null each where the row has been erased."""
    return {name: getattr(row, name, None) for name in names}
