"""``erhverv extract SLOT``: answers on stdin, ``{"text","value"}`` a line."""

import click


@click.command(
    help='Læs svar på spørgsmålet SLOT fra stdin og skriv {"text","value"} pr. linje; null, hvor der ikke er noget svar.'
)
@click.argument("slot")
def command(slot: str) -> None:
    """Read each line as an answer to the question."""
    from bot.commands.lines import each_line
    from bot.svar import SLOTS, extract

    if slot not in SLOTS:
        raise click.UsageError(f"kender ikke '{slot}'; vælg en af {', '.join(sorted(SLOTS))}")
    each_line(lambda text: {"text": text, "value": extract(slot, text)})
