"""Buttons: the bot's payload stays with the gateway, the client has an opaque token that is good in one place only."""

from aiohttp import web
from sqlalchemy import Engine

from tests.website.fakes import Chat, FakeRasa, haendelser


async def test_a_pressed_button_is_stored_as_its_title_and_sent_as_a_command(chat: Chat, rasa: FakeRasa):
    await chat.press(chat.greeting[0]["buttons"][2]["payload"])
    _, pressed, answer = await chat.settled()
    assert (pressed["from"], pressed["text"]) == ("user", "Tal med et menneske")
    assert answer["reply_to"] == 2
    [asked] = rasa.asked
    assert asked == {
        "sender": chat.id, "message": "/menneske", "command": True, "mark": "",
        "metadata": {"seq": 2, "cpr_maskeret": False, "knap": {"intent": "menneske"}},
    }  # fmt: skip


async def test_the_whole_payload_of_the_bots_button_comes_back(chat: Chat, rasa: FakeRasa):
    await chat.say("hej")
    button = (await chat.settled())[-1]["buttons"][0]
    assert "hej" not in button["payload"] and "intent" not in button["payload"]
    await chat.press(button["payload"])
    await chat.settled()
    assert rasa.asked[-1]["metadata"]["knap"] == {"intent": "videre", "fra": "hej"}


async def test_a_stale_button_says_so_and_does_nothing(engine: Engine, chat: Chat, rasa: FakeRasa):
    old = chat.greeting[0]["buttons"][0]["payload"]
    await chat.say("hej")
    fresh = (await chat.settled())[-1]["buttons"][0]["payload"]
    before = haendelser(engine, chat.id)
    await chat.press(old)
    _, _, _, pressed, notice = await chat.settled()
    assert pressed["text"] == "Se alle områder"
    assert (notice["from"], notice["reply_to"], notice["data"]) == ("system", 4, {"type": "foraeldet_knap"})
    assert "knap" in notice["text"]
    assert len(rasa.asked) == 1 and haendelser(engine, chat.id) == before
    await chat.press(fresh)  # the notice has not made the bot's latest buttons stale
    assert (await chat.settled())[-1]["text"] == "svar på /videre"


async def test_a_button_pressed_twice_works_once(chat: Chat, rasa: FakeRasa):
    token = chat.greeting[0]["buttons"][0]["payload"]
    await chat.press(token)
    await chat.press(token)
    messages = await chat.settled()
    assert [m["data"].get("type") for m in messages if m["reply_to"]] == ["smalltalk", "foraeldet_knap"]
    assert len(rasa.asked) == 1


async def test_a_button_of_another_conversation_is_refused(chat: Chat, rasa: FakeRasa):
    other = await Chat(chat.client).open()
    response = await chat.post(payload=other.greeting[0]["buttons"][0]["payload"])
    assert (response.status, (await response.json())["error"]["code"]) == (400, "ukendt_knap")
    assert len((await chat.get())["messages"]) == 1
    assert rasa.asked == []


async def test_tokens_are_all_different(chat: Chat):
    other = await Chat(chat.client).open()
    tokens = [button["payload"] for one in (chat, other) for button in one.greeting[0]["buttons"]]
    assert len(set(tokens)) == 6


async def test_a_button_that_leads_nowhere_is_left_out(chat: Chat, rasa: FakeRasa):
    async def odd(_: dict) -> web.StreamResponse:
        buttons = [{"title": "x", "payload": "/x"}, {"title": "", "payload": {"intent": "a"}}, {"title": "y", "payload": {}}, "z"]
        return web.json_response([{"text": "hej", "buttons": [*buttons, {"title": "god", "payload": {"intent": "god"}}]}])

    rasa.answering = odd
    await chat.say("hej")
    assert [button["title"] for button in (await chat.settled())[-1]["buttons"]] == ["god"]
