"""``erhverv api-token NAVN --scope laes``: let another system use the API."""

import click

SCOPES = ("laes", "skriv", "admin")


@click.command(help="Giv et andet system adgang til API'et. Nøglen vises kun denne ene gang.")
@click.argument("navn")
@click.option(
    "--scope", "scopes", multiple=True, required=True, type=click.Choice(SCOPES), help="Hvad systemet må; kan gentages."
)
def command(navn: str, scopes: tuple[str, ...]) -> None:
    """Print the token alone on stdout, so that it can go straight into a file; or say what is wrong and end with 1."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.settings import settings
    from connectors.api import tokens
    from connectors.crm.tid import nu
    from connectors.database import engine_for
    from connectors.migrate import upgrade

    try:
        upgrade(settings().database)
        token = tokens.lav(engine_for(settings().database), navn, scopes, nu())
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise click.ClickException(f"databasen kan ikke bruges: {reason}") from error
    click.echo(f"Nøglen til {navn} vises kun nu. Gem den sikkert:", err=True)
    click.echo(token)
