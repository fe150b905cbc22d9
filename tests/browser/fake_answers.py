"""Canned answers for the fake server: what the text asks for decides which kind of answer it plays."""

from typing import Any

Answer = dict[str, Any]

GREETING: list[Answer] = [
    {
        "text": "Hej. Jeg er kommunens erhvervsassistent. Det er en computer, der svarer.\n\nHvad kan jeg hjælpe med?",
        "buttons": [
            {"title": "Se alle områder", "action": "omraader"},
            {"title": "Servicepakker", "action": "screening"},
            {"title": "Tal med et menneske", "action": "menneske"},
        ],
        "data": {},
    }
]

_DEADLINE = "2026-11-26T16:00:00+01:00"


def _screening(step: int) -> list[Answer]:
    questions = ["Hvad er jeres behov?", "Hvor mange er I i virksomheden?", "Ligger virksomheden i København?"]
    if step > len(questions):
        return [
            {
                "text": "Opstartspakken passer til jer. I kan bruge:\n- Iværksætterkurser\n- 1:1 rådgivning",
                "buttons": [{"title": "Opret en henvendelse", "action": "sag"}, {"title": "Nej tak", "action": "tak"}],
                "data": {
                    "type": "anbefaling",
                    "pakke": "opstartspakke",
                    "passer": True,
                    "hvorfor": "ny virksomhed",
                    "ydelser": ["ivaerksaetterkurser"],
                    "henvis_til": ["Væksthus Hovedstadsregionen"],
                    "anden_pakke": None,
                },
            }
        ]
    buttons = [
        {"title": "Ja", "action": f"screening{step + 1}"},
        {"title": "Nej", "action": f"screening{step + 1}"},
        {"title": "Ved ikke", "action": f"screening{step + 1}"},
    ]
    return [
        {
            "text": questions[step - 1],
            "buttons": buttons if step == 3 else [],
            "data": {"type": "screening", "pakke": "opstartspakke", "asks": "behov", "step": step, "of": 3},
        }
    ]


def answers(what: str) -> list[Answer]:
    """The bot's messages for an action or a text; ``buttons`` carry an ``action``, not yet a payload."""
    low = what.lower()
    if low.startswith("screening"):
        return _screening(int(low.removeprefix("screening") or 1))
    if "sag" in low:
        return [
            {
                "text": "Team Opstart og Vækst har fået henvendelsen og ringer til jer.",
                "buttons": [],
                "data": {
                    "type": "henvendelse",
                    "number": "KBH-2026-000123",
                    "team": "team-opstart-vaekst",
                    "svarfrist": _DEADLINE,
                },
            }
        ]
    if "områder" in low or low == "omraader":
        return [
            {
                "text": "Jeg kan hjælpe med:",
                "data": {"type": "kandidater", "items": []},
                "buttons": [
                    {"title": title, "action": "skilt"}
                    for title in (
                        "Etablering, opstart og vækst",
                        "Arbejdskraft",
                        "Byens rum, parkering og trafik",
                        "Ingen af dem",
                    )
                ],
            }
        ]
    if "skilt" in low:
        return [
            {
                "text": "Skal I sætte et skilt op ud mod gaden, kræver det en tilladelse.\n\nI skal bruge:\n"
                "- en tegning af skiltet\n- ejerens samtykke\n\nLæs mere på https://eksempel.invalid/skilte. "
                "Skriv til erhverv@eksempel.invalid.",
                "buttons": [
                    {"title": "Hvad koster det?", "action": "pris"},
                    {"title": "Hvor lang tid tager det?", "action": "tid"},
                    {"title": "Tal med et menneske", "action": "menneske"},
                ],
                "data": {"type": "ydelse", "id": "skilte-bannere", "aspekt": "hvad", "kendt": True},
            }
        ]
    if "menneske" in low:
        return [
            {
                "text": "En medarbejder kommer i chatten.",
                "from": "system",
                "buttons": [{"title": "Tilbage til computeren", "action": "computer"}],
                "state": "venter",
                "data": {"type": "overdragelse", "state": "venter", "plads": 1},
            }
        ]
    if low == "computer":
        return [
            {
                "text": "Nu svarer computeren igen.",
                "from": "system",
                "buttons": [],
                "state": "bot",
                "data": {"type": "overdragelse", "state": "bot", "plads": None},
            }
        ]
    if low == "karakter":
        return [
            {
                "text": "Hvor tilfreds er du med, hvor hurtigt sagen blev behandlet?",
                "data": {"type": "survey", "asks": "kort_sagsbehandlingstid"},
                "buttons": [
                    {"title": title, "action": "tak"}
                    for title in ("1 – slet ikke tilfreds", "2", "3", "4", "5 – meget tilfreds", "Spring over")
                ],
            }
        ]
    if "uheld" in low:
        return [
            {
                "text": "Der gik noget galt hos os. Prøv igen, eller tal med en medarbejder.",
                "buttons": [{"title": "Tal med et menneske", "action": "menneske"}],
                "data": {"type": "fejl", "reference": "a1b2c3"},
            }
        ]
    if "farlig" in low:
        return [
            {
                "text": '<img src=x onerror="window.ramt=1"> [klik](javascript:window.ramt=1) javascript:window.ramt=1',
                "buttons": [{"title": "<b>knap</b>", "action": "tak"}],
                "data": {},
            }
        ]
    if low == "to":
        return [{"text": "Det første svar.", "buttons": [], "data": {}}, {"text": "Det andet svar.", "buttons": [], "data": {}}]
    return [{"text": f"Du skrev: {what}", "buttons": [], "data": {"type": "uklart"}}]
