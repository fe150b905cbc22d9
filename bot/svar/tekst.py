"""Answers in free text: kept as they are typed."""


def tekst(text: str) -> str | None:
    """The text trimmed, white space single; None where it holds no letter and no digit."""
    trimmed = " ".join(text.split())
    return trimmed if any(char.isalnum() for char in trimmed) else None
