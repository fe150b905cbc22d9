"""``make bench``: everything in one run on this machine. ``python -m bench --help`` for parts of it."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench import katalog, measuring, page, profil, stock, systems, understanding, xsid
from bench.goals import FLOOR, ONE_EACH, OURS
from bench.load import said
from bench.training import Trained, train
from bot.knowledge import load_library
from bot.nlu.evaluation import read
from bot.settings import ROOT, Settings

FOLDER = ROOT / "var" / "bench"
SAMPLE = ROOT.parent / "shared" / "kilde" / "dev-spoergsmaal.jsonl"
Values = dict[str, Any]


def main() -> int:
    """Train what is missing, measure, write the tables; each part as soon as it is there."""
    options = _options()
    bench = Bench(options)
    for name in options.dele:
        _say(f"== {name}")
        part = PARTS[name](bench)
        page.keep(options.ud, name, {"maskine": machine(), "dato": time.strftime("%Y-%m-%d %H:%M"), **part})
    _say(f"skrevet: {options.ud / page.PAGE}")
    return 0


def machine() -> str:
    """What the figures were measured on."""
    return f"{platform.machine()}, {os.cpu_count()} kerner, Python {platform.python_version()}"


class Bench:
    """What the parts share: the texts, and the stock models, trained once."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.texts = said()
        self._intents: dict[str, list[str]] | None = None

    def trained(self, names: Sequence[str]) -> dict[str, Trained]:
        """The stock systems' models, by name."""
        if self._intents is None:
            self._intents = stock.examples(Settings())
        learn, epochs = {FLOOR: {"hej": ["hej"]}}, self.options.epoker
        configs = {name: stock.hurried(stock.CONFIGS[name], epochs) if epochs else stock.CONFIGS[name] for name in names}
        return {name: train(FOLDER, name, configs[name], learn.get(name, self._intents), _say) for name in names}

    def system(self, name: str) -> systems.System:
        """A system that has not run yet."""
        if name in stock.CONFIGS:
            return systems.stock(name, self.trained([name])[name], FOLDER / "log")
        var = FOLDER / "vores"
        shutil.rmtree(var, ignore_errors=True)
        return systems.ours(var, rasas=1 if name == ONE_EACH else self.options.rasaer, name=name)

    def ours(self) -> list[str]:
        """Our configurations: the one for throughput, and one of each program."""
        return [OURS, ONE_EACH] if self.options.rasaer > 1 else [OURS]


def speed(bench: Bench) -> Values:
    """Load, start, memory; the systems in turn, round after round."""
    trained = bench.trained(bench.options.mod)
    measured = {name: measuring.empty() for name in [*bench.ours(), *trained]}
    seconds = _train_ours()
    for name in bench.ours():
        measured[name]["train_s"].append(seconds)
        measured[name]["disk_mb"].append(_megabytes(ROOT / "models" / "erhverv.tar.gz"))
    short = hurried(bench.options)
    for name, model in trained.items():
        measured[name]["train_s"] += short["traening"].get(name, []) if short else [model.seconds]
        measured[name]["disk_mb"].append(_megabytes(model.model))
    for number in range(bench.options.runder):
        for name, into in measured.items():
            _say(f"runde {number + 1} af {bench.options.runder}: {name}")
            texts = ["/hej"] if name == FLOOR else bench.texts
            measuring.one_round(bench.system(name), texts, bench.options.beskeder, into)
    told = {"runder": bench.options.runder, "beskeder": bench.options.beskeder, "rasaer": bench.options.rasaer}
    return {**told, "hastetraenet": short, "maalt": measured}


def hurried(options: argparse.Namespace) -> Values | None:
    """Of a run whose stock models were trained for few epochs only: how many, and how long the whole training took when it
    was last measured."""
    if not options.epoker:
        return None
    last = page.read(options.ud).get("fart", {})
    before = last.get("hastetraenet") or {
        "dato": last.get("dato"),
        "traening": {name: last["maalt"][name]["train_s"] for name in last.get("maalt", {}) if name in stock.CONFIGS},
    }
    return {**before, "epoker": options.epoker}


def one_conversation(bench: Bench) -> Values:
    """One conversation from its first to its 400th turn."""
    names = [bench.ours()[-1], *(name for name in bench.options.mod if name != FLOOR)]
    turns = {name: measuring.turns(bench.system(name), bench.texts, _say) for name in names}
    return {"samtaler": {OURS if name == ONE_EACH else name: found for name, found in turns.items()}}


def meaning(bench: Bench) -> Values:
    """How well each understands the development sample, where it is present."""
    if not SAMPLE.is_file():
        _say(f"{SAMPLE} er her ikke, så forståelsen måles ikke")
        return {}
    library, _, _ = load_library(Settings().knowledge)
    lines = read(SAMPLE)
    found = {OURS: understanding.of_ours(lines, library.svaere_par)}
    trained = bench.trained([name for name in bench.options.mod if name != FLOOR])
    found |= {name: understanding.of_stock(model, lines, library.svaere_par) for name, model in trained.items()}
    return {"forstaaet": {name: {key: vars(share) for key, share in vars(score).items()} for name, score in found.items()}}


def foreign_benchmark(_: Bench) -> Values:
    """The recipe on xSID's Danish part."""
    return {"ret": {name: vars(share) for name, share in xsid.scores(FOLDER, xsid.SOURCE, _say).items()}}


def growing_catalogue(_: Bench) -> Values:
    """From 96 to 10,000 services."""
    return {"raekker": katalog.grow(folder=FOLDER / "katalog", say=_say)}


def where_time_goes(_: Bench) -> Values:
    """The processor time of a message, by program and by whose code spent it."""
    return {"programmer": profil.measure(FOLDER / "profil")}


PARTS: dict[str, Callable[[Bench], Values]] = {
    "fart": speed,
    "samtale": one_conversation,
    "forstaaelse": meaning,
    "xsid": foreign_benchmark,
    "katalog": growing_catalogue,
    "profil": where_time_goes,
}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="Måler assistenten ved siden af Rasa, som den kommer.")
    parser.add_argument("--runder", type=int, default=3, help="hvor mange gange hvert system måles")
    parser.add_argument("--beskeder", type=int, default=600, help="beskeder i hver måling")
    # The gateway needs a processor too: on two, one Rasa answered more than two did, and sooner.
    rasaer = max(1, (os.cpu_count() or 1) - 1)
    parser.add_argument("--rasaer", type=int, default=rasaer, help="hvor mange Rasaer vores kører med")
    parser.add_argument(
        "--epoker",
        type=int,
        help="træn kun de andres DIET i så mange omgange, hvor der ikke er timer til mere; siden siger det",
    )
    parser.add_argument(
        "--mod", nargs="*", default=["standard", "buerokratt", "gulv"], choices=sorted(stock.CONFIGS), help="hvem"
    )
    parser.add_argument(
        "--dele", nargs="*", default=list(PARTS), choices=list(PARTS), help="kun disse dele; resten bliver stående"
    )
    parser.add_argument("--ud", type=Path, default=ROOT / "docs", help="hvor maalinger.md og maalinger.json skrives")
    options = parser.parse_args()
    if options.epoker and not set(options.dele) <= {"fart", "samtale", "profil", "katalog", "xsid"}:
        parser.error("forståelsen måles kun på modeller, der er trænet helt: vælg --dele uden forstaaelse")
    return options


def _train_ours() -> float:
    began = time.monotonic()
    subprocess.run([str(Path(sys.executable).with_name("erhverv")), "train", "--force"], cwd=ROOT, check=True, stdout=sys.stderr)
    return time.monotonic() - began


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1e6


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
