"""``erhverv``: the command line of the project (contract, "Commands")."""

from __future__ import annotations

import importlib

import click

COMMANDS = {
    "start": "Start hele assistenten",
    "train": "Træn sprogmodellen, hvis den er forældet",
    "parse": "Forstå beskeder, én pr. linje fra stdin",
    "extract": "Læs svar på et spørgsmål, ét pr. linje fra stdin",
    "evaluate": "Mål forståelsen på en fil med kendte svar",
    "ablation": "Mål, hvad hver del af forståelsen giver",
    "check": "Kontrollér redaktørernes filer",
    "sag": "Vis en henvendelse som JSON",
    "medarbejder": "Opret en medarbejder på desken, eller giv en ny engangskode",
    "tegn": "Tegn en servicepakkes forløb",
    "api-token": "Giv et andet system adgang til API'et",
}


class Lazy(click.Group):
    """Imports a subcommand's module only when it is called, so that ``erhverv check`` does not wait for Rasa."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every subcommand, in the order of ``COMMANDS``."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand, or None where there is no such."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"bot.commands.{cmd_name.replace('-', '_')}").command
        return command if isinstance(command, click.Command) else None


@click.group(cls=Lazy, help="Københavns Kommunes erhvervsassistent.")
def main() -> None:
    """The entry point."""
