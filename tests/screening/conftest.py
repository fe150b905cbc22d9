"""The real catalogue, read once: packages are tested as editors keep them."""

import pytest

from bot.knowledge import Library, load_library
from bot.settings import settings


@pytest.fixture(scope="session")
def library() -> Library:
    library, problems, _ = load_library(settings().knowledge)
    assert problems == []
    return library
