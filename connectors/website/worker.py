"""Answers what is stored: each conversation's messages in order, several conversations at once, also after a kill.

Nothing is remembered but what is in the database: a sweep finds every unanswered message there, whoever took it in.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Engine

from connectors.crm.opbevaring import maaneder_foer, slet_personoplysninger
from connectors.database import off_loop
from connectors.group_commit import committed
from connectors.website import answers, erase, koe, lease, store, vagt
from connectors.website.incident import log_incident, new_reference
from connectors.website.koe import DESK
from connectors.website.lease import Lease, Pending
from connectors.website.metrics import Metrics
from connectors.website.notifier import Notifier
from connectors.website.rasa_client import Answer, RasaClient, RasaFailed
from connectors.website.settings import WebsiteSettings
from connectors.website.texts import Knowledge, apology, stale_button
from connectors.website.vagt import Graenser

logger = logging.getLogger(__name__)

DAY_SECONDS = 24 * 60 * 60
LINE = 4  # times as many conversations as are answered at once may stand in line here
LONG_SECONDS = 1.0  # in line; what another gateway has done to a conversation meanwhile is looked up after so long
REST_SECONDS = 10.0  # after an error of our own, such as a database out of reach


class Worker:
    """The background tasks of one gateway, known to the others as ``name``; ``lease`` is what it takes a conversation for."""

    def __init__(
        self, engine: Engine, rasa: RasaClient, knowledge: Knowledge, notifier: Notifier, metrics: Metrics,
        settings: WebsiteSettings, graenser: Graenser, name: str, clock: Callable[[], dt.datetime],
    ) -> None:  # fmt: skip
        self._engine = engine
        self._rasa = rasa
        self._knowledge = knowledge
        self._notifier = notifier
        self._metrics = metrics
        self._settings = settings
        self._graenser = graenser
        self.lease = Lease(name, settings.lease_seconds)
        self._clock = clock
        self._running: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._resting: dict[str, float] = {}
        self._room = asyncio.Semaphore(settings.parallel_conversations)
        self._loops: list[asyncio.Task[None]] = []
        self._purged = -DAY_SECONDS * 2.0
        self._aftryk: object = None

    async def start(self) -> None:
        """Begin, with what was left unanswered."""
        try:
            await off_loop(lease.release, self._engine, self.lease.worker)
        except Exception as error:  # the database may come later; the sweep waits for it
            log_incident(logger, "databasen kan ikke nås ved start", error)
        self._graenser = replace(self._graenser, fra=self._clock())
        self._loops = [asyncio.create_task(self._sweeping())]

    async def stop(self) -> None:
        """End; what is unanswered then stays so in the database, and is answered after the next start."""
        tasks = [*self._loops, *self._running.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        try:
            await off_loop(lease.release, self._engine, self.lease.worker)
        except Exception as error:
            log_incident(logger, "samtalerne kunne ikke frigives", error)

    @property
    def free(self) -> bool:
        """Whether a message could be answered soon; where not, another gateway may be sooner."""
        return len(self._running) < LINE * self._settings.parallel_conversations

    def wake(self, samtale_id: str, pending: Pending | None = None) -> None:
        """There is something to answer in this conversation; ``pending`` where it has been taken for that."""
        if samtale_id in self._running:
            self._again.add(samtale_id)
            return
        task = asyncio.create_task(self._drain(samtale_id, pending))
        self._running[samtale_id] = task
        task.add_done_callback(lambda done: self._ended(samtale_id, done))

    def _ended(self, samtale_id: str, task: asyncio.Task[None]) -> None:
        self._running.pop(samtale_id, None)
        again = samtale_id in self._again
        self._again.discard(samtale_id)
        if task.cancelled():
            return
        if error := task.exception():
            log_incident(logger, f"samtale {samtale_id} kunne ikke besvares; prøver igen", error)
            self._resting[samtale_id] = time.monotonic() + REST_SECONDS
        elif again:
            self.wake(samtale_id)

    async def _drain(self, samtale_id: str, pending: Pending | None) -> None:
        begun = time.monotonic()
        async with self._room:
            changed = samtale_id in self._again or time.monotonic() - begun > LONG_SECONDS
            if pending is not None and changed:  # it may be erased by now, or a person's
                pending = await off_loop(lease.still, self._engine, pending)
            if pending is None:  # none, too, where another replica has it; the sweep looks again
                pending = await committed(lease.take, self._engine, samtale_id, self.lease, self._clock())
            while pending is not None:
                pending = await self._answer(pending)

    async def _answer(self, pending: Pending) -> Pending | None:
        """Answer it. Returns what is to be answered next."""
        begun = time.monotonic()
        self._notifier.tell(pending.samtale_id, {"type": "typing", "from": "bot", "on": True})
        answer = Answer([stale_button(self._knowledge.current)]) if pending.stale else await self._ask(pending)
        try:
            saved = await self._save(pending, answer)
        except Exception as error:
            # if it is the answer that can't be stored, the apology can; if it is the database, this raises again
            reference = log_incident(logger, f"svaret i samtale {pending.samtale_id} kunne ikke gemmes", error)
            answer = Answer([apology(self._knowledge.current, reference)])
            saved = await self._save(pending, answer)
        if saved.stored:
            self._metrics.count("erhverv_answers_total")
            self._metrics.answered(time.monotonic() - begun)
            if any(map(answers.is_handover, answer.messages)):
                self._metrics.count("erhverv_handovers_total", haendelse="i_koe")
                self._notifier.wake(DESK)
        else:
            self._metrics.count("erhverv_dropped_answers_total")
        self._notifier.wake(pending.samtale_id, saved.news)
        return saved.next

    async def _save(self, pending: Pending, answer: Answer) -> answers.Saved:
        library = self._knowledge.current
        return await committed(answers.save_answer, self._engine, pending, answer, self._clock(), library, self.lease)

    async def _ask(self, pending: Pending) -> Answer:
        reference = new_reference()
        try:
            return await self._rasa.ask(pending)
        except RasaFailed as failure:
            reason = failure.reason
            logger.error(
                "%s: intet svar fra Rasa i samtale %s, besked %d (%s)", reference, pending.samtale_id, pending.seq, reason
            )
        except Exception as error:
            reason = "uventet"
            log_incident(logger, f"Rasa kunne ikke spørges i samtale {pending.samtale_id}", error, reference)
        self._metrics.count("erhverv_failures_total", aarsag=reason)
        return Answer([apology(self._knowledge.current, reference)])

    async def _sweeping(self) -> None:
        failing = False
        while True:
            try:
                await self._sweep()
                failing = False
            except Exception as error:
                if not failing:  # once, not every second
                    log_incident(logger, "databasen kan ikke læses; prøver igen", error)
                failing = True
            await asyncio.sleep(self._settings.sweep_seconds)

    async def _sweep(self) -> None:
        """Find what is unanswered, keep what is ours, tell what others have added, and once a day delete what is old."""
        if self._running:
            await off_loop(lease.renew, self._engine, self.lease, self._clock())
        for samtale_id in await off_loop(answers.waiting, self._engine):
            if samtale_id not in self._running and self._resting.get(samtale_id, 0.0) <= time.monotonic():
                self._resting.pop(samtale_id, None)
                self.wake(samtale_id)
        if watched := self._notifier.watched():
            self._notifier.look(await off_loop(store.last_seqs, self._engine, watched))
        await self._watch_over()
        if time.monotonic() - self._purged > DAY_SECONDS:
            before = self._clock() - dt.timedelta(days=self._settings.keep_conversations_days)
            if count := await off_loop(erase.purge, self._engine, before):
                logger.info("%d samtaler ældre end %d dage er slettet", count, self._settings.keep_conversations_days)
            await self._erase_old_cases()
            self._purged = time.monotonic()  # only now: what failed is tried again with the next look, not tomorrow

    async def _watch_over(self) -> None:
        """Those who wait for a person, and those who have one; and what other gateways have done to them."""
        for haendelse in await off_loop(vagt.se_efter, self._engine, self._knowledge.current, self._graenser, self._clock()):
            if haendelse.hvad is not None:
                self._metrics.count("erhverv_handovers_total", haendelse=haendelse.hvad)
            self._notifier.wake(haendelse.samtale_id)
            self.wake(haendelse.samtale_id)
        if DESK in self._notifier.watched() and (aftryk := await off_loop(koe.aftryk, self._engine)) != self._aftryk:
            self._aftryk = aftryk
            self._notifier.wake(DESK)

    async def _erase_old_cases(self) -> None:
        """What was promised when the business said yes: ``opbevaring`` in ``kommune.yml``."""
        library = self._knowledge.current
        if library.kommune is None:
            return
        now, months = self._clock(), library.kommune.opbevaring.maaneder
        text = library.text("resume", "slettet", maaneder=months)
        if count := await off_loop(slet_personoplysninger, self._engine, maaneder_foer(now, months), now, text):
            logger.info("personoplysninger i %d henvendelser ældre end %d måneder er slettet", count, months)
