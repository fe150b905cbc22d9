"""Keeps the programs running with Circus: starts, restarts after a crash, stops all, leaves nothing behind.

Circus is used within this process only: its control sockets are ``inproc://``, so that no port and no file opens a
way to command it. Its own log redirection is not used, for in 0.19 it closes a crashed program's pipe before reading
its last lines, and may mix up reused descriptors (circus/stream/redirector.py); see ``log.py``.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import aiohttp
from circus.arbiter import Arbiter
from circus.exc import ConflictError
from circus.watcher import Watcher
from tornado.ioloop import IOLoop

from bot.service.backoff import Backoff
from bot.service.log import Log
from bot.service.parent import Parent
from bot.service.programs import Program

CHILD = Path(__file__).with_name("child.py")
WAIT = "ERHVERV_START_WAIT"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
FAILED_STARTS = 4


class Supervisor:
    """``run`` starts ``programs`` in ``folder`` and returns when they have stopped.

    ``when_ready`` is called once every program has answered; ``grace`` is how many seconds a program has to stop by
    itself. A program that fails ``FAILED_STARTS`` times before all were ready once ends the whole.
    """

    def __init__(
        self,
        programs: Sequence[Program],
        log: Log,
        folder: Path,
        when_ready: Callable[[], None],
        parent: Parent | None = None,
        grace: float = 10.0,
    ) -> None:
        self._programs = programs
        self._log = log
        self._folder = folder
        self._when_ready = when_ready
        self._parent = parent
        self._grace = grace
        self._backoff = {program.name: Backoff() for program in programs}
        self._groups: dict[str, int] = {}
        self._exit_codes: dict[int, int] = {}
        self._ready = False
        self._failed: Program | None = None

    async def run(self) -> int:
        """0 after an orderly stop; 1 when a program could not be started."""
        stop = asyncio.Event()
        self._stop = stop
        watchers = [self._watcher(program) for program in self._programs]
        arbiter = Arbiter(watchers, "inproc://erhverv-control", "inproc://erhverv-events", check_delay=0.5, loop=IOLoop.current())
        self._take_signals(stop)
        tasks = [asyncio.create_task(self._announce()), asyncio.create_task(self._follow_parent())]
        try:
            await arbiter.start()
            await stop.wait()
            self._log.say("Stopper …")
        finally:
            for task in tasks:
                task.cancel()
            await _stop(arbiter)
            for name in self._groups:
                self._sweep(name)
            await asyncio.sleep(0)  # lets Circus close its sockets
        if self._failed:
            self._log.say(
                f"FEJL: {self._failed.title} kan ikke starte; årsagen står i linjerne med »{self._failed.name} |« ovenfor."
            )
            return 1
        self._log.say("Alt er stoppet.")
        return 0

    def _watcher(self, program: Program) -> Any:
        output = str(self._log.pipe(program.name))
        return Watcher(
            program.name,
            sys.executable,
            args=["-I", "-S", str(CHILD), str(os.getpid()), output, WAIT, "--", *program.command],
            working_dir=str(self._folder),
            env={**os.environ, "PYTHONUNBUFFERED": "1", **program.env},
            use_sockets=True,  # keeps inheritable descriptors open: the log pipe
            graceful_timeout=self._grace,
            max_retry=-1,
            hooks={
                "before_spawn": (lambda watcher, **_: self._before_start(program, watcher), False),
                "after_spawn": (lambda pid, **_: self._after_start(program, pid), False),
                "after_reap": (lambda process_pid, exit_code, **_: self._exit_codes.update({process_pid: exit_code}), True),
            },
        )

    def _before_start(self, program: Program, watcher: Any) -> bool:
        backoff = self._backoff[program.name]
        wait = backoff.next_wait(time.monotonic())
        if program.name in self._groups:
            code = self._exit_codes.pop(self._groups[program.name], None)
            self._sweep(program.name)
            how = "" if code is None else f" (signal {-code})" if code < 0 else f" (kode {code})"
            self._log.say(f"{program.title} stoppede uventet{how} og startes igen{f' om {wait:.0f} s' if wait else ''}.")
            if not self._ready and backoff.failures >= FAILED_STARTS:
                self._failed = program
                self._stop.set()
        watcher.env[WAIT] = str(wait)
        return True

    def _after_start(self, program: Program, pid: int) -> bool:
        self._groups[program.name] = pid  # Circus makes each the leader of a session of its own
        return True

    def _sweep(self, name: str) -> None:
        """End what a program that is gone has itself started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._groups[name], signal.SIGKILL)

    def _take_signals(self, stop: asyncio.Event) -> None:
        loop = asyncio.get_running_loop()

        def on_signal() -> None:
            if stop.is_set():  # asked twice: no more patience
                for name in self._groups:
                    self._sweep(name)
            stop.set()

        # After the Arbiter has been made, which takes the signals for itself: SIGHUP would reload.
        for number in SIGNALS:
            loop.add_signal_handler(number, on_signal)

    async def _follow_parent(self) -> None:
        while self._parent and not self._stop.is_set():
            if self._parent.wants_stop():
                self._stop.set()
            await asyncio.sleep(0.5)

    async def _announce(self) -> None:
        timeout = aiohttp.ClientTimeout(total=3)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            await asyncio.gather(*(_answers(session, program.ready_url) for program in self._programs))
        self._ready = True
        self._when_ready()


async def _stop(arbiter: Any) -> None:
    # Circus refuses a command while it is at another, such as its regular look at the processes: end that first.
    if arbiter.ctrl.caller:
        arbiter.ctrl.caller.stop()
    while True:
        try:
            await arbiter.stop()
            return
        except ConflictError:
            await asyncio.sleep(0.05)


async def _answers(session: aiohttp.ClientSession, url: str) -> None:
    while True:
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with session.get(url) as response:
                if response.status == 200:
                    return
        await asyncio.sleep(0.3)
