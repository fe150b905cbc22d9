"""A package's flow as a Mermaid flowchart: its questions in order, its decision table, and what each outcome leads to."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.library import Library
from bot.knowledge.schema.servicepakke import Kriterium, Servicepakke
from bot.screening.case import FRONT
from bot.screening.condition_text import told
from bot.screening.steps import question

Ends = list[tuple[str, str]]  # nodes that lead on to what comes next, with the words on the arrow


def document(pakker: list[Servicepakke], command: str, library: Library) -> str:
    """A Markdown page with a chart of each package."""
    parts = [library.text("tegning", "dokument", antal=len(pakker), kommando=command)]
    parts += [f"## {pakke.navn}\n\n```mermaid\n{draw(pakke, library)}\n```" for pakke in pakker]
    return "\n\n".join(parts) + "\n"


def draw(pakke: Servicepakke, library: Library) -> str:
    """The chart of one package, without a final newline."""
    return "\n".join(["flowchart TD", *(f"    {line}" for line in _lines(pakke, library))])


def _lines(pakke: Servicepakke, library: Library) -> Iterator[str]:
    yield f"start([{_quoted(library.text('tegning', 'begynd'))}])"
    ends: Ends = [("start", "")]
    for number, step in enumerate(pakke.spoergsmaal, start=1):
        node = f"q_{step.slot}"
        asked = question(step.slot, library, pakke)
        yield f"{node}[{_quoted(f'{number}. {asked.tekst if asked else step.slot}')}]"
        condition = told(step.naar, library)
        label = library.text("tegning", "hvis", hvad=condition) if condition else ""
        yield from (_arrow(end, node, label or words) for end, words in ends)
        skipped = [(end, library.text("tegning", "ellers")) for end, _ in ends] if condition else []
        ends = [(node, ""), *skipped]
    yield from _table(pakke, ends, library)
    yield from _offer(pakke, library)
    yield from _front(library)


def _table(pakke: Servicepakke, ends: Ends, library: Library) -> Iterator[str]:
    for number, rule in enumerate(pakke.kriterier, start=1):
        outcome, lines = _outcome(number, rule, library)
        if rule.naar is not None:
            node = f"k{number}"
            yield f"{node}{{{_quoted(told(rule.naar, library))}}}"
            yield from (_arrow(end, node, words) for end, words in ends)
            ends = [(node, library.text("tegning", "nej"))]
            yield _arrow(node, outcome, library.text("tegning", "ja"))
        else:
            yield from (_arrow(end, outcome, words) for end, words in ends)
        yield from lines


def _outcome(number: int, rule: Kriterium, library: Library) -> tuple[str, list[str]]:
    """The node that a line of the table leads to, and what hangs on it."""
    if rule.udfald == "passer":
        lines = [_arrow("passer", _node("e", ident)) for ident in rule.henvis_til]
        return "passer", lines + [_external(ident, library) for ident in rule.henvis_til]
    node = f"u{number}"
    lines = [f"{node}[{_quoted(library.text('tegning', f'udfald_{rule.udfald}'))}]"]
    if rule.anden_pakke:
        other = library.servicepakker.get(rule.anden_pakke)
        name = library.text("tegning", "anden_pakke", navn=other.navn if other else rule.anden_pakke)
        lines += [f"{_node('p', rule.anden_pakke)}([{_quoted(name)}])", _arrow(node, _node("p", rule.anden_pakke))]
    for ident in rule.ydelser:
        lines += [_service(ident, library), _arrow(node, _node("y", ident))]
    for ident in rule.henvis_til:
        lines += [_external(ident, library), _arrow(node, _node("e", ident))]
    if rule.udfald == "person":
        lines.append(_arrow(node, "front"))
    return node, lines


def _offer(pakke: Servicepakke, library: Library) -> Iterator[str]:
    always = library.text("tegning", "altid")
    yield f"passer[{_quoted(library.text('tegning', 'udfald_passer'))}]"
    for item in pakke.ydelser:
        yield _service(item.id, library)
        yield _arrow("passer", _node("y", item.id), told(item.naar, library) or always)
    for number, version in enumerate(pakke.versioner, start=1):
        yield f"v{number}[{_quoted(library.text('tegning', 'version', navn=version.navn))}]"
        yield _arrow("passer", f"v{number}", told(version.naar, library))
        for item in version.ydelser:
            yield _service(item.id, library)
            yield _arrow(f"v{number}", _node("y", item.id), told(item.naar, library))
    for referral in pakke.henvisninger:
        yield _external(referral.til, library)
        yield _arrow("passer", _node("e", referral.til), told(referral.naar, library) or always)
    yield f"team[[{_quoted(_unit(pakke.team, library))}]]"
    yield _arrow("passer", "team")


def _front(library: Library) -> Iterator[str]:
    yield f"front[[{_quoted(_unit(FRONT, library))}]]"


def _unit(ident: str, library: Library) -> str:
    unit = library.enheder.get(ident)
    return library.text("tegning", "modtager", navn=unit.navn if unit else ident)


def _service(ident: str, library: Library) -> str:
    ydelse = library.ydelser.get(ident)
    return f"{_node('y', ident)}([{_quoted(library.text('tegning', 'ydelse', navn=ydelse.navn if ydelse else ident))}])"


def _external(ident: str, library: Library) -> str:
    body = library.eksterne.get(ident)
    return f"{_node('e', ident)}([{_quoted(library.text('tegning', 'henvisning', navn=body.navn if body else ident))}])"


def _node(kind: str, ident: str) -> str:
    """A name for a node; hyphens could be read as the beginning of an arrow."""
    return f"{kind}_{ident}".replace("-", "_")


def _arrow(start: str, end: str, label: str = "") -> str:
    return f"{start} -->|{_quoted(label)}| {end}" if label else f"{start} --> {end}"


def _quoted(text: str) -> str:
    """A label: Mermaid reads its own signs and line breaks in an unquoted one, and a quotation mark would end it."""
    return '"' + " ".join(text.split()).replace('"', "#quot;") + '"'
