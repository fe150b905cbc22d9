"""A CPR number is kept nowhere, and no log holds what people write; whatever the tests before this one have done."""

import pytest

from tests.stack.architect import contact, until_need
from tests.stack.chat import Chat
from tests.stack.running import Stack

pytestmark = pytest.mark.xdist_group("stack")
SPELLINGS = ["010190-4321", "010190 4321", "0101904321", "01 01 90 4321", "010190–4321", "010190\u20604321", "01.01.90-4321"]


def kept(stack: Stack) -> dict[str, str]:
    """Everything that is left of what was typed: tables, files, log; by where it is."""
    tables = {f"tabellen {name}": "\n".join(map(str, rows)) for name, rows in stack.rows().items()}
    files = {
        str(path.relative_to(stack.folder)): path.read_bytes().decode("utf-8", "replace")
        for path in (stack.folder / "var").rglob("*")
        if path.is_file()
    }
    return {**tables, **files, "loggen": stack.log()}


async def test_a_cpr_number_is_kept_nowhere(chat: Chat, stack: Stack) -> None:
    for spelling in SPELLINGS:
        await chat.say(f"mit nummer er {spelling}, må jeg have borde på fortovet foran Prøvecaféen")
        assert "cpr_maskeret" in [message["data"].get("type") for message in chat.last], spelling
    await until_need(chat)
    await chat.say("regnskab, og jeg er 010190-4321")
    await chat.say("ingen særlige planer 0101904321")
    await chat.press("Det hele")
    await contact(chat)
    await chat.press("Ja, send det")
    assert chat.data("henvendelse")["number"]
    places = kept(stack)
    assert "Prøvecaféen" in places["tabellen besked"] and "Prøvecaféen" in places["tabellen tracker_event"]
    for where, content in places.items():
        digits = "".join(char for char in content if char.isdigit() or char.isalpha())
        assert "0101904321" not in digits, where


async def test_no_log_line_holds_what_was_written_or_answered(chat: Chat, stack: Stack) -> None:
    await chat.say("hemmelighedskræmmeri på Prøvevej")
    log = stack.log()
    texts = {line for text in [row["text"] for row in stack.rows()["besked"]] for line in text.splitlines() if len(line) > 15}
    assert "hemmelighedskræmmeri på Prøvevej" in texts
    assert [text for text in texts if text in log] == []


async def test_the_log_shows_an_operator_what_matters_only(stack: Stack) -> None:
    lines = stack.log().splitlines()
    assert f"Erhvervsassistenten kører: {stack.url}/" in lines
    assert [line for line in lines if "DeprecationWarning" in line or "MovedIn20Warning" in line] == []
