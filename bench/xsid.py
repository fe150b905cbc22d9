"""The understanding's recipe on a benchmark that none of us wrote: the Danish part of xSID.

``python -m bench.xsid``. Sixteen intents (weather, alarms, music …), 300 sentences to learn from, 500 to be judged on.
Nothing is tuned on it: ours is ``bot.nlu.linear`` with the features and the strength in use, the two stock projects
have their own configurations as they are. Judged is the best intent, however sure: ours has its highest logit; of a stock
ranking ``nlu_fallback`` is passed over and the best real intent counts, so that a threshold set for asking costs nobody
anything here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from bench import report, stock
from bench.training import train
from bench.understanding import parsed
from bot.nlu.corpus import Line, by_label
from bot.nlu.evaluation import Share
from bot.nlu.features import IN_USE
from bot.nlu.linear import fit
from bot.settings import ROOT

SOURCE = ROOT.parent / "shared" / "kilde" / "xsid-da"
LEARN, JUDGE = "da.valid.conll", "da.test.conll"
STOCK = ("standard", "buerokratt")
FALLBACK = "nlu_fallback"
TEXT, INTENT = "# text = ", "# intent = "


class Scorer(Protocol):
    """What gives each of its labels a score for a text."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the scores."""

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """One score a label."""


def scores(folder: Path, source: Path, say: Callable[[str], None]) -> dict[str, Share]:
    """How many of the sentences each system gives the right intent; nothing where the benchmark is not there.

    The stock models are kept under ``folder`` (``bench.training``).
    """
    if not all((source / name).is_file() for name in (LEARN, JUDGE)):
        say(f"{source} er her ikke, så xSID måles ikke")
        return {}
    learn, judge = read(source / LEARN), read(source / JUDGE)
    found = {"vores": of_ours(learn, judge)}
    return found | {name: of_stock(name, learn, judge, folder, say) for name in STOCK}


def read(path: Path) -> list[Line]:
    """The sentences of a CoNLL file and the intent of each, from their comments."""
    lines, text = [], ""
    for raw in path.read_text(encoding="utf-8").split("\n"):
        if raw.startswith(TEXT):
            text = raw.removeprefix(TEXT).strip()
        elif raw.startswith(INTENT):
            lines.append((text, raw.removeprefix(INTENT).strip()))
    return lines


def of_ours(learn: Sequence[Line], judge: Sequence[Line]) -> Share:
    """The product's own fitting, as ``bot.nlu.ranker.train`` calls it, with intents for labels."""
    lines = [(text, label) for label, texts in by_label(learn).items() for text in texts]
    return of_model(fit(lines, {}, recipe=IN_USE), judge)


def of_model(model: Scorer, judge: Sequence[Line]) -> Share:
    """How often the label with the highest score is the right one."""
    return share(judge, [model.labels[int(np.argmax(model.scores(text)))] for text, _ in judge])


def of_stock(name: str, learn: Sequence[Line], judge: Sequence[Line], folder: Path, say: Callable[[str], None]) -> Share:
    """A stock project with an intent for each of the benchmark's, parsing in a process of its own."""
    grouped = by_label(learn)
    names = safe_names([*grouped, *(intent for _, intent in judge)])
    intents = {names[intent]: texts for intent, texts in sorted(grouped.items())}
    trained = train(folder, f"xsid-{name}", stock.CONFIGS[name], intents, say)
    found = [best(told) for told in parsed(trained, [text for text, _ in judge])]
    return share([(text, names[intent]) for text, intent in judge], found)


def best(told: Mapping[str, Any]) -> str:
    """The best real intent of what ``bench.understanding`` tells of a text."""
    return str(next((name for name, _ in told["ranking"] if name != FALLBACK), told["intent"]))


def share(judge: Sequence[Line], found: Sequence[str]) -> Share:
    """How many of ``found`` are the intents that ``judge`` has."""
    return Share(sum(intent == given for (_, intent), given in zip(judge, found, strict=True)), len(judge))


def safe_names(intents: Iterable[str]) -> dict[str, str]:
    """A name for each intent that Rasa takes for no retrieval intent ("alarm/set" -> "alarm_set"), no two alike."""
    names: dict[str, str] = {}
    for intent in sorted(set(intents)):
        name = intent.replace("/", "_")
        while name in names.values():
            name += "_"
        names[intent] = name
    return names


def table(found: Mapping[str, Share]) -> str:
    """Systems and their shares."""
    return report.table(["", "xSID: rigtig hensigt"], [[name, str(value)] for name, value in found.items()])


if __name__ == "__main__":
    print(table(scores(ROOT / "var" / "bench", SOURCE, lambda line: print(line, file=sys.stderr, flush=True))))
