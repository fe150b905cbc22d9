"""Any failure inside becomes an apology in Danish and a way on; nothing typed is lost, nothing is made twice."""

import logging

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from actions import ending
from bot.dialog import ydelse
from tests.dialog.test_menneske import _ask_for_person, _count
from tests.talk import Talk


async def test_a_locked_database_is_an_apology_and_try_again_makes_the_case(
    talk: Talk, cases: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _count(cases)
    await _ask_for_person(talk)
    await talk.say("ja")
    await talk.say("Karla Prøvesen")
    await talk.say("20417703")
    await talk.press("Har ikke")
    await talk.press("Har ikke")

    def locked(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    with monkeypatch.context() as broken:
        broken.setattr(ending, "make_case", locked)
        await talk.press("Ja, send det")
    assert talk.data("fejl")["reference"]
    assert _count(cases) == before
    await talk.press("Prøv igen")
    assert talk.data("henvendelse")["number"]
    assert _count(cases) == before + 1


async def test_an_exception_in_an_answer_is_told_without_the_text_in_the_log(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    typed = "må jeg stille borde ud på fortovet foran cafeen"

    def broken(*_: object, **__: object) -> None:
        raise ValueError(typed)

    monkeypatch.setattr(ydelse, "about", broken)
    with caplog.at_level(logging.DEBUG):
        await talk.say(typed)
    assert talk.data("fejl")["reference"] in caplog.text
    own = [record for record in caplog.records if record.name.startswith("actions")]
    assert typed not in "".join(record.getMessage() + (record.exc_text or "") for record in own)
    assert "Tal med et menneske" in talk.buttons()
