"""``erhverv tegn PAKKE``: a package's flow as a Mermaid chart, from its file."""

from pathlib import Path

import click


@click.command(help="Tegn forløbet i en eller flere servicepakker som et Mermaid-diagram ud fra deres filer.")
@click.argument("pakker", nargs=-1, metavar="PAKKE...")
@click.option("--alle", is_flag=True, help="Tegn alle servicepakker.")
@click.option("--ud", type=click.Path(dir_okay=False, path_type=Path), help="Skriv en Markdown-side til filen i stedet.")
def command(pakker: tuple[str, ...], alle: bool, ud: Path | None) -> None:
    """Print the charts, or write them to a page."""
    from bot.knowledge import load_library
    from bot.screening.drawing import document, draw
    from bot.settings import settings

    library, _, _ = load_library(settings().knowledge)
    chosen = tuple(library.servicepakker) if alle else pakker
    known = ", ".join(library.servicepakker)
    if not chosen:
        raise click.UsageError(f"skriv, hvilken pakke der skal tegnes: {known}")
    unknown = [name for name in chosen if name not in library.servicepakker]
    if unknown:
        raise click.ClickException(f"kender ikke {', '.join(unknown)}; vælg en af {known}")
    drawn = [library.servicepakker[name] for name in chosen]
    if ud is None:
        click.echo("\n\n".join(draw(pakke, library) for pakke in drawn))
        return
    names = "--alle" if alle else " ".join(chosen)
    try:
        ud.write_text(
            document(drawn, f".venv/bin/erhverv tegn {names} --ud {ud.name if ud.is_absolute() else ud.as_posix()}", library),
            encoding="utf-8",
        )
    except OSError as error:
        raise click.ClickException(f"{ud} kan ikke skrives: {error.strerror}") from error
    click.echo(f"Skrevet til {ud}.")
