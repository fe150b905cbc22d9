"""``erhverv evaluate FILE.jsonl``: top-1, among three, kinds, confusion pairs, calibration."""

from pathlib import Path

import click


@click.command(
    help="Mål forståelsen på linjer med text, kind og id. Ydelser, som én sætning sjældent skelner (svaere-par.yml), "
    "tælles som én."
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Score and print."""
    from bot.knowledge import load_library
    from bot.nlu.evaluation import read, report, score
    from bot.nlu.stored import load_ranker
    from bot.settings import settings

    try:
        lines = read(file)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    library, _, _ = load_library(settings().knowledge)
    ranker = load_ranker()
    click.echo(report(score(lines, [ranker.understand(line.text) for line in lines], library.svaere_par)))
