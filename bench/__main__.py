"""``make bench``: everything in one run on this machine. ``python -m bench --help`` for parts of it."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench import measuring, report, stock, systems, understanding
from bench.training import train
from bot.knowledge import load_library
from bot.nlu.evaluation import read
from bot.settings import ROOT, Settings

FOLDER = ROOT / "var" / "bench"
SAMPLE = ROOT.parent / "shared" / "kilde" / "dev-spoergsmaal.jsonl"
TEXTS = ROOT / "data" / "validering" / "spoergsmaal.jsonl"
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
    ("start_s", "koldstart, s", 1),
    ("pss_mb", "hukommelse (PSS), MB", 0),
    ("train_s", "træning, s", 0),
    ("disk_mb", "modellen på disken, MB", 1),
]


def main() -> int:
    """Train what is missing, measure, write the tables."""
    options = _options()
    settings = Settings()
    library, _, _ = load_library(settings.knowledge)
    intents = stock.examples(settings)
    texts = [line.text for line in read(TEXTS)]
    chosen = {"gulv": {"hej": ["hej"]}, **dict.fromkeys(["standard", "buerokratt"], intents)}
    trained = {name: train(FOLDER, name, stock.CONFIGS[name], chosen[name], _say) for name in options.mod}
    measured: dict[str, measuring.Measured] = {name: measuring.empty() for name in ["vores", *options.mod]}
    measured["vores"]["train_s"].append(_train_ours())
    measured["vores"]["disk_mb"].append(_megabytes(ROOT / "models" / "erhverv.tar.gz"))
    for name, model in trained.items():
        measured[name]["train_s"].append(model.seconds)
        measured[name]["disk_mb"].append(_megabytes(model.model))
    for number in range(options.runder):
        for name in measured:
            _say(f"runde {number + 1} af {options.runder}: {name}")
            said = ["/hej"] if name == "gulv" else texts
            measuring.one_round(_system(name, trained, number), said, options.beskeder, measured[name])
    scores = _scores(library.svaere_par, trained)
    long = {name: measuring.turns(_system(name, trained, 99), texts, _say) for name in measured if name != "gulv"}
    _write(options, measured, scores, long)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="Måler assistenten ved siden af Rasa, som den kommer.")
    parser.add_argument("--runder", type=int, default=3, help="hvor mange gange hvert system måles")
    parser.add_argument("--beskeder", type=int, default=600, help="beskeder i hver måling")
    parser.add_argument(
        "--mod", nargs="*", default=["standard", "buerokratt", "gulv"], choices=sorted(stock.CONFIGS), help="hvem"
    )
    parser.add_argument("--ud", type=Path, default=ROOT / "docs", help="hvor maalinger.md og maalinger.json skrives")
    return parser.parse_args()


def _system(name: str, trained: dict[str, Any], number: int) -> systems.System:
    if name != "vores":
        return systems.stock(name, trained[name], FOLDER / "log")
    var = FOLDER / "vores"
    shutil.rmtree(var, ignore_errors=True)
    return systems.ours(var)


def _train_ours() -> float:
    began = time.monotonic()
    subprocess.run([str(Path(sys.executable).with_name("erhverv")), "train", "--force"], cwd=ROOT, check=True, stdout=sys.stderr)
    return time.monotonic() - began


def _scores(twins: Any, trained: dict[str, Any]) -> dict[str, understanding.Score]:
    if not SAMPLE.is_file():
        _say(f"{SAMPLE} er her ikke, så forståelsen måles ikke")
        return {}
    lines = read(SAMPLE)
    found = {"vores": understanding.of_ours(lines, twins)}
    return found | {name: understanding.of_stock(model, lines, twins) for name, model in trained.items() if name != "gulv"}


def _write(options: argparse.Namespace, measured: Any, scores: Any, long: dict[str, dict[int, float]]) -> None:
    against = "standard" if "standard" in measured else options.mod[0]
    machine = f"{platform.machine()}, {os.cpu_count()} kerner, Python {platform.python_version()}"
    parts = [
        "# Målinger",
        f"Skrevet af `make bench` ({machine}), {time.strftime('%Y-%m-%d')}: median af {options.runder} runder, mindste "
        "og største i parentes. "
        "`vores` er det hele med database; de andre er `rasa run` alene med samtalerne i hukommelsen.",
        report.comparison(measured, MEASURES, against),
    ]
    if scores:
        rows = [[name, str(s.top1), str(s.three), str(s.kinds)] for name, s in scores.items()]
        parts += ["## Forståelse", report.table(["", "ydelse", "ydelse blandt tre", "slags"], rows)]
    places = sorted(next(iter(long.values())))
    rows = [[name, *(report.spread([value[place]], 1) for place in places)] for name, value in long.items()]
    parts += ["## Én lang samtale", report.table(["ms omkring besked", *map(str, places)], rows)]
    options.ud.mkdir(parents=True, exist_ok=True)
    (options.ud / "maalinger.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    numbers = {"maskine": machine, "maalt": measured, "samtale": long}
    (options.ud / "maalinger.json").write_text(json.dumps(numbers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _say(f"skrevet: {options.ud / 'maalinger.md'}")


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1e6


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
