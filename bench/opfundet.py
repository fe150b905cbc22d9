"""Services that there are not: files of the shape of the real ones, and a model's weights for them.

Fitting ten thousand labels takes hours on two cores, so the invented labels' weights are a closed form: the label's mean
row of features, less the mean of all, and a bias by which they seldom win. The model has the shapes, the lines and the
memory of a real one, so the time and the memory are those of a real model; the understanding is not, and none is told.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
import yaml

from bot.nlu import linear
from bot.nlu.corpus import digest
from bot.nlu.features import N_FEATURES, counts
from bot.nlu.linear import Floats, LinearModel
from bot.settings import ROOT

MARK = "proeveydelse-"
SCALE, BIAS = 10.0, -8.0  # of a made label: the bias is that of the real label that wins most seldom
PLACES = 40  # things that one service may speak of
BLOCK = 4096  # columns of weights written at once

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
        test = {"ydelse": made["id"], "spoergsmaal": sayings(number, 5)}
        _dump(folder / "proever" / f"{made['id']}.yml", test)
    return folder


def invented(number: int, shape: Mapping[str, Any]) -> dict[str, Any]:
    """Service ``number``: keys, lengths and references as ``shape`` has them, and not a word of it."""
    before = range(max(0, number - len(shape.get("beslaegtede", []))), number)
    return {
        **_filled(shape),
        **{key: shape[key] for key in ("forvaltning", "enhed", "ydelsesomraade", "servicetype", "kanaler", "stand")},
        "id": f"{MARK}{number:05d}",
        "navn": f"Prøveydelse {number:05d}: {thing(number)}",
        "selvbetjening": "ukendt",
        "beslaegtede": [f"{MARK}{other:05d}" for other in before],
        "pakker": [],
        "synonymer": [thing(number, place + 1) for place in range(len(shape.get("synonymer", [])))],
        "eksempler": sayings(number, len(shape["eksempler"])),
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


def thing(number: int, place: int = 0) -> str:
    """A thing that nobody has, "flad grøn mosepude": of each number and place another, until their words run out."""
    turn, kind = divmod((number * PLACES + place) * 7919, len(_KINDS))  # a prime: neighbours are not alike
    turn, colour = divmod(turn, len(_COLOURS))
    turn, last = divmod(turn, len(_LAST))
    return f"{_KINDS[kind]} {_COLOURS[colour]} {_FIRST[turn % len(_FIRST)]}{_LAST[last]}"


def sayings(number: int, count: int) -> list[str]:
    return [
        _SAYINGS[place % len(_SAYINGS)].format(thing(number, place + PLACES // 2), _PLACES[(number + place) % len(_PLACES)])
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


def _dump(path: Path, value: Any) -> None:
    text = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(text, encoding="utf-8")
