"""``erhverv train``: train when what the model is trained from has changed."""

import click


@click.command(help="Træn sprogmodellen, hvis det, den er trænet på, er ændret.")
@click.option("--force", is_flag=True, help="Træn, også når den er aktuel.")
def command(force: bool) -> None:
    """Train, or say that the model is up to date."""
    from bot.service import model

    if force or model.is_stale():
        model.train()
    else:
        click.echo("Sprogmodellen er aktuel.")
