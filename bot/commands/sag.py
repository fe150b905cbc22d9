"""``erhverv sag NUMBER``: the henvendelse in the contract's shape."""

import json

import click


@click.command(help="Vis henvendelsen med det nummer som JSON.")
@click.argument("number")
def command(number: str) -> None:
    """Print it, or say that there is none and end with 1."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.settings import settings
    from connectors.crm.henvendelser import som_json
    from connectors.database import engine_for
    from connectors.migrate import upgrade

    try:
        upgrade(settings().database)
        found = som_json(engine_for(settings().database), number)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise click.ClickException(f"databasen kan ikke bruges: {reason}") from error
    if found is None:
        raise click.ClickException(f"der er ingen henvendelse med nummeret {number}")
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))
