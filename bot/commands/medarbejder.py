"""``erhverv medarbejder BRUGERNAVN``: the first administrator of the desk, or a way back in for one who is locked out."""

from __future__ import annotations

import click

ROLLER = ("front", "konsulent", "backoffice", "redaktør", "analytiker", "admin")


@click.command(help="Opret en medarbejder på desken. Engangskoden vises én gang.")
@click.argument("brugernavn")
@click.option("--navn", help="Fulde navn. Skal med, når der oprettes.")
@click.option("--rolle", "roller", multiple=True, type=click.Choice(ROLLER), help="Kan gentages. Uden den: admin.")
@click.option("--enhed", "enheder", multiple=True, help="Enhedens id, som det hedder i knowledge/enheder. Kan gentages.")
@click.option("--ny-kode", is_flag=True, help="Giv en, der findes, en ny engangskode, og luk op for dem.")
def command(brugernavn: str, navn: str | None, roller: tuple[str, ...], enheder: tuple[str, ...], ny_kode: bool) -> None:
    """Create, or with ``--ny-kode`` reset; prints the one-time password, which nothing else remembers."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.settings import settings
    from connectors.database import engine_for
    from connectors.desk import skal
    from connectors.desk.medarbejdere import Ugyldig, Ukendt
    from connectors.migrate import upgrade

    values = settings()
    try:
        upgrade(values.database)
        engine = engine_for(values.database)
        if ny_kode:
            kode = skal.ny_kode(engine, brugernavn)
        else:
            kode = skal.opret(engine, values.knowledge, brugernavn, navn or "", roller or ("admin",), enheder)
    except Ukendt:
        raise click.ClickException(f"der er ingen medarbejder med brugernavnet {brugernavn}") from None
    except Ugyldig as ugyldig:
        raise click.ClickException(" ".join(ugyldig.fejl.values())) from None
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise click.ClickException(f"databasen kan ikke bruges: {reason}") from error
    click.echo(f"Brugernavn:  {brugernavn.strip().casefold()}")
    click.echo(f"Engangskode: {kode}")
    click.echo("Koden vises ikke igen og skal skiftes ved første log-ind.")
