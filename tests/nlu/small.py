"""A small corpus with three services, two kinds and an area, and a catalogue to match."""

from __future__ import annotations

from pathlib import Path

from bot.nlu.corpus import Line
from tests.knowledge.tiny import YDELSE, make, write

UDE = [
    "må jeg sætte borde på fortovet", "stole og borde foran caféen", "udeservering", "servere kaffe ude på gaden",
    "hvor mange borde må stå udenfor", "tilladelse til udeservering på pladsen", "borde ude til sommer", "vi vil servere udenfor",
    "parasoller og stole på fortov", "udendørs servering foran restauranten",
]  # fmt: skip
ALKOHOL = [
    "må jeg sælge øl i min café", "alkoholbevilling", "bevilling til at skænke vin", "servere spiritus til gæsterne",
    "hvordan søger man bevilling", "ny bestyrer i baren", "øl og vin til maden", "skænke alkohol til et arrangement",
    "spiritusbevilling til værtshus", "vin på kortet",
]  # fmt: skip
SKADEDYR = [
    "rotter i baggården", "mus i køkkenet", "der er rotter i kloakken", "anmelde skadedyr", "kakerlakker i lageret",
    "vi har rotter", "rotte set ved affaldet", "skadedyr i butikken", "musene spiser melet", "bekæmpelse af rotter",
]  # fmt: skip
MENNESKE = [
    "jeg vil tale med et menneske", "kan jeg tale med en medarbejder", "ring mig op", "giv mig en person", "en rigtig person tak",
    "jeg vil hellere snakke med nogen", "kontakt mig", "er der et menneske", "hvem kan jeg ringe til", "tal med en kollega",
]  # fmt: skip
UDENFOR = [
    "hvornår spiller FCK", "hvordan bliver vejret", "opskrift på boller", "skriv et digt", "hvem vandt valget", "fortæl en vits",
    "min skat er forkert", "pas til min datter", "hvad er klokken", "plads i vuggestue",
]  # fmt: skip
TEXTS = {"ydelse/udeservering": UDE, "ydelse/alkoholbevilling": ALKOHOL, "menneske": MENNESKE, "udenfor": UDENFOR}
LINES: list[Line] = [(text, label) for label, texts in TEXTS.items() for text in texts]


def nlu_file(folder: Path, label: str, texts: list[str]) -> None:
    """Write one Rasa NLU file."""
    lines = "".join(f"      - {text}\n" for text in texts)
    write(folder, f"nlu/{label.replace('/', '-')}.yml", f'version: "3.1"\nnlu:\n  - intent: {label}\n    examples: |\n{lines}')


def data(folder: Path) -> Path:
    """A ``data`` folder with the corpus."""
    for label, texts in TEXTS.items():
        nlu_file(folder, label, texts)
    return folder


def knowledge(folder: Path) -> Path:
    """A ``knowledge`` folder with the two services."""
    return make(folder)


def drop_in(folder: Path, ident: str, navn: str, texts: list[str]) -> None:
    """A new service as an editor would write it: one file with its phrasings, and its test file."""
    examples = "".join(f'  - "{text}"\n' for text in texts)
    text = YDELSE.format(id=ident, navn=navn, part="5.1").replace('  - "må jeg noget"\n', examples)
    write(folder, f"ydelser/5-byens-rum/{ident}.yml", text)
    write(folder, f"proever/{ident}.yml", f"ydelse: {ident}\nspoergsmaal: [x]\n")
