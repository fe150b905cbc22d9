"""Which addresses can be written to."""

import pytest

from connectors.mail.adresse import afsender, brugbar


@pytest.mark.parametrize(
    ("skrevet", "brugt"),
    [
        ("proeve@example.com", "proeve@example.com"),
        (" proeve@example.com ", "proeve@example.com"),
        ("proeve@rødgrød.example.com", "proeve@xn--rdgrd-vuad.example.com"),
        ("æble@example.com", "æble@example.com"),
    ],
)
def test_an_address_as_a_mail_takes_it(skrevet: str, brugt: str) -> None:
    assert brugbar(skrevet) == brugt


@pytest.mark.parametrize(
    "skrevet",
    [None, "", "20417703", "proeve", "a@example.com, b@example.com", "a@example.com\nBcc: b@example.com", "<a@example.com>", "@"],
)
def test_what_is_no_single_address_is_none(skrevet: str | None) -> None:
    assert brugbar(skrevet) is None


@pytest.mark.parametrize(
    ("skrevet", "navn", "adresse"),
    [
        ("erhverv@example.dk", "", "erhverv@example.dk"),
        ("Erhvervsservice <erhverv@example.dk>", "Erhvervsservice", "erhverv@example.dk"),
        ("Prøvekommunen, erhverv <erhverv@example.dk>", "Prøvekommunen, erhverv", "erhverv@example.dk"),
        ('"Prøvekommunen" <erhverv@localhost>', "Prøvekommunen", "erhverv@localhost"),
    ],
)
def test_a_sender_as_people_write_it(skrevet: str, navn: str, adresse: str) -> None:
    assert (afsender(skrevet).display_name, afsender(skrevet).addr_spec) == (navn, adresse)


@pytest.mark.parametrize(
    "skrevet", ["", "Erhvervsservice", "a@b@c", "@example.dk", "erhverv@", "E <a@example.dk>\nBcc: b@example.com"]
)
def test_what_is_no_sender_is_refused_in_danish(skrevet: str) -> None:
    with pytest.raises(ValueError, match="ikke en afsender"):
        afsender(skrevet)
