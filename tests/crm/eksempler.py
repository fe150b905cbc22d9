"""A fictitious case for the tests of this folder."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bot.language.dato import KOEBENHAVN
from connectors.crm.udkast import HenvendelseUdkast

NU = dt.datetime(2026, 11, 24, 10, 12, tzinfo=KOEBENHAVN)
FRIST = dt.datetime(2026, 11, 26, 16, 0, tzinfo=KOEBENHAVN)


def felter(**andre: Any) -> dict[str, Any]:
    """Fields of a full draft; ``andre`` replace or add."""
    return {
        "noegle": "samtale-1:henvendelse",
        "kanal": "chat",
        "team": "team-opstart-vaekst",
        "virksomhed": {
            "cvr": "97225249",
            "navn": "Prøvetegnestuen",
            "branche": "arkitekt",
            "ansatte": 1,
            "stadie": "nystartet",
            "beliggenhed": "københavn",
        },
        "kontakt": {"navn": "Prøve Person", "telefon": "20417703", "email": "proeve@example.com", "samtykke": NU},
        "servicepakke": "opstartspakke",
        "svar": {"behov": "kunder og økonomi", "planer": ["kursus", "rådgivning"]},
        "ydelser": ["ivaerksaetterkurser", "raadgivning-1-1"],
        "henvist_til": ["Væksthus Hovedstadsregionen"],
        "hovedindhold": "Nystartet arkitekt søger hjælp til at finde kunder.",
        "samtale": "samtale-1",
        "delopgaver": [{"enhed": "kff-bevilling", "ydelse": "alkoholbevilling", "frist": FRIST}],
        "aftaler": [{"tekst": "Ring tilbage", "frist": FRIST, "ejer": "Prøve Kollega"}],
        **andre,
    }


def udkast(**andre: Any) -> HenvendelseUdkast:
    """A full draft; ``andre`` replace or add."""
    return HenvendelseUdkast(**felter(**andre))
