"""The catalogue grown from 96 services to 10,000: what reading, understanding and learning then cost.

``python -m bench.katalog``. The services beyond the real ones are invented, one file (and one test file) each, of the
shape of a real one, with as many synonyms and phrasings as that has; the lines of ``data/nlu`` do not grow with them. Each
size is measured in a process of its own, which holds the library and the understanding and no Rasa. Times are of CPU, all
in one thread.

Fitting ten thousand labels takes hours on two cores, so the invented labels' weights are a closed form: the label's mean
row of features, less the mean of all, and a bias by which they seldom win. The model has the shapes, the lines and the
memory of a real one, so the time and the memory are those of a real model; the understanding is not, and none is told.
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
import scipy.sparse as sp
import yaml

from bench import report
from bot.knowledge import LiveLibrary
from bot.nlu import linear
from bot.nlu.corpus import digest
from bot.nlu.evaluation import read
from bot.nlu.features import N_FEATURES, counts
from bot.nlu.linear import Floats, LinearModel
from bot.nlu.ranker import Ranker, lines_of
from bot.nlu.stored import load_ranker
from bot.settings import ROOT, settings

SIZES = (96, 300, 1000, 3000, 10_000)
FOLDER = ROOT / "var" / "bench" / "katalog"
TEXTS = ROOT / "data" / "validering" / "spoergsmaal.jsonl"
WARM_UP = 50  # messages
TIMES = 3  # what takes seconds is done so many times
WORKERS = 2  # of a training, as bot.nlu.linear.fit has it
MARK = "proeveydelse-"
SCALE, BIAS = 10.0, -8.0  # of a made label: the bias is that of the real label that wins most seldom
PLACES = 40  # things that one service may speak of
NEW = 12_000  # the number of the service that is learnt: above every size
BLOCK = 4096  # columns of weights written at once
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

_KINDS = "stor lille høj lav bred smal rund flad tung let gammel ny stille hurtig langsom varm kold våd tør blank".split()
_COLOURS = "blå grøn gul rød sort hvid grå brun lys mørk".split()
_FIRST = (
    "have skov strand mose eng bakke dal sø kyst havne gade torve mølle lade stald kælder loft tag dør vindues gulv væg "
    "bro tunnel sten sand ler kalk tegl glas jern kobber sølv uld hør læder papir kork voks honning korn frø bær æble "
    "pære blomme rose tulipan liljer mos bregne birke bøge ege aske elme pile gran fyrre måne sol sky regn sne vinter"
).split()
_LAST = (
    "bænk stol bord lampe kasse kurv spand skovl rive hakke kost børste pude tæppe gardin hylde skab kiste trappe stige "
    "stolpe plade ramme krog knage klokke fløjte tromme harpe urtepotte kande krukke tallerken gryde pande ske kniv saks "
    "nål tråd knap bælte hat støvle kappe vogn slæde båd flåde mast sejl anker net"
).split()
_PLACES = (
    "værkstedet butikken kontoret lageret gården forretningen klinikken bageriet smedjen trykkeriet gartneriet saloen "
    "kiosken skuret bygningen cafeen depotet studiet køkkenet loftet"
).split()
_SAYINGS = (
    "Vi vil gerne have {} ved {}",
    "hvem hjælper med {} i {}",
    "Kan vi få lov til {} bag {}?",
    "{} og så noget mere om {}",
    "Vores {} skal flyttes fra {}, hvad gør vi?",
    "er der penge at hente til {} i {}",
    "Må naboen stille {} op ad {}?",
)


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
        knowledge = write(folder / str(size) / "knowledge", size)
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


def write(folder: Path, size: int, source: Path = ROOT / "knowledge") -> Path:
    """A copy of ``source`` in ``folder`` with invented services until there are ``size``; returns ``folder``."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    real = sorted((source / "ydelser").glob("*/*.yml"))
    shapes = [(path.parent.name, yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)) for path in real]
    for number in range(size - len(real)):
        area, shape = shapes[number % len(shapes)]
        made = invented(number, shape)
        _dump(folder / "ydelser" / area / f"{made['id']}.yml", made)
        test = {"ydelse": made["id"], "spoergsmaal": _sayings(number, 5)}
        _dump(folder / "proever" / f"{made['id']}.yml", test)
    return folder


def invented(number: int, shape: Mapping[str, Any]) -> dict[str, Any]:
    """Service ``number``: keys, lengths and references as ``shape`` has them, and not a word of it."""
    before = range(max(0, number - len(shape.get("beslaegtede", []))), number)
    return {
        **_filled(shape),
        **{key: shape[key] for key in ("forvaltning", "enhed", "ydelsesomraade", "servicetype", "kanaler", "stand")},
        "id": f"{MARK}{number:05d}",
        "navn": f"Prøveydelse {number:05d}: {_thing(number)}",
        "selvbetjening": "ukendt",
        "beslaegtede": [f"{MARK}{other:05d}" for other in before],
        "pakker": [],
        "synonymer": [_thing(number, place + 1) for place in range(len(shape.get("synonymer", [])))],
        "eksempler": _sayings(number, len(shape["eksempler"])),
        **({"tal": {"antal_pr_aar": str(number % 997), "kilde": "opfundet til måling"}} if shape.get("tal") else {}),
    }


def grown(model: LinearModel, lines: Mapping[str, Sequence[str]]) -> LinearModel:
    """``model`` with those labels of ``lines`` that it has not, their weights made, not fitted (this module's docstring)."""
    fresh = {label: texts for label, texts in lines.items() if label not in set(model.labels)}
    if not fresh:
        return model
    own = counts([text for texts in fresh.values() for text in texts], model.recipe)
    number = np.repeat(np.arange(len(fresh), dtype=np.int32), [len(texts) for texts in fresh.values()])
    rows = sp.vstack([model.rows, own], format="csr")
    seen = np.bincount(rows.indices, minlength=N_FEATURES)
    columns = np.union1d(model.columns, np.flatnonzero(seen >= linear.MIN_ROWS)).astype(np.int32)
    idf = linear._idf(rows)[columns]
    idf[np.searchsorted(columns, model.columns)] = model.idf
    return LinearModel(
        labels=(*model.labels, *fresh),
        digests=(*model.digests, *(digest(texts) for texts in fresh.values())),
        columns=columns,
        idf=idf,
        weights=_weights(model, columns, linear._scaled(own, columns, idf), number),
        bias=np.concatenate([model.bias, np.full(len(fresh), BIAS, np.float32)]),
        rows=rows,
        row_labels=np.concatenate([model.row_labels, number + np.int32(len(model.labels))]),
        recipe=model.recipe,
    )


def measure(knowledge: Path) -> dict[str, float]:
    """The row of the catalogue in ``knowledge``; changes a file of it."""
    data, trained = settings().data, load_ranker()._state[0]  # brought into step with the real catalogue
    load_s, live = _timed(lambda: LiveLibrary(knowledge))
    if blocking := [problem for problem in live.problems if problem.blocking]:
        raise ValueError(f"det opfundne katalog har fejl: {blocking[0]}")
    model = grown(trained, lines_of(data, live.current))
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
        texts = [_thing(NEW, place) for place in range(10)] + _sayings(NEW, 7)
        Path("/proc/self/clear_refs").write_text("5")  # the highest memory is counted from here
        learnt = [_timed(lambda: len(model.with_label("ydelse/ny", "ny", texts).labels))[0] for _ in range(TIMES)]
        row |= {"learn_s": statistics.median(learnt), "learn_peak_mb": _status("VmHWM") / 1e6}
    scaled = linear._scaled(model.rows, model.columns, model.idf)
    chosen = np.linspace(0, len(model.labels) - 1, TIMES + 2).astype(int)[1:-1]
    fitted = [_timed(partial(linear._fit, scaled, model.row_labels == index))[0] for index in chosen]
    fit_s = statistics.median(fitted)
    return row | {"fit_s": fit_s, "training_h": len(model.labels) * fit_s / WORKERS / 3600}


def _understand(ranker: Ranker) -> list[float]:
    texts = [line.text for line in read(TEXTS)]
    for text in texts[:WARM_UP]:
        ranker.understand(text)
    return [_timed(partial(ranker.understand, text))[0] for text in texts]


def _weights(model: LinearModel, columns: linear.Ints, own: sp.csr_matrix, number: linear.Ints) -> Floats:
    """Columns x labels: the model's, and beside them each made label's mean row less the mean of all.

    Every number is written, so that none of it is a page that the kernel only promises.
    """
    sizes = np.bincount(number)
    mean = sp.csr_matrix((1 / sizes[number], (number, np.arange(len(number)))), dtype=np.float32) @ own
    centre = np.asarray(own.mean(axis=0), np.float32).ravel()
    by_column, old = mean.tocsc(), len(model.labels)
    weights = np.zeros((len(columns), old + len(sizes)), np.float32)
    weights[np.searchsorted(columns, model.columns), :old] = model.weights
    for start in range(0, len(columns), BLOCK):
        part = slice(start, start + BLOCK)
        weights[part, old:] = SCALE * (by_column[:, part].toarray().T - centre[part, None])
    return weights


def _thing(number: int, place: int = 0) -> str:
    """A thing that nobody has, "flad grøn mosepude": of each number and place another, until their words run out."""
    turn, kind = divmod((number * PLACES + place) * 7919, len(_KINDS))  # a prime: neighbours are not alike
    turn, colour = divmod(turn, len(_COLOURS))
    turn, last = divmod(turn, len(_LAST))
    return f"{_KINDS[kind]} {_COLOURS[colour]} {_FIRST[turn % len(_FIRST)]}{_LAST[last]}"


def _sayings(number: int, count: int) -> list[str]:
    return [
        _SAYINGS[place % len(_SAYINGS)].format(_thing(number, place + PLACES // 2), _PLACES[(number + place) % len(_PLACES)])
        for place in range(count)
    ]


def _filled(value: Any) -> Any:
    """The same with each text replaced by one that says so, as long as it was."""
    if isinstance(value, Mapping):
        return {key: _filled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item) for item in value]
    if isinstance(value, str):
        return (("Opfundet til måling. " * (len(value) // 21 + 1))[: len(value)]).strip()
    return value


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


def _dump(path: Path, value: Any) -> None:
    text = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(text, encoding="utf-8")


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
