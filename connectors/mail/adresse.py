"""E-mail addresses that can be written to."""

from __future__ import annotations

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
