"""The catalogue grown from 96 services to 10,000: what reading, understanding and learning then cost.

``python -m bench.katalog``. The services beyond the real ones are invented, one file (and one test file) each, of the
shape of a real one, with as many synonyms and phrasings as that has; the lines of ``data/nlu`` do not grow with them. Each
size is measured in a process of its own, which holds the library and the understanding and no Rasa. Times are of CPU, all
in one thread.

The invented services' weights are made, not fitted (``bench.opfundet``), so no understanding is told.
What a whole training would take is an estimate: labels x seconds to fit one of them at this size / workers.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bench import opfundet, report
from bench.load import said
from bot.knowledge import LiveLibrary
from bot.nlu import linear
from bot.nlu.linear import LinearModel
from bot.nlu.ranker import Ranker, lines_of
from bot.nlu.stored import load_ranker
from bot.settings import ROOT, settings

SIZES = (96, 300, 1000, 3000, 10_000)
FOLDER = ROOT / "var" / "bench" / "katalog"
WARM_UP = 50  # messages
TIMES = 3  # what takes seconds is done so many times
WORKERS = 2  # of a training, as bot.nlu.linear.fit has it
NEW = 12_000  # the number of the service that is learnt: above every size
LEARN_COPIES = 2.5  # how many more times the weights lie in memory while a label is learnt
SPARE = 4e9  # bytes left to the machine's other work
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"), "1")
NOTE = (
    "Tiderne er CPU-tid i én tråd. Ydelserne ud over de første er opfundet, og deres vægte er sat uden træning: tid og "
    "hukommelse er som en rigtig models, forståelsen er det ikke. Hukommelsen er bibliotekets og forståelsens uden Rasa. "
    f"En hel træning er et skøn: etiketter × sekunder pr. etiket / {WORKERS}."
)
COLUMNS = [
    ("ydelser", "ydelser", 0),
    ("opfundne", "heraf opfundet", 0),
    ("linjer", "linjer at lære af", 0),
    ("traek", "træk", 0),
    ("load_s", "læst og kontrolleret, s", 2),
    ("reload_s", "én rettet fil gælder, s", 2),
    ("follow_s", "forståelsen har set efter, s", 2),
    ("p50_ms", "forstået: median, ms", 2),
    ("p95_ms", "forstået: p95, ms", 2),
    ("pss_mb", "hukommelse (PSS), MB", 0),
    ("learn_s", "ny ydelse lært, s", 2),
    ("learn_peak_mb", "hukommelse imens, højst, MB", 0),
    ("fit_s", "én etiket trænet, s", 2),
    ("training_h", "hel træning (skøn), timer", 2),
]


def grow(sizes: Sequence[int] = SIZES, folder: Path = FOLDER, say: Callable[[str], None] = print) -> list[dict[str, float]]:
    """One row of measures a size (``COLUMNS``); what there is too little memory for is left out of its row.

    ``opfundne`` tells how many labels of the row are made, not trained.

    Raises:
        SystemExit: with one line in Danish, where there is no trained model.
        RuntimeError: with the last words of a process that failed.
    """
    load_ranker()  # says so where there is none, before anything is written
    rows = []
    for size in sizes:
        began = time.monotonic()
        knowledge = opfundet.write(folder / str(size) / "knowledge", size)
        command = [sys.executable, "-m", "bench.katalog", "--maal", str(knowledge)]
        done = subprocess.run(
            command, cwd=ROOT, env=os.environ | ONE_THREAD, capture_output=True, text=True, encoding="utf-8", check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"{size} ydelser kunne ikke måles:\n" + "\n".join(done.stderr.splitlines()[-5:]))
        rows.append(json.loads(done.stdout.splitlines()[-1]))
        shutil.rmtree(folder / str(size))
        say(f"  {size} ydelser: målt på {time.monotonic() - began:.0f} s")
    return rows


def table(rows: Sequence[Mapping[str, float]]) -> str:
    """Measures down, sizes across, and what they are not."""
    lines = [
        [title, *(report.spread([row[key]] if key in row else [], digits) for row in rows)] for key, title, digits in COLUMNS
    ]
    return report.table(lines[0], lines[1:]) + f"\n\n{NOTE}"


def measure(knowledge: Path) -> dict[str, float]:
    """The row of the catalogue in ``knowledge``; changes a file of it."""
    data, trained = settings().data, load_ranker()._state[0]  # brought into step with the real catalogue
    load_s, live = _timed(lambda: LiveLibrary(knowledge))
    if blocking := [problem for problem in live.problems if problem.blocking]:
        raise ValueError(f"det opfundne katalog har fejl: {blocking[0]}")
    model = opfundet.grown(trained, lines_of(data, live.current))
    made = len(model.labels) - len(trained.labels)
    ranker = Ranker(model, live.current, data)
    del trained
    edited = next(iter(sorted((knowledge / "ydelser").glob("*/*.yml"))))
    edited.write_text(edited.read_text(encoding="utf-8") + "# rettet\n", encoding="utf-8")
    reload_s, _ = _timed(live.reload)
    follow_s, _ = _timed(lambda: ranker.follow(live.current))
    taken = _understand(ranker)
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)  # what making the model left behind is nobody's
    row = {
        "ydelser": float(len(live.current.ydelser)),
        "opfundne": float(made),
        "etiketter": float(len(model.labels)),
        "linjer": float(model.rows.shape[0]),
        "traek": float(len(model.columns)),
        "load_s": load_s,
        "reload_s": reload_s,
        "follow_s": follow_s,
        "p50_ms": statistics.median(taken) * 1000,
        "p95_ms": statistics.quantiles(taken, n=20)[-1] * 1000,
        "pss_mb": _pss() / 1e6,
        "vaegte_mb": model.weights.nbytes / 1e6,
    }
    return row | _learning(model)


def _learning(model: LinearModel) -> dict[str, float]:
    """Seconds to add a label, to fit one of those there are, and from it the estimate of a training."""
    row: dict[str, float] = {}
    if _available() > model.weights.nbytes * LEARN_COPIES + SPARE:
        texts = [opfundet.thing(NEW, place) for place in range(10)] + opfundet.sayings(NEW, 7)
        Path("/proc/self/clear_refs").write_text("5")  # the highest memory is counted from here
        learnt = [_timed(lambda: len(model.with_label("ydelse/ny", "ny", texts).labels))[0] for _ in range(TIMES)]
        row |= {"learn_s": statistics.median(learnt), "learn_peak_mb": _status("VmHWM") / 1e6}
    scaled = linear._scaled(model.rows, model.columns, model.idf)
    chosen = np.linspace(0, len(model.labels) - 1, TIMES + 2).astype(int)[1:-1]
    fitted = [_timed(partial(linear._fit, scaled, model.row_labels == index))[0] for index in chosen]
    fit_s = statistics.median(fitted)
    return row | {"fit_s": fit_s, "training_h": len(model.labels) * fit_s / WORKERS / 3600}


def _understand(ranker: Ranker) -> list[float]:
    texts = said()
    for text in texts[:WARM_UP]:
        ranker.understand(text)
    return [_timed(partial(ranker.understand, text))[0] for text in texts]


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of CPU in this thread: on a machine at rest the time it takes, and hardly moved by what else runs there."""
    began = time.thread_time()
    result = work()
    return time.thread_time() - began, result


def _pss() -> float:
    return _kilobytes(Path("/proc/self/smaps_rollup"), "Pss") * 1024


def _status(name: str) -> float:
    return _kilobytes(Path("/proc/self/status"), name) * 1024


def _available() -> float:
    return _kilobytes(Path("/proc/meminfo"), "MemAvailable") * 1024


def _kilobytes(path: Path, name: str) -> float:
    return next(float(line.split()[1]) for line in path.read_text().splitlines() if line.startswith(f"{name}:"))


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.katalog", description="Hvad et større katalog koster.")
    parser.add_argument("--maal", type=Path, help="mål kataloget i denne mappe, og skriv en linje JSON")
    parser.add_argument("--stoerrelser", type=int, nargs="*", default=SIZES, help="hvor mange ydelser")
    options = parser.parse_args()
    if options.maal:
        print(json.dumps(measure(options.maal)))
    else:
        print(table(grow(options.stoerrelser, FOLDER, _say)))


if __name__ == "__main__":
    _main()
