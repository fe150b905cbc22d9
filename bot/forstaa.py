"""What a text means, told without a conversation: for staff who type what a business says on the phone."""

from __future__ import annotations

from typing import Any, Protocol

UNDERSTANDING = "forstaaelse"  # where ``bot.nlu.classifier`` puts it; imported here it would load the whole model


class Understands(Protocol):
    """The part of Rasa's agent that is used."""

    async def parse_message(self, message_data: str) -> dict[str, Any]:
        """Only the NLU: no tracker is read or written."""
        ...


async def forstaa(agent: Understands, text: str) -> dict[str, Any]:
    """The shape of ``erhverv parse`` (contract) and ``intent``, the dialogue's own name for the kind.

    ``text`` must be harmless to Rasa already (``bot.channel.defused``).
    """
    parsed = await agent.parse_message(text)
    found = parsed.get(UNDERSTANDING) or {}
    candidates: list[dict[str, Any]] = found.get("candidates") or []
    intent = parsed.get("intent") or {}
    return {
        "text": text,
        "intent": intent.get("name"),
        "kind": found.get("kind") or "uklart",
        "id": found.get("id"),
        "confidence": round(float(intent.get("confidence") or 0.0), 4),
        "candidates": [{**candidate, "score": round(float(candidate["score"]), 4)} for candidate in candidates],
    }
