"""Projects as a stock Rasa user would make them of this project's data: one intent for each kind and each service."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import rasa.engine.recipes
import yaml

from bot.knowledge import load_library
from bot.nlu.corpus import by_label, knowledge_lines, nlu_lines
from bot.settings import Settings

# (a) What Rasa 3.6 itself uses where config.yml names no pipeline and no policies, as "rasa init" leaves it
# (rasa/shared/importers/autoconfig.py).
STANDARD: dict[str, Any] = {
    "recipe": "default.v1",
    "assistant_id": "standard",
    "language": "da",
    "pipeline": None,
    "policies": None,
}

# (b) The configuration of Estonia's Bürokratt assistant, as the issue gives it.
BUEROKRATT: dict[str, Any] = {
    "recipe": "default.v1",
    "assistant_id": "buerokratt",
    "language": "da",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 40},
        {"name": "RegexEntityExtractor"},
        {"name": "FallbackClassifier", "threshold": 0.8},
    ],
    "policies": [{"name": "RulePolicy"}],
}

# (c) The floor: Rasa with nothing to understand, answering a button.
GULV: dict[str, Any] = {
    "recipe": "default.v1",
    "assistant_id": "gulv",
    "language": "da",
    "pipeline": [],
    "policies": [{"name": "RulePolicy"}],
}

# What Rasa puts in the place of a pipeline and policies that are not named.
DEFAULTS = Path(rasa.engine.recipes.__file__).parent / "config_files" / "default_config.yml"
CONFIGS = {"standard": STANDARD, "buerokratt": BUEROKRATT, "gulv": GULV}


def hurried(config: dict[str, Any], epochs: int) -> dict[str, Any]:
    """The same, its DIET, which takes the hours, trained for so many epochs: it understands less than the whole does."""
    whole = dict(config)
    for key in ("pipeline", "policies"):
        parts = config[key] if config[key] is not None else yaml.safe_load(DEFAULTS.read_text(encoding="utf-8"))[key]
        whole[key] = [{**part, "epochs": epochs} if part["name"] == "DIETClassifier" else part for part in parts]
    return whole


def examples(settings: Settings) -> dict[str, list[str]]:
    """Every phrasing that ours is trained on, by a stock intent's name ("ydelse_udeservering", "menneske")."""
    library, _, _ = load_library(settings.knowledge)
    lines = by_label([*nlu_lines(settings.data / "nlu"), *knowledge_lines(library)])
    return {label.replace("/", "_"): texts for label, texts in sorted(lines.items())}


def write(folder: Path, config: dict[str, Any], intents: dict[str, list[str]]) -> None:
    """A whole Rasa project in ``folder``: each intent is answered by a text of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    _dump(folder / "config.yml", config)
    # Lines that Rasa would read as something else than text ("[...](...)", "{...}") are none of ours.
    blocks = [
        {"intent": name, "examples": "".join(f"- {' '.join(text.split())}\n" for text in texts)}
        for name, texts in intents.items()
    ]
    _dump(folder / "data/nlu.yml", {"version": "3.1", "nlu": blocks})
    answers = [{"steps": [{"intent": name}, {"action": f"utter_{name}"}]} for name in intents]
    if config["policies"] != [{"name": "RulePolicy"}]:  # rasa init's own project has stories
        stories = [{"story": f"om {name}", **answer} for name, answer in zip(intents, answers, strict=True)]
        _dump(folder / "data/stories.yml", {"version": "3.1", "stories": stories})
    else:
        rules = [{"rule": f"om {name}", **answer} for name, answer in zip(intents, answers, strict=True)]
        _dump(folder / "data/rules.yml", {"version": "3.1", "rules": rules})
    _dump(
        folder / "domain.yml",
        {
            "version": "3.1",
            "intents": list(intents),
            "responses": {f"utter_{name}": [{"text": f"Her er svaret om {name}."}] for name in intents},
            "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
        },
    )
    _dump(folder / "credentials.yml", {"rest": None})
    _dump(folder / "endpoints.yml", {})


def digest(folder: Path) -> str:
    """A hash of the project's files: what its trained model is cached by."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.yml")):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


def _dump(path: Path, value: Any) -> None:
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8")
