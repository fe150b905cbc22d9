"""What the web process does beside answering: carries mail, looks at deadlines, follows questionnaires up, mirrors
to Zammad."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy import Engine

from bot.knowledge.library import Library
from bot.settings import Settings
from connectors.crm import frist_varsel, tid
from connectors.database import off_loop
from connectors.mail.settings import MailSettings
from connectors.mail.transport import baerer
from connectors.mail.udsendelse import Udsendelse
from connectors.survey import opfoelgning
from connectors.website.gateway import now
from connectors.website.gentag import Gentag
from connectors.website.metrics import Metrics
from connectors.website.texts import Knowledge
from connectors.zammad.settings import ZammadSettings
from connectors.zammad.spejler import Spejler

MINUT = 60.0


def opgaver(
    settings: Settings, mail: MailSettings, engine: Engine, knowledge: Knowledge, zammad: ZammadSettings, metrics: Metrics
) -> list[Gentag]:
    """The tasks of one process; each may run in any number of replicas."""

    def med_tekster(work: Callable[[Engine, Library, datetime], None]) -> Callable[[], Awaitable[None]]:
        async def omgang() -> None:
            await off_loop(work, engine, knowledge.current, tid.nu())

        return omgang

    post = Udsendelse(engine, mail, baerer(mail, settings.var))
    spejl = Spejler(engine, zammad, metrics, now)
    mirror = [Gentag("spejlingen til Zammad", spejl.omgang, zammad.zammad_sweep_seconds)] if zammad.sat_op else []
    return [
        Gentag("udsendelse af mail", post.omgang, mail.mail_sweep_seconds),
        Gentag("varsling af frister", med_tekster(frist_varsel.koer), MINUT),
        Gentag("opfølgning på spørgeskemaer", med_tekster(opfoelgning.koer), MINUT),
        *mirror,
    ]
