"""``erhverv extract SLOT``: answers on stdin, ``{"text","value"}`` a line."""

import json
import sys

import click


@click.command(
    help='Læs svar på spørgsmålet SLOT fra stdin og skriv {"text","value"} pr. linje; null, hvor der ikke er noget svar.'
)
@click.argument("slot")
def command(slot: str) -> None:
    """Read each line as an answer to the question."""
    from bot.svar import SLOTS, extract

    if slot not in SLOTS:
        raise click.UsageError(f"kender ikke '{slot}'; vælg en af {', '.join(sorted(SLOTS))}")
    for line in sys.stdin:
        text = line.rstrip("\n")
        sys.stdout.write(json.dumps({"text": text, "value": extract(slot, text)}, ensure_ascii=False) + "\n")
