"""The phrasings: enough of them, a file each, none under two labels, none that Rasa would read as something else."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from bot.knowledge import Library, load_library
from bot.language.fold import fold
from bot.nlu.corpus import Line, nlu_file_lines
from bot.settings import settings

LEAST = 60
IN_DIALOGUE = {"ja", "nej", "ved_ikke", "afbryd", "ret", "hvorfor", "aspekt", "fortsaet", "forfra"}
KINDS = {"menneske", "sag", "smalltalk", "udenfor", "pakkeoversigt", "omraader"} | IN_DIALOGUE


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(settings().knowledge)[0]


@pytest.fixture(scope="module")
def files() -> dict[Path, list[Line]]:
    folder = settings().data / "nlu"
    return {path.relative_to(folder): list(nlu_file_lines(path)) for path in sorted(folder.rglob("*.yml"))}


def test_a_file_for_each_service_package_area_and_kind(files: dict[Path, list[Line]], library: Library) -> None:
    wanted = {Path("ydelse", f"{ident}.yml") for ident in library.ydelser}
    wanted |= {Path("pakke", f"{ident}.yml") for ident in library.servicepakker}
    wanted |= {Path("omraade", f"{ident}.yml") for ident in library.omraader}
    wanted |= {Path("andet", f"{kind}.yml") for kind in KINDS}
    assert set(files) == wanted


def test_a_file_holds_its_own_label_only(files: dict[Path, list[Line]]) -> None:
    for path, lines in files.items():
        label = path.stem if path.parts[0] == "andet" else f"{path.parts[0]}/{path.stem}"
        assert {found for _, found in lines} == {label}, path


def test_at_least_sixty_for_every_service(files: dict[Path, list[Line]]) -> None:
    sizes = {path.stem: len({key(text) for text, _ in lines}) for path, lines in files.items() if path.parts[0] == "ydelse"}
    assert len(sizes) == 96
    assert {ident: size for ident, size in sizes.items() if size < LEAST} == {}


def test_not_ours_is_the_broadest_of_the_other_kinds(files: dict[Path, list[Line]]) -> None:
    sizes = {path.stem: len(lines) for path, lines in files.items() if path.parts[0] == "andet"}
    assert max(sizes, key=lambda kind: sizes[kind]) == "udenfor"
    assert sizes["udenfor"] >= 300
    assert min(sizes["menneske"], sizes["sag"], sizes["smalltalk"]) >= 100


def test_no_line_stands_under_two_labels(files: dict[Path, list[Line]]) -> None:
    labels: dict[str, set[str]] = defaultdict(set)
    for lines in files.values():
        for text, label in lines:
            labels[key(text)].add(label)
    assert {text: found for text, found in labels.items() if len(found) > 1} == {}


def test_no_line_stands_twice(files: dict[Path, list[Line]]) -> None:
    for path, lines in files.items():
        twice = [text for text, count in Counter(" ".join(text.lower().split()) for text, _ in lines).items() if count > 1]
        assert twice == [], path


def test_no_line_is_rasas_markup(files: dict[Path, list[Line]]) -> None:
    """Brackets would be an entity, a slash at the beginning a command."""
    found = [text for lines in files.values() for text, _ in lines if re.search(r"[\[\]{}]|^[/-]", text) or not text.strip()]
    assert found == []


def test_no_line_holds_a_number_of_a_person(files: dict[Path, list[Line]]) -> None:
    assert [text for lines in files.values() for text, _ in lines if re.search(r"(?<!\d)\d{6}-?\d{4}(?!\d)", text)] == []


def test_the_lines_of_a_service_are_unlike_each_other(files: dict[Path, list[Line]]) -> None:
    """Sixty small variations of one sentence are worth one: few share their first three words."""
    for path, lines in files.items():
        if path.parts[0] == "ydelse":
            starts = Counter(" ".join(fold(text).split()[:3]) for text, _ in lines if len(text.split()) > 4)
            most = max(starts.values())
            assert most <= max(6, len(lines) // 8), (path, starts.most_common(2))


def test_every_test_question_of_a_service_is_new_to_it(files: dict[Path, list[Line]], library: Library) -> None:
    """``knowledge/proever`` tests the understanding, so its questions are not among what it learns."""
    learnt = {key(text) for lines in files.values() for text, _ in lines}
    learnt |= {key(text) for ydelse in library.ydelser.values() for text in ydelse.eksempler}
    seen = [(ident, text) for ident, proeve in library.proever.items() for text in proeve.spoergsmaal if key(text) in learnt]
    assert seen == []


def test_every_service_has_test_questions(library: Library) -> None:
    assert {ident for ident, proeve in library.proever.items() if len(proeve.spoergsmaal) >= 3} == set(library.ydelser)


def test_the_validation_set_knows_only_ids_of_the_catalogue(library: Library) -> None:
    known = {"ydelse": set(library.ydelser), "pakke": set(library.servicepakker), "omraade": set(library.omraader)}
    for path in sorted((settings().data / "validering").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = yaml.safe_load(line)
            assert row["id"] in known.get(row["kind"], {None}), line


def key(text: str) -> str:
    """Folded words; a line of nothing but emoji or punctuation is itself."""
    return " ".join(re.findall(r"\w+", fold(text))) or text
