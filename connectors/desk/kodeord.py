"""Passwords: argon2id hashes with the library's parameters (RFC 9106), what a password must be, one-time passwords."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
# Of a password that nobody has: a user who is not there takes as long to refuse as one who is.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$oEX/LwPpxqv6IemGBSaEPA$esckgwtlP7QM+yWt+EaSvhUX7RUsDm43VpV0NwgseI0"


def hash_af(kode: str) -> str:
    """What is stored of a password. Takes some fifty milliseconds on purpose; call it off the event loop."""
    return PasswordHasher().hash(kode)


def passer(stored: str | None, kode: str) -> bool:
    """Whether ``kode`` is the password behind ``stored``; the same time is spent where there is none."""
    try:
        right = PasswordHasher().verify(stored or _NOBODY, kode[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None


def foraeldet(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's, and should be made again at log-in."""
    return PasswordHasher().check_needs_rehash(stored)


def mangler(kode: str, brugernavn: str) -> str | None:
    """What is wrong with a new password, in Danish; None where nothing is."""
    if len(kode) < SHORTEST:
        return f"Adgangskoden skal have mindst {SHORTEST} tegn."
    if len(kode) > LONGEST:
        return f"Adgangskoden må højst have {LONGEST} tegn."
    if brugernavn.casefold() in kode.casefold():
        return "Adgangskoden må ikke indeholde brugernavnet."
    if len(set(kode)) < 5:
        return "Adgangskoden består af for få forskellige tegn."
    return None


def engangskode() -> str:
    """A password (some 79 random bits) that can be read out and typed, such as ``k7mp-x2dv-9qhe-tb4w``."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
