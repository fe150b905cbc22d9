"""``erhverv parse``: messages on stdin, one JSON object a line."""

import json
import sys

import click


@click.command(help='Læs beskeder fra stdin og skriv ét JSON-objekt pr. linje: {"text","kind","id","confidence","candidates"}.')
def command() -> None:
    """Understand each line as a first message."""
    from bot.nlu.stored import load_ranker

    ranker = load_ranker()
    for line in sys.stdin:
        found = ranker.understand(line.rstrip("\n"))
        sys.stdout.write(json.dumps(found.as_dict(), ensure_ascii=False) + "\n")
