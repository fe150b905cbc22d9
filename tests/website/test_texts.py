"""The chat's own texts."""

import dataclasses

from connectors.website import texts
from connectors.website.errors import MISSING_TEXT
from tests.website.fakes import library


def test_every_text_is_there_and_none_is_unused():
    assert set(library().tekster["chat"].tekster) == set(texts.NAMES)


def test_placeholders_are_filled():
    draft = texts.apology(library(), "F-ABC234")
    assert "{" not in draft.text and "F-ABC234" in draft.text


def test_the_greeting_says_that_a_computer_answers_and_warns_of_cpr_numbers():
    [hello] = texts.greeting(library())
    assert "computer" in hello.text and "CPR" in hello.text
    assert [button.payload for button in hello.buttons] == [
        {"intent": "omraader"},
        {"intent": "pakkeoversigt"},
        {"intent": "menneske"},
    ]


def test_the_greeting_stands_without_the_texts_that_are_gone():
    whole = library()
    chat = whole.tekster["chat"]
    left = {name: text for name, text in chat.tekster.items() if name not in ("hilsen", "knap_pakker")}
    [hello] = texts.greeting(dataclasses.replace(whole, tekster={"chat": chat.model_copy(update={"tekster": left})}))
    assert hello.text == MISSING_TEXT
    assert [button.payload["intent"] for button in hello.buttons] == ["omraader", "menneske"]
