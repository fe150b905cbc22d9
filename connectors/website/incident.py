"""Unexpected errors in the log: where and what kind, under a reference, but never what anybody wrote.

An exception's own message may quote the row or the text that it failed on, so it is left out.
"""

from __future__ import annotations

import logging
import secrets
import traceback

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, 1/I: references are read out on the telephone


def new_reference() -> str:
    """A short reference that a business can read out, such as ``F-7KQ2MX``."""
    return "F-" + "".join(secrets.choice(_ALPHABET) for _ in range(6))


def without_quotes(record: logging.LogRecord) -> bool:
    """A filter for aiohttp's own logger: it logs a request that can't be read with a traceback that quotes its bytes."""
    if record.exc_info:
        kind = record.exc_info[0]
        record.msg, record.args = f"{record.getMessage()} ({kind.__name__ if kind else 'ukendt'})", ()
        record.exc_info = record.exc_text = None
    return True


def log_incident(logger: logging.Logger, what: str, error: BaseException, reference: str | None = None) -> str:
    """Log an exception with its kind and its places in the code. Returns the reference it is logged under."""
    reference = reference or new_reference()
    frames = reversed(traceback.extract_tb(error.__traceback__))
    places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
    cause = f", fordi {type(error.__cause__).__name__}" if error.__cause__ else ""
    logger.error("%s: %s (%s%s) ved %s", reference, what, type(error).__name__, cause, places)
    return reference
