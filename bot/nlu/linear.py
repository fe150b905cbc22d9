"""One-against-the-rest logistic regression over sparse text features, one label at a time.

Each label is fitted by itself against all other lines, so that a label can be added or fitted again while the bot
runs, without touching the rest: that is how a service dropped into ``knowledge/`` is found before any training.
scikit-learn's liblinear does the fitting; only numbers are stored (npz, no pickle).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from bot.nlu.features import IN_USE, N_FEATURES, Recipe, counted, counts

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

FILE = "model.npz"  # what the model is called where Rasa stores it
REGULARISATION = 10.0  # liblinear's C; flat between 3 and 30 (docs/forstaaelse.md)
MIN_ROWS = 2  # a feature seen in one line only says nothing
FULL_LABEL = 60  # lines; a label with fewer gets its lines weighted up to this


@dataclass(frozen=True)
class LinearModel:
    """Weights of every label, and the training rows they came from.

    ``columns`` are the kept feature numbers, sorted; ``weights`` is columns x labels; ``rows`` are the training lines
    (raw counts over all features) and ``row_labels`` their label's index. ``digests`` tell from which lines a label
    was fitted, ``recipe`` which features its texts become.
    """

    labels: tuple[str, ...]
    digests: tuple[str, ...]
    columns: Ints
    idf: Floats
    weights: Floats
    bias: Floats
    rows: sp.csr_matrix
    row_labels: Ints
    recipe: Recipe = IN_USE

    def scores(self, text: str) -> Floats:
        """The logit of each label for one text."""
        numbers, values = counted(text, self.recipe)
        places = np.searchsorted(self.columns, numbers)
        places[places == len(self.columns)] = 0
        known = self.columns[places] == numbers
        places, values = places[known], values[known] * self.idf[places[known]]
        norm = float(np.sqrt((values**2).sum())) or 1.0
        result: Floats = (values / norm) @ self.weights[places] + self.bias
        return result

    def with_label(self, label: str, digest: str, texts: Sequence[str]) -> LinearModel:
        """The model with ``label`` fitted (again) from ``texts``; the other labels stay as they are."""
        model = self.without_label(label)
        fresh = counts(texts, self.recipe)
        rows = sp.vstack([model.rows, fresh], format="csr")
        row_labels = np.concatenate([model.row_labels, np.full(len(texts), len(model.labels), np.int32)])
        new_columns = np.setdiff1d(np.unique(fresh.indices), model.columns).astype(np.int32)
        columns = np.concatenate([model.columns, new_columns])
        idf = np.concatenate([model.idf, _idf(rows)[new_columns]])
        order = np.argsort(columns)
        columns, idf = columns[order], idf[order]
        column, bias = _fit(_scaled(rows, columns, idf), row_labels == len(model.labels))
        # Written once: with thousands of labels the weights are gigabytes, and every copy of them is felt.
        weights = np.zeros((len(columns), len(model.labels) + 1), np.float32)
        weights[np.searchsorted(columns, model.columns), :-1] = model.weights
        weights[:, -1] = column
        return LinearModel(
            labels=(*model.labels, label),
            digests=(*model.digests, digest),
            columns=columns,
            idf=idf,
            weights=weights,
            bias=np.append(model.bias, np.float32(bias)),
            rows=rows,
            row_labels=row_labels,
            recipe=self.recipe,
        )

    def without_label(self, label: str) -> LinearModel:
        """The model without ``label`` and its lines; itself where it has no such label."""
        if label not in self.labels:
            return self
        index = self.labels.index(label)
        keep = self.row_labels != index
        row_labels = self.row_labels[keep]
        return replace(
            self,
            labels=self.labels[:index] + self.labels[index + 1 :],
            digests=self.digests[:index] + self.digests[index + 1 :],
            weights=np.ascontiguousarray(np.delete(self.weights, index, axis=1)),
            bias=np.delete(self.bias, index),
            rows=sp.csr_matrix(self.rows[np.flatnonzero(keep)]),
            row_labels=(row_labels - (row_labels > index)).astype(np.int32),
        )

    def save(self, path: Path) -> None:
        """Write the numbers and names to one npz file."""
        names = json.dumps({"labels": self.labels, "digests": self.digests, "recipe": asdict(self.recipe)})
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                names=np.frombuffer(names.encode(), np.uint8),
                columns=self.columns,
                idf=self.idf,
                weights=self.weights.astype(np.float16),
                bias=self.bias,
                data=self.rows.data.astype(np.float16),
                indices=self.rows.indices,
                indptr=self.rows.indptr,
                row_labels=self.row_labels,
            )

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Read what ``save`` wrote.

        Raises:
            OSError, ValueError, KeyError: when the file is missing or is not such a file.
        """
        with np.load(path, allow_pickle=False) as stored:
            names = json.loads(stored["names"].tobytes())
            indptr = stored["indptr"]
            rows = sp.csr_matrix(
                (stored["data"].astype(np.float32), stored["indices"], indptr), shape=(len(indptr) - 1, N_FEATURES)
            )
            return cls(
                labels=tuple(names["labels"]),
                digests=tuple(names["digests"]),
                columns=stored["columns"],
                idf=stored["idf"],
                weights=np.ascontiguousarray(stored["weights"].astype(np.float32)),
                bias=stored["bias"],
                rows=rows,
                row_labels=stored["row_labels"],
                recipe=Recipe(**names.get("recipe", {})),
            )


