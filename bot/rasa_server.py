"""``python -m bot.rasa_server``: ``rasa run`` as this project runs it, with what it never uses left out (``bot.stand_ins``).

Its arguments are those of ``rasa run``. A plain ``rasa run`` in this folder does the same with more memory.
"""

from __future__ import annotations

import sys

from bot import stand_ins


def main() -> None:
    """Serve until told to stop."""
    stand_ins.install()
    from rasa.__main__ import main as rasa

    sys.argv = ["rasa", "run", *sys.argv[1:]]
    rasa()


if __name__ == "__main__":
    main()
