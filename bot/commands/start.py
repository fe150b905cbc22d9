"""``erhverv start``: what ``make run`` runs once everything is installed."""

import sys

import click


@click.command(help="Start hele assistenten: web, Rasa og handlinger. Ctrl-C stopper det hele.")
def command() -> None:
    """Run until stopped."""
    from bot.service.start import start

    sys.exit(start())
