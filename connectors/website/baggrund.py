"""What the web process does beside answering: carries mail, looks at deadlines, closes questionnaires."""

from __future__ import annotations

from sqlalchemy import Engine

from bot.settings import Settings
from connectors.mail.settings import MailSettings
from connectors.mail.transport import baerer
from connectors.mail.udsendelse import Udsendelse
from connectors.website.gentag import Gentag


def opgaver(settings: Settings, mail: MailSettings, engine: Engine) -> list[Gentag]:
    """The tasks of one process; each may run in any number of replicas."""
    post = Udsendelse(engine, mail, baerer(mail, settings.var))
    return [Gentag("udsendelse af mail", post.omgang, mail.mail_sweep_seconds)]
