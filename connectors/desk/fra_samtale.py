"""A registration begun from a chat: what the business has told the bot stands in the form already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, select

from bot.knowledge.library import Library
from bot.screening.case import NOT_ANSWERS
from connectors.database import reading
from connectors.desk import samtalevisning
from connectors.desk.adgang import Bruger
from connectors.website.models import Besked
from connectors.website.resume import remembered

TELLING = 3  # words from which a message says something of the matter
MOST = 6  # messages
SLOTS = NOT_ANSWERS - {"samtykke"}  # of the company and the contact


@dataclass(frozen=True)
class FraSamtale:
    """``sagt``: the business's own words, without those that answered a question. ``svar``: slot to value. ``sag``: the
    number of the case that the conversation has made, where it has. ``samtykke``: the business has said yes in the chat."""

    sagt: str = ""
    pakke: str | None = None
    ydelser: tuple[str, ...] = ()
    svar: Mapping[str, Any] = field(default_factory=dict)
    sag: str | None = None
    samtykke: bool = False


def hent(engine: Engine, samtale_id: str, hvem: Bruger, library: Library) -> FraSamtale:
    """What a conversation has told. Raises ``samtalevisning.IngenSamtale`` where it is not for ``hvem``."""
    with reading(engine) as session:
        samtalevisning.find(session, samtale_id, hvem)
        firma, state = remembered(session, samtale_id)
        typed = Besked.samtale_id == samtale_id, Besked.sender == "user", Besked.knap_seq.is_(None)
        texts = list(session.scalars(select(Besked.text).where(*typed).order_by(Besked.seq)))
    answers = set(state.tekst.values()) if state else set()
    telling = [text for text in texts if text not in answers and len(text.split()) >= TELLING]
    svar = {slot: value for slot, value in firma.items() if slot in SLOTS and slot in library.spoergsmaal and value is not None}
    if state is not None:
        svar |= {slot: value for slot, value in state.svar.items() if slot in library.spoergsmaal and value is not None}
    chosen = (*(state.valgte if state else ()), (state.emne or "") if state else "")
    return FraSamtale(
        sagt="\n".join(telling[-MOST:]),
        pakke=state.pakke if state and state.pakke in library.servicepakker else None,
        ydelser=tuple(ident for ident in dict.fromkeys(chosen) if ident in library.ydelser),
        svar={slot: value for slot, value in svar.items() if slot != "samtykke"},
        sag=str(firma["sag"]) if firma.get("sag") else None,
        samtykke=svar.get("samtykke") is True,
    )
