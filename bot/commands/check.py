"""``erhverv check``: every error of every file in one run, ``path:line: message``."""

import os
import sys
from pathlib import Path

import click


@click.command(
    help="Kontrollér redaktørernes filer. Uden PATH: hele knowledge/. Skriver alle fejl og slutter med 1, hvis der er nogen."
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def command(paths: tuple[Path, ...]) -> None:
    """Check the folder, or show only the errors of the files named."""
    from bot.knowledge.check import check
    from bot.settings import settings

    found = check(settings().knowledge, paths)
    for folder, problem in found:
        click.echo(f"{os.path.relpath(folder / problem.path)}:{problem.line}: {problem.message}")
    if found:
        click.echo(f"{len(found)} fejl.", err=True)
        sys.exit(1)
    click.echo("Alle filer er i orden.")
