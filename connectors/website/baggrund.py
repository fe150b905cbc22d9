"""What the web process does beside answering: carries mail, looks at deadlines, closes questionnaires, mirrors to Zammad."""

from __future__ import annotations

from sqlalchemy import Engine

from bot.settings import Settings
from connectors.mail.settings import MailSettings
from connectors.mail.transport import baerer
from connectors.mail.udsendelse import Udsendelse
from connectors.website.gateway import now
from connectors.website.gentag import Gentag
from connectors.website.metrics import Metrics
from connectors.zammad.settings import ZammadSettings
from connectors.zammad.spejler import Spejler


def opgaver(settings: Settings, mail: MailSettings, engine: Engine, zammad: ZammadSettings, metrics: Metrics) -> list[Gentag]:
    """The tasks of one process; each may run in any number of replicas."""
    post = Udsendelse(engine, mail, baerer(mail, settings.var))
    spejl = Spejler(engine, zammad, metrics, now)
    mirror = [Gentag("spejlingen til Zammad", spejl.omgang, zammad.zammad_sweep_seconds)] if zammad.sat_op else []
    return [Gentag("udsendelse af mail", post.omgang, mail.mail_sweep_seconds), *mirror]
