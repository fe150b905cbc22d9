"""The carriers: a folder, the console, and an SMTP server that fails in every way."""

from __future__ import annotations

import email
import email.policy
import stat
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from connectors.mail.besked import besked
from connectors.mail.models import Brev
from connectors.mail.settings import NOBODY, MailSettings
from connectors.mail.transport import IkkeSendt, Konsol, Mappe, Smtp, baerer
from connectors.mail.udsendelse import Udsendelse
from tests.mail.breve import AFSENDER, NU, breve, laeg, settings
from tests.mail.postkontor import Postkontor, adgang, certifikat


def _mail(noegle: str = "prøve", tekst: str = "Æblegrød på Ærø", til: str = "proeve@example.com") -> EmailMessage:
    brev = Brev(id=1, noegle=noegle, slags="orientering", til=til, emne="Nyt på Ærø", tekst=tekst, oprettet=NU)
    return besked(brev, AFSENDER)


def _til(kontor: Postkontor, **andre: object) -> MailSettings:
    return settings(
        **{
            "mail": "smtp", "smtp_host": "127.0.0.1", "smtp_port": kontor.port, "smtp_sikkerhed": "ingen",
            "smtp_timeout_seconds": 5, **andre,
        }
    )  # fmt: skip


async def test_the_folder_holds_one_readable_file_a_mail(tmp_path: Path) -> None:
    carrier = Mappe(tmp_path / "post")
    await carrier.baer(_mail("a"))
    await carrier.baer(_mail("b"))
    await carrier.baer(_mail("a"))
    files = sorted((tmp_path / "post").iterdir())
    assert len(files) == 2 and all(file.suffix == ".eml" for file in files)
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    read = email.message_from_bytes(files[0].read_bytes(), policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    assert read["Subject"] == "Nyt på Ærø" and "Æblegrød på Ærø" in read.get_content()


async def test_a_folder_that_can_t_be_written_is_a_failure_to_try_again(tmp_path: Path) -> None:
    (tmp_path / "post").write_text("her ligger en fil")
    with pytest.raises(IkkeSendt, match="post kan ikke skrives") as failed:
        await Mappe(tmp_path / "post").baer(_mail())
    assert not failed.value.endeligt


async def test_the_console_shows_it(capsys: pytest.CaptureFixture[str]) -> None:
    await Konsol().baer(_mail())
    shown = capsys.readouterr().out
    assert "proeve@example.com" in shown and "Nyt på Ærø" in shown and "Æblegrød på Ærø" in shown


def test_the_settings_name_the_carrier(tmp_path: Path) -> None:
    assert isinstance(baerer(MailSettings(_env_file=None), tmp_path), Mappe)
    assert isinstance(baerer(settings(mail="konsol"), tmp_path), Konsol)
    assert isinstance(baerer(settings(mail="smtp", smtp_host="mail.example.dk"), tmp_path), Smtp)


async def test_an_smtp_server_gets_it_whole() -> None:
    async with Postkontor().aabent() as kontor:
        await Smtp(_til(kontor)).baer(_mail())
    [mail] = kontor.taget
    assert kontor.til == ["proeve@example.com"]
    assert mail["Subject"] == "Nyt på Ærø" and "Æblegrød på Ærø" in mail.get_content()


async def test_a_line_with_only_a_dot_ends_nothing() -> None:
    async with Postkontor().aabent() as kontor:
        await Smtp(_til(kontor)).baer(_mail(tekst="før\n.\nRCPT TO:<fremmed@example.com>\nefter\n"))
    assert kontor.taget[0].get_content().split() == ["før", ".", "RCPT", "TO:<fremmed@example.com>", "efter"]
    assert kontor.til == ["proeve@example.com"]


async def test_an_address_with_danish_letters_reaches_a_server_that_knows_them() -> None:
    async with Postkontor().aabent(enable_SMTPUTF8=True) as kontor:
        await Smtp(_til(kontor)).baer(_mail(til="æble@example.com"))
        assert kontor.til == ["æble@example.com"]
    async with Postkontor().aabent(enable_SMTPUTF8=False) as gammelt:
        with pytest.raises(IkkeSendt, match="særlige tegn"):
            await Smtp(_til(gammelt)).baer(_mail(til="æble@example.com"))


@pytest.mark.parametrize("sikkerhed", ["starttls", "tls"])
async def test_it_goes_encrypted_with_user_and_password(sikkerhed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, trusted = certifikat(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    kontor = Postkontor()
    check: dict[str, Any] = {"authenticator": adgang("bruger", "rigtig"), "auth_required": True}
    tls: dict[str, Any] = (
        {"tls": context, "auth_require_tls": False} if sikkerhed == "tls" else {"tls_context": context, "require_starttls": True}
    )
    async with kontor.aabent(**check, **tls):
        good = _til(kontor, smtp_sikkerhed=sikkerhed, smtp_user="bruger", smtp_password="rigtig")
        await Smtp(good).baer(_mail())
        assert len(kontor.taget) == 1
        bad = _til(kontor, smtp_sikkerhed=sikkerhed, smtp_user="bruger", smtp_password="forkert")
        with pytest.raises(IkkeSendt, match="brugernavn og adgangskode") as failed:
            await Smtp(bad).baer(_mail())
        assert not failed.value.endeligt, "a wrong password is no reason to throw mail away"


async def test_a_certificate_that_is_not_trusted_gets_no_mail(tmp_path: Path) -> None:
    context, _ = certifikat(tmp_path)
    async with Postkontor().aabent(tls=context) as kontor:
        with pytest.raises(IkkeSendt) as failed:
            await Smtp(_til(kontor, smtp_sikkerhed="tls")).baer(_mail())
    assert kontor.taget == [] and not failed.value.endeligt


async def test_a_server_without_encryption_gets_no_mail_where_it_is_demanded() -> None:
    async with Postkontor().aabent() as kontor:
        with pytest.raises(IkkeSendt):
            await Smtp(_til(kontor, smtp_sikkerhed="starttls")).baer(_mail())
    assert kontor.taget == []


@pytest.mark.parametrize(
    ("styring", "hvorfor", "endeligt"),
    [
        ({"rcpt": "550 no such user"}, "til adressen \\(550\\)", True),
        ({"rcpt": "553 bad mailbox"}, "til adressen \\(553\\)", True),
        ({"rcpt": "450 greylisted"}, "til adressen \\(450\\)", False),
        ({"rcpt": "530 authentication required"}, "til adressen \\(530\\)", False),
        ({"rcpt": "421 shutting down"}, "421", False),
        ({"data": "421 try later"}, "421", False),
        ({"data": "451 local error"}, "451", False),
        ({"data": "554 looks like spam"}, "tager ikke imod mailen \\(554\\)", True),
        ({"bryder": "rcpt"}, "brudt", False),
        ({"bryder": "data"}, "brudt", False),
    ],
)
async def test_what_the_server_says_decides_whether_to_try_again(styring: dict[str, str], hvorfor: str, endeligt: bool) -> None:
    async with Postkontor(**styring).aabent() as kontor:
        with pytest.raises(IkkeSendt, match=hvorfor) as failed:
            await Smtp(_til(kontor)).baer(_mail())
    assert failed.value.endeligt is endeligt
    assert "example" not in str(failed.value), "the server's own words may quote the mail"


@pytest.mark.parametrize("command", ["rcpt", "data"])
async def test_a_server_that_says_nothing_is_left(command: str) -> None:
    async with Postkontor(tavs=command).aabent() as kontor:
        with pytest.raises(IkkeSendt, match="i tide") as failed:
            await Smtp(_til(kontor, smtp_timeout_seconds=0.3)).baer(_mail())
    assert not failed.value.endeligt


async def test_no_server_at_all() -> None:
    async with Postkontor().aabent() as kontor:
        pass
    with pytest.raises(IkkeSendt, match="kan ikke nås") as failed:
        await Smtp(_til(kontor)).baer(_mail())
    assert not failed.value.endeligt


async def test_a_connection_cut_after_the_mail_was_handed_over_sends_it_again_with_the_same_id(engine: Engine) -> None:
    laeg(engine)
    clock = [NU]
    async with Postkontor(bryder="data").aabent() as kontor:
        post = Udsendelse(engine, _til(kontor), Smtp(_til(kontor)), lambda: clock[0])
        assert await post.toem() == 0
        assert breve(engine)[0].sendt is None
        kontor.bryder = ""
        clock[0] = breve(engine)[0].naeste_forsoeg
        assert await post.toem() == 1
    assert len(kontor.taget) == 2, "the first one may have arrived"
    assert len({mail["Message-ID"] for mail in kontor.taget}) == 1


async def test_a_refused_receiver_ends_the_mail_and_not_the_others(engine: Engine) -> None:
    laeg(engine)
    async with Postkontor(rcpt="550 no such user").aabent() as kontor:
        await Udsendelse(engine, _til(kontor), Smtp(_til(kontor)), lambda: NU).toem()
    [row] = breve(engine)
    assert row.opgivet == NU and row.forsoeg == 1
    assert row.fejl == "mailserveren tager ikke imod mail til adressen (550)"


@pytest.mark.parametrize(
    ("felter", "hvorfor"),
    [
        ({"mail": "smtp"}, "ERHVERV_SMTP_HOST"),
        ({"mail": "smtp", "smtp_host": "mail.example.dk", "mail_from": NOBODY}, "ERHVERV_MAIL_FROM"),
        ({"mail_from": "sludder"}, "afsender"),
    ],
)
def test_settings_that_reach_nobody_are_refused_in_danish(felter: dict[str, str], hvorfor: str) -> None:
    with pytest.raises(ValueError, match=hvorfor):
        settings(**felter)
