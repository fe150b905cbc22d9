"""``erhverv train``: train when what the model is trained from has changed."""

import sys

import click


@click.command(help="Træn sprogmodellen, hvis det, den er trænet på, er ændret.")
@click.option("--force", is_flag=True, help="Træn, også når den er aktuel.")
def command(force: bool) -> None:
    """Train, or say that the model is up to date; one line on stderr and exit code 1 where it can't be trained."""
    from bot.service import model
    from bot.service.problem import StartProblem

    try:
        if force:
            model.train()
        elif model.is_stale():
            model.ensure()
        else:
            click.echo("Sprogmodellen er aktuel.")
    except StartProblem as problem:
        click.echo(f"FEJL: {problem}", err=True)
        sys.exit(1)
