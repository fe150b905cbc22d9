"""The variants on a small catalogue: each differs from the full recipe in what its name says, and the page is written safely."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands import ablation as page
from bot.knowledge import Library, load_library
from bot.nlu import ablation
from bot.nlu.ablation import Figures, Row, Variant, learnt, measure, names_only, sampled, two_stages, variants, with_typos
from bot.nlu.evaluation import Line
from bot.nlu.features import IN_USE, Recipe, tokens
from bot.nlu.linear import LinearModel, fit
from bot.nlu.typos import disturbed, without_danish_letters
from bot.nlu.understanding import Candidate, Understanding
from tests.knowledge import tiny

WRITTEN = {
    "ydelse/udeservering": ["borde og stole på fortovet", "servere ude foran caféen", "stole og borde på pladsen"],
    "ydelse/alkoholbevilling": ["skænke øl og vin", "servere vin til maden", "sælge øl og spiritus i baren"],
    "pakke/cafepakke": ["åbne en café fra bunden", "hele vejen til en ny café"],
    "menneske": ["tale med et menneske", "jeg vil tale med en medarbejder"],
    "udenfor": ["hvornår er der storskrald", "mit pas er udløbet"],
}
QUESTIONS = [
    Line("må vi have borde på fortovet", "ydelse", "udeservering"),
    Line("vi vil skænke øl", "ydelse", "alkoholbevilling"),
    Line("lad mig tale med et menneske", "menneske", None),
]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    folder = tiny.make(tmp_path / "knowledge")
    (folder / "svaere-par.yml").write_text("par: []\n", encoding="utf-8")  # else the two services count as one
    return load_library(folder)[0]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data/nlu"
    folder.mkdir(parents=True)
    for place, (label, texts) in enumerate(WRITTEN.items()):
        lines = "".join(f"      - {text}\n" for text in texts)
        (folder / f"{place}.yml").write_text(f"nlu:\n  - intent: {label}\n    examples: |\n{lines}", encoding="utf-8")
    return folder.parent


def test_each_recipe_makes_the_features_that_it_says() -> None:
    text = "Åben café-kælder"
    assert {name[0] for name in tokens(text)} == {"c", "w", "b"}
    assert {name[0] for name in tokens(text, Recipe(lemmas=False))} == {"c"}
    assert {name[0] for name in tokens(text, Recipe(char_max=0))} == {"w", "b"}
    assert min(len(name) for name in tokens(text, Recipe(char_min=3, lemmas=False))) == 4
    assert not any("å" in name for name in tokens(text))
    assert any("å" in name for name in tokens(text, Recipe(folded=False)))
    assert list(tokens(text)) == list(tokens(text, IN_USE))


def test_a_model_keeps_its_recipe_over_save_and_a_new_label(tmp_path: Path) -> None:
    recipe = Recipe(lemmas=False)
    lines = [(text, label) for label, texts in WRITTEN.items() for text in texts]
    model = fit(lines, {}, recipe=recipe).with_label("ny", "x", ["helt nye ord", "flere nye ord"])
    model.save(tmp_path / "model.npz")
    loaded = LinearModel.load(tmp_path / "model.npz")
    assert loaded.recipe == recipe
    assert loaded.scores("nye ord") == pytest.approx(model.scores("nye ord"), abs=0.05)


def test_the_full_recipe_understands_and_nothing_of_a_message_without_words(library: Library) -> None:
    understand = learnt(WRITTEN, library)
    best = [understand(line.text).candidates[0] for line in QUESTIONS]
    assert [(one.kind, one.id) for one in best] == [(line.kind, line.id) for line in QUESTIONS]
    assert understand("?!").candidates == ()


def test_variants_begin_with_the_full_recipe_and_differ(data: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, Recipe]] = []

    def spy(lines: list[tuple[str, str]], digests: dict[str, str], workers: int = 2, recipe: Recipe = IN_USE) -> LinearModel:
        asked.append((len(lines), recipe))
        return fit(lines, digests, workers, recipe)

    monkeypatch.setattr(ablation, "fit", spy)
    chosen = variants(data, library)
    assert len({variant.name for variant in chosen}) == len(chosen)
    sizes = {}
    for variant in chosen:
        asked.clear()
        variant.train()
        sizes[variant.name] = list(asked)
    whole = sizes[chosen[0].name][0]
    written = sum(map(len, WRITTEN.values()))
    assert whole[1] == IN_USE and whole[0] > written
    recipes = {recipe for calls in sizes.values() for _, recipe in calls}
    assert recipes == {IN_USE, Recipe(lemmas=False), Recipe(char_max=0), Recipe(folded=False), Recipe(char_min=3)}
    assert sizes["uden redaktørernes linjer (knowledge/)"] == [(written, IN_USE)]
    assert sizes["med slåfejl lagt til træningen"] == [(2 * whole[0], IN_USE)]
    assert len(sizes["to trin, slagsen afgjort først"]) == 2
    assert sizes["kun ydelsernes navne (tegnfølger, cosinus)"] == []


def test_fewer_phrasings_are_among_more_and_leave_the_balance() -> None:
    lines = [str(number) for number in range(60)]
    many = {"ydelse/a": lines[:50], "ydelse/b": lines[:50], "udenfor": lines, "ja": ["ja", "jo"]}
    ten, two = sampled(many, 10), sampled(many, 2)
    assert {label: len(texts) for label, texts in ten.items()} == {"ydelse/a": 10, "ydelse/b": 10, "udenfor": 12, "ja": 2}
    for label, texts in many.items():
        assert set(two[label]) <= set(ten[label]) <= set(texts)
    assert sampled(many, 10) == ten
    assert {label: len(texts) for label, texts in sampled(many, 99).items()} == {label: len(t) for label, t in many.items()}


def test_typos_are_the_same_each_time_and_leave_first_letters() -> None:
    text = "vi vil gerne servere borde og stole på fortovet foran vores forretning hele sommeren"
    spoilt = disturbed(text, "frø")
    assert spoilt == disturbed(text, "frø") != text
    assert disturbed(text, "andet") != spoilt
    assert [word[0] for word in spoilt.split()] == [word[0] for word in text.split()]
    changed = [
        old != new for seed in range(300) for old, new in zip(text.split(), disturbed(text, str(seed)).split(), strict=True)
    ]
    assert 0.2 < sum(changed) / len(changed) < 0.32  # of all words; two-letter words are left
    assert with_typos({"a": [text]})["a"][0] == text
    assert without_danish_letters("Åben kød, æble") == "Aben koed, aeble"


def test_a_hard_first_stage_cannot_be_overruled_by_the_second(library: Library) -> None:
    class Told:
        def __init__(self, scores: dict[str, float]) -> None:
            self.labels, self._values = tuple(scores), list(scores.values())

        def scores(self, text: str) -> object:
            import numpy as np

            return np.array(self._values, np.float32)

    kinds = Told({"pakke": 0.3, "ydelse": 0.2, "menneske": -4.0})
    items = Told({"ydelse/udeservering": 3.0, "ydelse/alkoholbevilling": -3.0, "pakke/cafepakke": -9.0})
    hard = two_stages(kinds, items, library, hard=True)("en tekst på flere ord")  # type: ignore[arg-type]
    soft = two_stages(kinds, items, library, hard=False)("en tekst på flere ord")  # type: ignore[arg-type]
    assert (hard.kind, hard.id, round(hard.confidence, 2)) == ("pakke", "cafepakke", 1.0)
    assert 0.5 < soft.confidence < 0.6


def test_names_only_ranks_by_likeness_and_never_asks(library: Library) -> None:
    found = names_only(library)("alkohol bevilling")
    assert (found.kind, found.id) == ("ydelse", "alkoholbevilling")
    assert [one.id for one in found.candidates] == ["alkoholbevilling", "udeservering"]


def test_figures_count_services_only_and_tell_asking_from_acting(library: Library) -> None:
    def understand(text: str) -> Understanding:
        second = (Candidate("ydelse", "alkoholbevilling", 0.4), Candidate("ydelse", "udeservering", 0.3))
        if "fortovet" in text:
            return Understanding(text, "uklart", "uklart", None, 0.4, second)
        if "øl" in text:
            return Understanding(text, "ydelse", "ydelse", "alkoholbevilling", 0.9, second)
        return Understanding(text, "menneske", "menneske", None, 0.9, (Candidate("menneske", None, 0.9),))

    told: list[str] = []
    exact = [Variant("prøve", lambda: understand), Variant("uden at spørge", lambda: understand, asks=False)]
    first, second = measure(exact, [QUESTIONS], library, told.append)
    assert first.figures[0][0] == Figures(top=0.5, among=1.0, guess=0.5, kind=2 / 3)
    assert second.figures[0][0].kind is None
    assert first.ratio == 1.0
    assert told == ["[1/2] prøve …", "[2/2] uden at spørge …"]


def test_the_page_is_written_between_its_marks_and_nothing_else_changes(
    data: Path, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions, target = tmp_path / "linjer.jsonl", tmp_path / "side.md"
    questions.write_text(
        "".join(json.dumps({"text": line.text, "kind": line.kind, "id": line.id}) + "\n" for line in QUESTIONS), encoding="utf-8"
    )
    target.write_text(f"før\n{page.BEGIN}\ngammelt\n{page.END}\nefter\n", encoding="utf-8")
    monkeypatch.setattr("bot.settings.settings", lambda: _Settings(tmp_path / "knowledge", data))
    for _ in range(2):  # writing again replaces
        result = CliRunner().invoke(page.command, ["--skriv", str(target), str(questions)])
        assert result.exit_code == 0, result.output
    written = target.read_text(encoding="utf-8")
    assert written.startswith("før\n") and written.endswith("\nefter\n") and "gammelt" not in written
    assert "erhverv ablation --skriv side.md linjer.jsonl" in written and str(tmp_path) not in written
    assert written.count("| hele opskriften |") == 1


class _Settings:
    def __init__(self, knowledge: Path, data: Path) -> None:
        self.knowledge, self.data = knowledge, data


@pytest.mark.parametrize("text", ["uden mærker", page.BEGIN, page.END + page.BEGIN])
def test_a_page_without_marks_is_told_before_training_and_left_as_it_is(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions, target = tmp_path / "linjer.jsonl", tmp_path / "side.md"
    questions.write_text('{"text": "hej", "kind": "smalltalk", "id": null}\n', encoding="utf-8")
    target.write_text(text, encoding="utf-8")
    monkeypatch.setattr(ablation, "measure", lambda *_: pytest.fail("trained"))
    result = CliRunner().invoke(page.command, ["--skriv", str(target), str(questions)])
    assert result.exit_code == 1 and "mangler mærkerne" in result.output
    assert target.read_text(encoding="utf-8") == text


def test_a_line_of_another_form_is_named_before_training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    questions = tmp_path / "linjer.jsonl"
    questions.write_text('{"text": "hej", "kind": "smalltalk", "id": null}\n{"tekst": 1}\n', encoding="utf-8")
    monkeypatch.setattr(ablation, "measure", lambda *_: pytest.fail("trained"))
    result = CliRunner().invoke(page.command, [str(questions)])
    assert result.exit_code == 1 and "linjer.jsonl:2:" in result.output


def test_each_row_has_a_cell_for_every_heading() -> None:
    figures = Figures(0.5, 1.0, 0.75, None)
    text = page.document([Row("udgave", 0.25, ((figures, figures, figures),))], [("fil", QUESTIONS)], "kommando", [60, 80, 90])
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in table} == {11}
    assert table[-1].endswith("| 0.25 |")
    assert "60-90" in text and "3 linjer, 2 af dem" in text
