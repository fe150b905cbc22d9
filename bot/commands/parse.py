"""``erhverv parse``: messages on stdin, one JSON object a line."""

import click


@click.command(help='Læs beskeder fra stdin og skriv ét JSON-objekt pr. linje: {"text","kind","id","confidence","candidates"}.')
def command() -> None:
    """Understand each line as a first message."""
    from bot.commands.lines import each_line
    from bot.nlu.stored import load_ranker

    ranker = load_ranker()
    each_line(lambda text: ranker.understand(text).as_dict())
