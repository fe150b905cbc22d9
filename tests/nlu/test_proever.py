"""Every service's test questions lead to it: answered, or asked with it among the three that are offered."""

import pytest

from bot.knowledge import load_library
from bot.nlu.ranker import Ranker
from bot.nlu.stored import load_ranker
from bot.service.model import archive
from bot.settings import ROOT

LIBRARY = load_library(ROOT / "knowledge")[0]


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    assert archive().is_file(), "der er ingen trænet model; kør erhverv train"
    return load_ranker()


@pytest.mark.parametrize("ident", sorted(LIBRARY.ydelser))
def test_the_questions_of_a_service_reach_it(ident: str, ranker: Ranker) -> None:
    group = next((set(group) for group in LIBRARY.svaere_par if ident in group), {ident})
    astray = []
    for question in LIBRARY.proever[ident].spoergsmaal:
        found = ranker.understand(question)
        offered = [found.id] if found.kind == "ydelse" else [c.id for c in found.candidates[:3] if c.kind == "ydelse"]
        if found.kind not in ("ydelse", "uklart") or not group & set(offered):
            astray.append((question, found.kind, found.id))
    assert astray == []
