"""A mail is queued once, with what it tells of, or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine

from connectors.database import writing
from connectors.mail import udbakke
from tests.mail.breve import NU, breve, laeg


def test_the_same_key_is_the_same_mail_whatever_else_it_says(engine: Engine) -> None:
    laeg(engine)
    laeg(engine, tekst="Noget andet", til="anden@example.com")
    [brev] = breve(engine)
    assert (brev.til, brev.tekst, brev.forsoeg, brev.naeste_forsoeg) == ("proeve@example.com", "Sagen er i gang.", 0, NU)


def test_of_many_at_once_one_is_kept_and_nobody_fails(engine: Engine) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda i: laeg(engine, tekst=f"fra {i}"), range(6)))
    assert len(breve(engine)) == 1


def test_it_goes_with_the_transaction(engine: Engine) -> None:
    with pytest.raises(RuntimeError), writing(engine) as session:
        udbakke.laeg(session, "orientering", "prøve", "proeve@example.com", "Emne", "Tekst", None, NU)
        raise RuntimeError
    assert breve(engine) == []


@pytest.mark.parametrize(
    ("felter", "hvorfor"),
    [
        ({"slags": "reklame"}, "ikke en slags brev"),
        ({"til": "20417703"}, "e-mailadresse"),
        ({"til": "a@example.com\r\nBcc: b@example.com"}, "e-mailadresse"),
        ({"emne": " \n"}, "emne og tekst"),
        ({"tekst": " "}, "emne og tekst"),
    ],
)
def test_what_could_not_be_sent_is_refused(engine: Engine, felter: dict[str, Any], hvorfor: str) -> None:
    with pytest.raises(ValueError, match=hvorfor):
        laeg(engine, **felter)
    assert breve(engine) == []


def test_a_subject_is_one_line(engine: Engine) -> None:
    laeg(engine, emne="Nyt om\r\nBcc: fremmed@example.com\u2028 jeres\x07 sag")
    assert breve(engine)[0].emne == "Nyt om Bcc: fremmed@example.com jeres sag"