def fit(lines: Sequence[tuple[str, str]], digests: dict[str, str], workers: int = 2, recipe: Recipe = IN_USE) -> LinearModel:
    """Fit every label of ``lines`` (text, label).

    Raises:
        ValueError: with fewer than two labels.
    """
    labels = sorted({label for _, label in lines})
    if len(labels) < 2:
        raise ValueError("der skal være mindst to slags eksempler at lære af")
    number = {label: index for index, label in enumerate(labels)}
    rows = counts([text for text, _ in lines], recipe)
    row_labels = np.array([number[label] for _, label in lines], np.int32)
    seen = np.bincount(rows.indices, minlength=N_FEATURES)
    columns = np.flatnonzero(seen >= MIN_ROWS).astype(np.int32)
    idf = _idf(rows)[columns]
    scaled = _scaled(rows, columns, idf)
    with ThreadPoolExecutor(workers) as pool:
        fitted = list(pool.map(lambda index: _fit(scaled, row_labels == index), range(len(labels))))
    return LinearModel(
        labels=tuple(labels),
        digests=tuple(digests.get(label, "") for label in labels),
        columns=columns,
        idf=idf,
        weights=np.ascontiguousarray(np.column_stack([column for column, _ in fitted]), np.float32),
        bias=np.array([bias for _, bias in fitted], np.float32),
        rows=rows,
        row_labels=row_labels,
        recipe=recipe,
    )


def _idf(rows: sp.csr_matrix) -> Floats:
    seen = np.bincount(rows.indices, minlength=N_FEATURES)
    result: Floats = (np.log((1 + rows.shape[0]) / (1 + seen)) + 1).astype(np.float32)
    return result


def _scaled(rows: sp.csr_matrix, columns: Ints, idf: Floats) -> sp.csr_matrix:
    chosen = sp.csr_matrix(rows[:, columns].multiply(idf))
    norms = np.sqrt(np.asarray(chosen.multiply(chosen).sum(axis=1)).ravel())
    norms[norms == 0] = 1
    return sp.csr_matrix(sp.diags(1 / norms) @ chosen)


def _fit(scaled: sp.csr_matrix, mine: npt.NDArray[np.bool_]) -> tuple[Floats, float]:
    weight = np.where(mine, max(1.0, FULL_LABEL / max(1, int(mine.sum()))), 1.0)
    # The dual form finds the same weights (cosine 1.0) in a fifth of the time: there are far more features than lines.
    regression = LogisticRegression(C=REGULARISATION, solver="liblinear", dual=True, tol=0.01, random_state=0)
    regression.fit(scaled, mine, sample_weight=weight)
    return regression.coef_[0].astype(np.float32), float(regression.intercept_[0])
