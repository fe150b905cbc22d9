"""A row of the outbox as a mail on the wire."""

from __future__ import annotations

import hashlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from connectors.mail.adresse import afsender
from connectors.mail.models import Brev

# What a person has written is not auto-generated (RFC 3834): somebody's holiday notice may answer it.
_SKREVET = frozenset({"svar", "henvisning"})


def besked(brev: Brev, fra: str) -> EmailMessage:
    """The mail: plain UTF-8 text, with the same Message-ID each time it is built, so that a receiver knows one that
    comes twice. Raises ``ValueError`` where a header can't hold what it is given, such as a line break."""
    sender = afsender(fra)
    mail = EmailMessage(policy=SMTP if brev.til.isascii() else SMTPUTF8)
    mail["From"] = sender
    navn, _, vaert = brev.til.rpartition("@")
    mail["To"] = Address(username=navn, domain=vaert)
    mail["Subject"] = brev.emne
    mail["Date"] = format_datetime(brev.oprettet)
    mail["Message-ID"] = f"<{hashlib.sha256(brev.noegle.encode()).hexdigest()[:32]}@{sender.domain}>"
    if brev.slags not in _SKREVET:
        mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(brev.tekst, subtype="plain", charset="utf-8", cte="quoted-printable")
    mail["Content-Language"] = "da"
    return mail
