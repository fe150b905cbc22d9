"""YAML with line numbers, and errors that an editor can act on."""

import pytest

from bot.knowledge.yamlfile import YamlError, parse


def test_every_value_has_its_line() -> None:
    document = parse("id: x\n\n# en bemærkning\nsvar:\n  hvad:\n    tekst: a\nliste:\n  - et\n  - to\n")
    assert document.value == {"id": "x", "svar": {"hvad": {"tekst": "a"}}, "liste": ["et", "to"]}
    assert document.line(("id",)) == 1
    assert document.line(("svar",)) == 4
    assert document.line(("svar", "hvad", "tekst")) == 6
    assert document.line(("liste", 1)) == 9


def test_a_part_that_is_not_there_has_the_line_of_what_should_hold_it() -> None:
    document = parse("a: 1\nb:\n  c: 2\n")
    assert document.line(("b", "mangler")) == 2
    assert document.line(("mangler",)) == 1


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "'a' står her to gange"),
        ("a:\n  b: 1\n  b: 2\n", 3, "'b' står her to gange"),
        ("a: 1\nb:\n\tc: 2\n", 3, "tabulatortegn"),
        ("a: 1\n\tb: 2", 2, "tabulatortegn"),
        ("", 1, "filen er tom"),
        ("# kun en bemærkning\n", 1, "filen er tom"),
        ("a: 1\nb: hvad: så", 2, "anførselstegn om en tekst med kolon"),
        ("a: 'uden slut", 1, "mangler sin afslutning"),
        ("a: [1, 2", 1, "mangler et komma, en afsluttende parentes"),
        ("a: 1\nb: @c", 2, "sæt anførselstegn om"),
        ("a: 1\nb: !c d", 2, "sæt anførselstegn om"),
        ("a: 1\nb: *c", 2, "sæt anførselstegn om"),
        ('a: "C:\\q"', 1, "inde i"),
        ("a: 1\n---\nb: 2", 2, "delt med ---"),
        ("a: 1\nb: x\x07y", 2, "et tegn, som ikke kan bruges"),
        ("a: 1\nb: 2026-02-31", 2, "datoen '2026-02-31' findes ikke"),
        ("a: &x [1]\nb: *x", 1, "henvisninger inde i filen"),
        ("a: &x [*x]", 1, "henvisninger inde i filen"),
        ("a: " + "[" * 5000 + "]" * 5000, 1, "for mange lag"),
    ],
)
def test_what_is_no_yaml_is_told_in_danish_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(YamlError) as caught:
        parse(text)
    assert words in caught.value.message
    assert abs(caught.value.line - line) <= 1 if "[1, 2" in text else caught.value.line == line


def test_no_message_is_english() -> None:
    broken = [
        "a: b: c",
        "- a\nb: 1",
        "  a: 1\n b: 2",
        "a: }",
        "a: |x\n  b",
        "%x",
        "a: {b",
        "? [a]\n: 1",
        "a: - b",
        "a: `x",
        "'a': 'b' c",
    ]
    for text in broken:
        with pytest.raises(YamlError) as caught:
            parse(text)
        assert not {"found", "expected", "not", "did", "while", "could"} & set(caught.value.message.split()), text
