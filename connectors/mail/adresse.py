"""E-mail addresses that can be written to."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.headerregistry import Address

from email_validator import EmailNotValidError, validate_email


def brugbar(adresse: str | None) -> str | None:
    """The address as a mail takes it, or None where it is none (or several, or holds a line break)."""
    if not adresse:
        return None
    try:
        fundet = validate_email(adresse.strip(), check_deliverability=False)
    except EmailNotValidError:
        return None
    return fundet.ascii_email or fundet.normalized


def afsender(tekst: str) -> Address:
    """A sender written ``Navn <adresse>`` (quotation marks or none) or as a mere address; the server's own name may be
    ``localhost``. Raises ``ValueError``, in Danish, where it is none."""
    match = re.fullmatch(r"""\s*(?:"?(?P<navn>[^"<>]*?)"?\s*<(?P<i>[^<>\s]+)>|(?P<alene>[^<>\s"]+))\s*""", tekst)
    adresse = match and (match["i"] or match["alene"])
    try:
        if not match or not adresse or not tekst.isprintable():
            raise ValueError
        fundet = Address((match["navn"] or "").strip(), addr_spec=adresse)
        if not fundet.username or not fundet.domain:
            raise ValueError
    except (ValueError, IndexError, MessageError):
        raise ValueError(f"{tekst!r} er ikke en afsender som Erhvervsservice <erhverv@eksempel.dk>") from None
    return fundet
