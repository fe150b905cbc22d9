"""The carriers of mail: a folder, the console, an SMTP server."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

import aiosmtplib
from aiosmtplib.errors import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from connectors.mail.adresse import afsender
from connectors.mail.settings import MailSettings

REFUSED = 550  # from here on an SMTP code says that the mailbox or the mail itself is refused; below, that we are


class IkkeSendt(Exception):
    """The carrier did not take the mail; the message says why, in Danish. ``endeligt``: trying again won't help."""

    def __init__(self, hvorfor: str, *, endeligt: bool = False) -> None:
        super().__init__(hvorfor)
        self.endeligt = endeligt


class Baerer(Protocol):
    """Takes one mail at a time."""

    async def baer(self, mail: EmailMessage) -> None:
        """Return once the mail is taken. Raises ``IkkeSendt``."""


def baerer(settings: MailSettings, var: Path) -> Baerer:
    """The carrier that the settings name."""
    if settings.mail == "smtp":
        return Smtp(settings)
    return Konsol() if settings.mail == "konsol" else Mappe(var / "post")


class Mappe:
    """Writes each mail to a folder as ``<Message-ID>.eml``; the same mail again replaces itself."""

    def __init__(self, mappe: Path) -> None:
        self._mappe = mappe

    async def baer(self, mail: EmailMessage) -> None:
        """See ``Baerer``."""
        try:
            await asyncio.to_thread(self._skriv, mail)
        except OSError as error:
            raise IkkeSendt(f"mappen {self._mappe.name} kan ikke skrives: {error.strerror}") from None

    def _skriv(self, mail: EmailMessage) -> None:
        self._mappe.mkdir(parents=True, exist_ok=True)
        navn = re.sub(r"[^\w.-]", "_", str(mail["Message-ID"]).strip("<>").partition("@")[0])
        handle, halv = tempfile.mkstemp(dir=self._mappe, prefix=".", suffix=".eml")  # readable by its owner only
        with os.fdopen(handle, "wb") as fil:
            fil.write(mail.as_bytes())
        Path(halv).replace(self._mappe / f"{navn}.eml")


class Konsol:
    """Prints each mail, for development."""

    async def baer(self, mail: EmailMessage) -> None:
        """See ``Baerer``."""
        print(f"--- mail til {mail['To']}: {mail['Subject']}\n{mail.get_content()}---", flush=True)


class Smtp:
    """Hands each mail to an SMTP server over a connection of its own."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    async def baer(self, mail: EmailMessage) -> None:
        """See ``Baerer``. A connection cut after the mail was handed over counts as not sent: it may come twice, known by
        its Message-ID, but never not at all."""
        use = self._settings
        try:
            async with asyncio.timeout(use.smtp_timeout_seconds):
                await aiosmtplib.send(
                    mail,
                    sender=afsender(use.mail_from).addr_spec,
                    hostname=use.smtp_host,
                    port=use.smtp_port,
                    username=use.smtp_user,
                    password=use.smtp_password.get_secret_value() if use.smtp_password else None,
                    use_tls=use.smtp_sikkerhed == "tls",
                    start_tls=use.smtp_sikkerhed == "starttls",
                    timeout=use.smtp_timeout_seconds,
                )
        except TimeoutError:
            raise IkkeSendt("mailserveren svarede ikke i tide") from None
        except SMTPException as error:
            raise _ikke_sendt(error) from None
        except OSError as error:
            raise IkkeSendt(f"mailserveren kan ikke nås ({type(error).__name__})") from None


def _ikke_sendt(error: SMTPException) -> IkkeSendt:
    """Why, in Danish. The server's own words are left out: they may quote the mail; the code says enough to look it up.

    Final is only what is wrong with this very mail; what is wrong with our set-up would be so of every mail, and passes
    when somebody has set it right.
    """
    if isinstance(error, SMTPRecipientsRefused):
        kode = error.recipients[0].code
        return IkkeSendt(f"mailserveren tager ikke imod mail til adressen ({kode})", endeligt=kode >= REFUSED)
    if isinstance(error, SMTPDataError):
        return IkkeSendt(f"mailserveren tager ikke imod mailen ({error.code})", endeligt=error.code >= REFUSED)
    if isinstance(error, SMTPAuthenticationError):
        return IkkeSendt(f"mailserveren godtager ikke brugernavn og adgangskode ({error.code})")
    if isinstance(error, SMTPNotSupported):
        return IkkeSendt("mailserveren kan ikke det, mailen kræver (kryptering eller særlige tegn i adressen)")
    if isinstance(error, SMTPResponseException):
        return IkkeSendt(f"mailserveren svarede {error.code}")
    return IkkeSendt("forbindelsen til mailserveren blev brudt, eller den kan ikke nås")
