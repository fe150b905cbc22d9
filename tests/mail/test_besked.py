"""What stands on the wire: a mail that any reader understands, and no header but ours."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from typing import Any

import pytest

from connectors.mail.besked import besked
from connectors.mail.models import Brev
from tests.mail.breve import AFSENDER, NU


def _brev(**andre: Any) -> Brev:
    felter = {
        "id": 1,
        "noegle": "orientering:KBH-2026-000123:v3",
        "slags": "orientering",
        "til": "proeve@example.com",
        "emne": "Nyt om jeres henvendelse på Ærø",
        "tekst": "Kære Prøve Person\n\nSagen er i gang. Ærlig talt: »æøå« 😀\n",
        "oprettet": NU,
    }
    return Brev(**{**felter, **andre})


def _laest(mail: EmailMessage) -> EmailMessage:
    read = email.message_from_bytes(mail.as_bytes(), policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


def test_a_reader_gets_what_was_written() -> None:
    brev = _brev()
    raw = besked(brev, AFSENDER).as_bytes()
    assert raw.isascii() and max(map(len, raw.split(b"\r\n"))) <= 998
    read = _laest(besked(brev, AFSENDER))
    assert read["Subject"] == brev.emne
    assert read.get_content().replace("\r\n", "\n") == brev.tekst
    assert read["To"].addresses[0].addr_spec == "proeve@example.com"
    assert read["From"].addresses[0].addr_spec == "erhverv@example.dk"
    assert read["From"].addresses[0].display_name == "Prøvekommunen, erhvervsservice"
    assert read["Date"].datetime == NU
    assert read["Content-Type"] == 'text/plain; charset="utf-8"' and read["MIME-Version"] == "1.0"
    assert read["Content-Language"] == "da"


def test_the_message_id_is_the_key_s_and_the_sender_s() -> None:
    first, again, other = (besked(_brev(noegle=key), AFSENDER)["Message-ID"] for key in ("a", "a", "b"))
    assert first == again != other
    assert first.startswith("<") and first.endswith("@example.dk>")


@pytest.mark.parametrize(("slags", "ventet"), [("orientering", "auto-generated"), ("survey", "auto-generated"), ("svar", None)])
def test_what_no_person_wrote_says_so(slags: str, ventet: str | None) -> None:
    assert _laest(besked(_brev(slags=slags), AFSENDER))["Auto-Submitted"] == ventet


@pytest.mark.parametrize("felt", ["emne", "til"])
def test_a_line_break_makes_no_header(felt: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        besked(_brev(**{felt: "proeve@example.com\r\nBcc: fremmed@example.com"}), AFSENDER)


def test_an_address_with_danish_letters_stays_itself() -> None:
    mail = besked(_brev(til="æble@example.com"), AFSENDER)
    assert "æble@example.com".encode() in mail.as_bytes()
