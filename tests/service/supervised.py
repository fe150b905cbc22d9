"""Runs the supervisor over dummies: supervised.py NAME=PORT[:MODE] …"""

import asyncio
import sys
from pathlib import Path

from bot.service.log import Log
from bot.service.parent import under_make
from bot.service.programs import Program
from bot.service.supervisor import Supervisor

HERE = Path(__file__).parent


def program(argument: str) -> Program:
    name, _, rest = argument.partition("=")
    port, _, mode = rest.partition(":")
    command = (sys.executable, str(HERE / "dummy.py"), port, mode)
    return Program(name, f"prøven {name}", command, f"http://127.0.0.1:{port}/", "127.0.0.1", int(port))


if __name__ == "__main__":
    log = Log(sys.stdout.buffer, width=3)
    supervisor = Supervisor([program(each) for each in sys.argv[1:]], log, HERE, lambda: log.say("KLAR"), under_make(), grace=1.0)
    try:
        sys.exit(asyncio.run(supervisor.run()))
    finally:
        log.close()
