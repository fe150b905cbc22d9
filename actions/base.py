"""The parent of every action: never silent, whatever happens inside."""

from __future__ import annotations

import logging
import secrets
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.context import Context
from bot.dialog.reply import Button, Reply
from bot.knowledge import live_library

logger = logging.getLogger(__name__)
Events = list[dict[str, Any]]


class ErhvervAction(Action, ABC):  # type: ignore[misc]
    """Runs ``answer``; an exception in it becomes an apology with a reference and a way to a person.

    The exception is logged with the reference and without the message's text.
    """

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Rasa's entry."""
        try:
            replies, events = await self.answer(Context(tracker, live_library().current))
        except Exception as error:
            reference = secrets.token_hex(4)
            logger.error("%s: %s mislykkedes (%s)", reference, self.name(), type(error).__name__, exc_info=_without_text(error))
            replies, events = [apology(reference)], self.after_failure()
        for reply in replies:
            dispatcher.utter_message(json_message=reply.as_json())
        return events

    @abstractmethod
    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """The replies and Rasa events of this turn."""

    def after_failure(self) -> Events:
        """Rasa events after an apology; none leaves the state as it was."""
        return []


def apology(reference: str) -> Reply:
    """What is said when something fails; the words come from the library where it can still be read."""
    library = live_library().current
    text = library.text("samtale", "fejl", reference=reference)
    again = Button(library.text("samtale", "knap_igen"), {"intent": "proev_igen"})
    person = Button(library.text("katalog", "knap_menneske"), {"intent": "menneske"})
    return Reply(text, (again, person), {"type": "fejl", "reference": reference})


def _without_text(error: BaseException) -> tuple[type[BaseException], BaseException, Any]:
    """The traceback with the exception's own words left out: they may quote what the business wrote."""
    return type(error), type(error)("(udeladt)") if _plain(error) else RuntimeError(type(error).__name__), error.__traceback__


def _plain(error: BaseException) -> bool:
    return type(error) in (ValueError, KeyError, LookupError, RuntimeError, TypeError, AssertionError, AttributeError)
