"""``docs/maalinger.json`` and ``docs/maalinger.md``: what ``make bench`` has measured, part by part."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bench import goals, katalog, profil, report, xsid
from bot.nlu.evaluation import Share

FILE, PAGE = "maalinger.json", "maalinger.md"
Part = Mapping[str, Any]

MEASURES = [
    ("per_s", "beskeder i sekundet, når der ikke kan flere", 1),
    ("p50_1_ms", "1 samtale: p50, ms", 1),
    ("p95_1_ms", "1 samtale: p95, ms", 1),
    ("p99_1_ms", "1 samtale: p99, ms", 1),
    ("p50_10_ms", "10 samtaler: p50, ms", 1),
    ("p95_10_ms", "10 samtaler: p95, ms", 1),
    ("p99_10_ms", "10 samtaler: p99, ms", 1),
    ("p50_50_ms", "50 samtaler: p50, ms", 1),
    ("p95_50_ms", "50 samtaler: p95, ms", 1),
    ("p99_50_ms", "50 samtaler: p99, ms", 1),
    ("cpu_ms", "processortid pr. besked, ms", 1),
    ("start_s", "koldstart, s", 1),
    ("pss_mb", "hukommelse i alt (PSS), MB", 0),
    ("train_s", "træning, s", 0),
    ("disk_mb", "modellen på disken, MB", 1),
]
HEAD = """# Målinger

Skrevet af `make bench`, aldrig i hånden; tallene står også i [maalinger.json](maalinger.json). Mål er forhold inden for
samme kørsel, for tider fra to maskiner kan ikke sammenlignes.

- **vores** er det hele: gateway, Rasa med handlingerne i sig, og SQLite, målt gennem chattens WebSocket. Hvor mange Rasaer
  (`ERHVERV_RASA_WORKERS`), står over tabellen. **vores, én af hver** er det, `make run` starter: én Rasa.
- **standard** er `rasa init`s egen pipeline og politikker, **buerokratt** opsætningen fra Estlands Bürokratt. Begge er trænet
  på dette projekts formuleringer med én intent for hver ydelse, pakke og slags, og kører som `rasa run` alene bag Rasas egen
  REST-kanal med samtalerne i hukommelsen. Deres modeller trænes én gang og gemmes; træningstiden er fra den gang.
- **gulv** er Rasa uden sprogforståelse, der svarer på en knap.

Alle får de samme beskeder i samme rækkefølge uden tænkepause, og systemerne måles på skift."""


HURRIED = """

De andres modeller er i denne kørsel kun trænet i hast (`--epoker {epoker}`), fordi maskinen ikke har haft de timer, som en hel
træning tager. Der regnes på lige så mange vægte, men de forstår mindre og svarer derfor tit andet end helt trænede, hvilket
kan tage en anden tid, mest i lange samtaler: tag deres tal for én samtale som et skøn. Deres forståelse er målt for sig på
helt trænede, og træningstiden er fra dengang, {dato}."""


def keep(folder: Path, name: str, part: Part) -> None:
    """Put one part's figures in the place of its last ones, and write the page anew."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps({**read(folder), name: part}, ensure_ascii=False, indent=1) + "\n"
    (folder / FILE).write_text(text, encoding="utf-8")
    (folder / PAGE).write_text(render(json.loads(text)), encoding="utf-8")


def read(folder: Path) -> dict[str, Any]:
    """What has been measured, by part; nothing where nothing has."""
    file = folder / FILE
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def render(kept: Mapping[str, Part]) -> str:
    """The page; parts that have not been measured are not on it."""
    parts = [HEAD]
    for name, (title, write) in SECTIONS.items():
        if body := write(kept) if name in kept else "":
            told = kept[name]
            parts += [f"## {title}", f"{told['maskine']}; målt {told['dato']}.", body]
    return "\n\n".join(parts) + "\n"


def _goals(kept: Mapping[str, Part]) -> str:
    long = {name: _turns(turns) for name, turns in kept.get("samtale", {}).get("samtaler", {}).items()}
    return goals.table(kept["fart"]["maalt"], long, _scores(kept))


def _speed(kept: Mapping[str, Part]) -> str:
    part = kept["fart"]
    against = goals.DEFAULT if goals.DEFAULT in part["maalt"] else list(part["maalt"])[-1]
    told = f"Median af {part['runder']} runder a {part['beskeder']} beskeder; mindste og største i parentes. "
    told = f"{told}Vores kører med {part['rasaer']} Rasa{'er' if part['rasaer'] > 1 else ''}."
    if hurried := part.get("hastetraenet"):
        told += HURRIED.format(**hurried)
    return "\n\n".join([told, report.comparison(part["maalt"], MEASURES, against)])


def _long(kept: Mapping[str, Part]) -> str:
    turns = {name: _turns(found) for name, found in kept["samtale"]["samtaler"].items()}
    places = sorted(next(iter(turns.values())))
    rows = [[name, *(report.number(found[place], 1) for place in places)] for name, found in turns.items()]
    return report.table(["ms omkring besked", *map(str, places)], rows)


def _meaning(kept: Mapping[str, Part]) -> str:
    rows = [[name, *(str(score[key]) for key in goals.UNDERSTOOD)] for name, score in _scores(kept).items()]
    told = "På udviklingsprøven (`dev-spoergsmaal.jsonl`); andel med 95 %-interval. »Blandt tre« tæller et spørgsmål tilbage med."
    return "\n\n".join([told, report.table(["", "ydelse", "ydelse blandt tre", "slags"], rows)]) if rows else ""


def _xsid(kept: Mapping[str, Part]) -> str:
    found = {name: Share(**share) for name, share in kept["xsid"]["ret"].items()}
    told = (
        "Samme opskrift lært af xSIDs 300 danske sætninger og prøvet på dens 500 andre, 16 intents; ingen af os har skrevet dem."
    )
    return "\n\n".join([told, xsid.table(found)]) if found else ""


def _catalogue(kept: Mapping[str, Part]) -> str:
    return katalog.table(kept["katalog"]["raekker"])


def _profile(kept: Mapping[str, Part]) -> str:
    before = json.loads(profil.BEFORE.read_text(encoding="utf-8"))
    told = f"Med {profil.CONVERSATIONS} samtaler på én gang, én Rasa. Delt efter, hvis kode der kørte, når der blev set efter."
    tables = [("Før arbejdet med farten", before), ("Nu", kept["profil"]["programmer"])]
    return "\n\n".join([told, *(f"{title}:\n\n{profil.table(found)}" for title, found in tables)])


def _scores(kept: Mapping[str, Part]) -> dict[str, dict[str, Share]]:
    found = kept.get("forstaaelse", {}).get("forstaaet", {})
    return {name: {key: Share(**share) for key, share in score.items()} for name, score in found.items()}


def _turns(found: Mapping[str, float]) -> dict[int, float]:
    """JSON's keys are texts."""
    return {int(place): value for place, value in found.items()}


# By the part that a section is measured with; the goals are part of the first.
SECTIONS: dict[str, tuple[str, Callable[[Mapping[str, Part]], str]]] = {
    "fart": ("Mål og fart", lambda kept: f"{_goals(kept)}\n\n{_speed(kept)}"),
    "samtale": ("Én lang samtale", _long),
    "forstaaelse": ("Forståelse", _meaning),
    "xsid": ("Forståelse på en fremmed prøve", _xsid),
    "katalog": ("Et voksende katalog", _catalogue),
    "profil": ("Hvor tiden går hen", _profile),
}
