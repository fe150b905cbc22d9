"""``erhverv sag NUMBER``: the henvendelse in the contract's shape."""

import json

import click


@click.command(help="Vis henvendelsen med det nummer som JSON.")
@click.argument("number")
def command(number: str) -> None:
    """Print it, or say that there is none and end with 1."""
    from bot.settings import settings
    from connectors.crm.henvendelser import som_json
    from connectors.database import engine_for
    from connectors.migrate import upgrade

    upgrade(settings().database)
    found = som_json(engine_for(settings().database), number)
    if found is None:
        raise click.ClickException(f"der er ingen henvendelse med nummeret {number}")
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))
