"""The stock projects that ours is measured beside: as Rasa leaves them, whatever they are trained for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bench import stock

INTENTS = {"menneske": ["et menneske, tak"], "ydelse_skilte": ["må jeg sætte et skilt op"]}


def written(folder: Path, config: dict[str, Any]) -> dict[str, Any]:
    """Every file of a stock project, by name."""
    stock.write(folder, config, INTENTS)
    return {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.yml"))}


def test_trained_in_a_hurry_only_the_epochs_are_others(tmp_path: Path) -> None:
    rasas_own = yaml.safe_load(stock.DEFAULTS.read_text(encoding="utf-8"))
    hurried = stock.hurried(stock.STANDARD, 1)
    for key in ("pipeline", "policies"):
        for own, part in zip(rasas_own[key], hurried[key], strict=True):
            assert part == ({**own, "epochs": 1} if own["name"] == "DIETClassifier" else own)
    assert stock.hurried(stock.STANDARD, 1)["pipeline"] != rasas_own["pipeline"]
    whole, short = written(tmp_path / "hel", stock.STANDARD), written(tmp_path / "kort", hurried)
    assert {**whole, "config.yml": None} == {**short, "config.yml": None} and "stories.yml" in whole
    assert stock.digest(tmp_path / "hel") != stock.digest(tmp_path / "kort")


@pytest.mark.parametrize("name", ["buerokratt", "gulv"])
def test_what_has_rules_only_keeps_them(tmp_path: Path, name: str) -> None:
    files = written(tmp_path, stock.hurried(stock.CONFIGS[name], 3))
    assert "rules.yml" in files and "stories.yml" not in files
    assert {part["epochs"] for part in files["config.yml"]["pipeline"] if "epochs" in part} <= {3}
