"""``erhverv ablation FILE.jsonl…``: what each part of the understanding gives, as a Markdown table."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.nlu.ablation import Row
    from bot.nlu.evaluation import Line

BEGIN, END = "<!-- ablation: skrevet af kommandoen, ret ikke her -->", "<!-- ablation slut -->"


@click.command(
    help="Træn udgaver af forståelsen uden, med mere eller med andet af hver del, og mål dem på linjer med text, kind og id. "
    "Det tager nogle minutter. Fremdriften skrives på stderr, tabellen på stdout."
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--skriv", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Skriv tabellen ind i filen i stedet."
)
def command(files: tuple[Path, ...], skriv: Path | None) -> None:
    """Measure and print, or put the table between the marks of a page."""
    from bot.knowledge import load_library
    from bot.nlu.ablation import measure, variants
    from bot.nlu.evaluation import read
    from bot.nlu.ranker import lines_of
    from bot.settings import settings

    if skriv is not None:
        spliced(skriv, "")  # a page without marks is told before minutes of training, not after
    try:
        scored = [read(file) for file in files]
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    library, _, _ = load_library(settings().knowledge)
    learnt = lines_of(settings().data, library)
    rows = measure(
        variants(settings().data, library),
        scored,
        library,
        lambda line: click.echo(line, err=True),
        warm_up=[text for texts in learnt.values() for text in texts],
    )
    sizes = sorted(len(texts) for label, texts in learnt.items() if label.startswith("ydelse/"))
    page = document(rows, list(zip(map(_shown, files), scored, strict=True)), called(files, skriv), sizes)
    if skriv is None:
        click.echo(page)
        return
    try:
        skriv.write_text(spliced(skriv, page), encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{skriv} kan ikke skrives: {error.strerror}") from error
    click.echo(f"Skrevet til {skriv}.")


def document(rows: Sequence[Row], files: Sequence[tuple[str, Sequence[Line]]], call: str, sizes: Sequence[int]) -> str:
    """The tables, one a file, with the command that made them. ``sizes``: lines of each service in the full recipe, sorted."""
    parts = [f"    {call}"]
    if sizes:
        middle = sizes[len(sizes) // 2]
        parts.append(
            f"Hele opskriften lærer af {sizes[0]}-{sizes[-1]} linjer pr. ydelse (median {middle}), redaktørernes talt med."
        )
    for place, (name, lines) in enumerate(files):
        services = sum(line.kind == "ydelse" for line in lines)
        parts.append(f"**`{name}`**: {len(lines)} linjer, {services} af dem om en ydelse")
        parts.append("\n".join([*_head(), *(_line(row, place) for row in rows)]))
    return "\n\n".join(parts)


def spliced(page: Path, text: str) -> str:
    """The page with ``text`` between its marks.

    Raises:
        ClickException: when the page can't be read or does not have both marks, in order; nothing is written.
    """
    try:
        before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{page} kan ikke læses: {error}") from error
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise click.ClickException(f"{page} mangler mærkerne {BEGIN} og {END}, som tabellen skal stå imellem")
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"


def called(files: Sequence[Path], page: Path | None) -> str:
    """The command, to stand beside its table; of a path from the root only the name."""
    words = ["erhverv", "ablation", *(["--skriv", _shown(page)] if page else []), *map(_shown, files)]
    return ".venv/bin/" + shlex.join(words)


def _shown(path: Path) -> str:
    return path.name if path.is_absolute() else path.as_posix()


def _head() -> list[str]:
    titles = ["top-1", "blandt tre", "bedste bud", "slags"]
    short = ["top-1", "slags"]
    names = ["udgave", *titles, *(f"{title} (slåfejl)" for title in short), *(f"{title} (uden æøå)" for title in short)]
    names.append("træningstid")
    return ["| " + " | ".join(names) + " |", "|---|" + "---:|" * (len(names) - 1)]


def _line(row: Row, place: int) -> str:
    plain, spoilt, lettered = row.figures[place]
    shares = [plain.top, plain.among, plain.guess, plain.kind, spoilt.top, spoilt.kind, lettered.top, lettered.kind]
    return f"| {row.name} | " + " | ".join("–" if share is None else f"{share:.3f}" for share in shares) + f" | {row.ratio:.2f} |"
