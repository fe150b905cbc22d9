"""What a text means, asked without a conversation, is what the bot would act on."""

from __future__ import annotations

import pytest
from rasa.core.agent import Agent

from bot.channel import defused
from bot.forstaa import forstaa
from bot.nlu.stored import load_ranker


@pytest.mark.parametrize(
    "text", ["må jeg sætte borde ud på fortovet", "jeg vil åbne en café", "tale med et menneske", "/ja", "??"]
)
async def test_it_is_what_the_bot_understands_and_no_tracker_is_written(bot: Agent, text: str) -> None:
    before = set(await bot.tracker_store.keys())
    found = await forstaa(bot, defused(text))
    told = load_ranker().understand(defused(text))
    assert {key: found[key] for key in ("kind", "id", "candidates")} == {
        key: value for key, value in told.as_dict().items() if key in ("kind", "id", "candidates")
    }
    assert found["intent"] == told.intent
    assert set(await bot.tracker_store.keys()) == before
