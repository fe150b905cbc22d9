"""``erhverv start``: everything on one machine, until it is told to stop."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.service.checks import check_disk, check_folder, check_mail_settings, check_ports, checked_desk_settings, checked_settings
from bot.service.log import Log
from bot.service.model import ensure
from bot.service.parent import Parent, under_make
from bot.service.problem import StartProblem
from bot.service.programs import Program, programs
from bot.service.supervisor import Supervisor
from bot.settings import ROOT, Settings

if TYPE_CHECKING:
    from connectors.desk.demo import Login
    from connectors.desk.settings import DeskSettings


def start() -> int:
    """Check, migrate, train if stale, run; the exit code. Every expected hindrance is one Danish line on stderr."""
    parent = under_make()
    try:
        return _start(parent)
    except StartProblem as problem:
        print(f"FEJL: {problem}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nAfbrudt.", file=sys.stderr, flush=True)
        return 130


def _start(parent: Parent | None) -> int:
    values, desk = checked_settings(), checked_desk_settings()
    check_mail_settings()
    check_folder(values.var)
    check_disk(values.var)
    found = programs(values)
    check_ports(_ports(found), values.port)
    migrate(values)
    demo = demo_logins(values, desk)
    if values.rasa_url is None:
        ensure(parent=parent)
        check_ports(_ports(found), values.port)  # training took minutes
    log = Log(sys.stdout.buffer, width=max(len(program.name) for program in found))
    log.say("Starter …")
    try:
        supervisor = Supervisor(found, log, ROOT, lambda: _tell(log, values, demo), parent)
        return asyncio.run(supervisor.run())
    finally:
        log.close()


def migrate(values: Settings) -> None:
    """The database at its newest schema, or a problem that names the database without its password."""
    from connectors.migrate import upgrade

    try:
        upgrade(values.database)
    except SQLAlchemyError as error:
        address = make_url(values.database).render_as_string(hide_password=True)
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise StartProblem(f"Databasen {address} kan ikke bruges: {reason}. Ret DATABASE_URL, eller start databasen.") from error


def demo_logins(values: Settings, desk: DeskSettings) -> list[Login]:
    """Whom one can log in as at the desk without being anybody, on the embedded default."""
    from connectors.crm.tid import nu
    from connectors.database import engine_for
    from connectors.desk.demo import sikr

    engine = engine_for(values.database)
    try:
        return sikr(engine, values, desk, nu())
    except OSError as error:
        raise StartProblem(f"Demologin kan ikke gemmes i {values.var}: {error.strerror}. Ret mappens rettigheder.") from error
    finally:
        engine.dispose()


def _ports(found: list[Program]) -> list[tuple[str, int, str]]:
    return [(program.host, program.port, program.title) for program in reversed(found)]


def _tell(log: Log, values: Settings, demo: Sequence[Login]) -> None:
    for line in addresses(values, demo):
        log.say(line)


def addresses(values: Settings, demo: Sequence[Login] = ()) -> list[str]:
    """What to open and whom to log in as, for whoever started it."""
    host = "127.0.0.1" if values.host in ("0.0.0.0", "::") else values.host  # noqa: S104 (compared, not bound)
    return [
        "",
        f"Erhvervsassistenten kører: http://{host}:{values.port}/",
        f"Medarbejdernes desk:       http://{host}:{values.port}/desk",
        *_demo_lines(demo),
        "Ctrl-C stopper den.",
        "",
    ]


def _demo_lines(demo: Sequence[Login]) -> list[str]:
    if not demo:
        return []
    heading = "Demologin til desken (opdigtede personer, kun fra denne maskine; ERHVERV_DEMO=false lukker dem):"
    wide = max(len(login.brugernavn) for login in demo)
    return [heading, *(f"  {login.brugernavn:<{wide}}  {login.kode}  {login.rolle}" for login in demo)]
