"""Random conversations: never an exception, never a silent turn, never one case told twice."""

import pytest

from tests.dialog.customer import converse
from tests.talk import Talk


@pytest.mark.parametrize("seed", range(24))
async def test_a_contrary_customer_is_always_answered(talk: Talk, seed: int) -> None:
    run = await converse(talk, 900_000 + seed, turns=25)
    assert run.wrong == []
    assert run.turns > 3
