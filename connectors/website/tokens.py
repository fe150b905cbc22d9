"""Secrets of the chat: 256 random bits, and what is kept of them."""

import hashlib
import secrets


def new_token() -> str:
    """A fresh token (256 bits, URL-safe)."""
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """A fresh conversation id (128 random bits in hex): Rasa's sender, and never the client's choice."""
    return secrets.token_hex(16)


def token_hash(token: str) -> str:
    """What is stored of a token. A plain hash is enough: 256 random bits can't be guessed from it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
