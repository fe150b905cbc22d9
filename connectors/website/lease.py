"""Which gateway answers a conversation just now, so that two replicas don't ask Rasa the same thing at once.

That a message is answered exactly once does not rest on this but on ``answers.save_answers``.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine, or_, update

from connectors.database import writing
from connectors.website.models import Samtale


def take(engine: Engine, samtale_id: str, worker: str, now: dt.datetime, seconds: float) -> bool:
    """Take the conversation for ``seconds``; false where another gateway has it."""
    with writing(engine) as session:
        taken = session.execute(
            update(Samtale)
            .where(
                Samtale.id == samtale_id,
                or_(Samtale.worker.is_(None), Samtale.worker == worker, Samtale.worker_until < now),
            )
            .values(worker=worker, worker_until=now + dt.timedelta(seconds=seconds))
            .returning(Samtale.id)
            .execution_options(synchronize_session=False)
        ).all()
        return bool(taken)


def renew(engine: Engine, worker: str, now: dt.datetime, seconds: float) -> None:
    """Keep everything that ``worker`` has for ``seconds`` more."""
    with writing(engine) as session:
        session.execute(update(Samtale).where(Samtale.worker == worker).values(worker_until=now + dt.timedelta(seconds=seconds)))


def release(engine: Engine, worker: str, samtale_id: str | None = None) -> None:
    """Give one conversation back, or all: a gateway that starts again under the same name was killed before."""
    with writing(engine) as session:
        statement = update(Samtale).where(Samtale.worker == worker).values(worker=None, worker_until=None)
        session.execute(statement if samtale_id is None else statement.where(Samtale.id == samtale_id))
