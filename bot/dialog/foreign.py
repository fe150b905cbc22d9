"""Another language gets one line in that language, and the answer as it can be given."""

from __future__ import annotations

from bot.dialog.reply import Button, Reply
from bot.knowledge.library import Library
from bot.language.foreign import language_of


def foreign_line(text: str, library: Library) -> list[Reply]:
    """One line in the user's own language with the offer of a person; nothing for Danish."""
    code = language_of(text)
    sentences = library.tekster["sprog"].tekster
    if code is None or code not in sentences:
        return []
    person = Button(sentences["knap_menneske"], {"intent": "menneske"})
    return [Reply(sentences[code], (person,))]
