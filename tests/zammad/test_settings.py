"""A token is not sent where anybody on the way can read it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from connectors.zammad.settings import ZammadSettings


@pytest.mark.parametrize("url", ["https://zammad.example.com", "http://127.0.0.1:3000", "http://localhost:3000", None])
def test_an_address_that_keeps_the_token_secret_is_taken(url: str | None) -> None:
    assert ZammadSettings(_env_file=None, zammad_url=url).zammad_url == url


@pytest.mark.parametrize("url", ["http://zammad.example.com", "zammad.example.com", "http://10.0.0.5"])
def test_one_that_does_not_is_refused_in_words(url: str) -> None:
    with pytest.raises(ValidationError, match="ERHVERV_ZAMMAD_URL skal begynde med https://"):
        ZammadSettings(_env_file=None, zammad_url=url)
