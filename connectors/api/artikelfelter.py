"""What a client says of an article, as an article of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.api.fejl import har_vi_ikke, ugyldig
from connectors.api.opslag import tekst
from connectors.api.tekst import af_html
from connectors.crm.artikler import LONGEST, rens
from connectors.zammad.tabel import FORM_AF_TYPE

LONGEST_ADDRESS = 320
_SENDERS = {"Agent": "ud", "Customer": "ind"}
_SENDERS_BY_ID = {"1": "Agent", "2": "Customer"}


@dataclass(frozen=True)
class NyArtikel:
    """``retning`` and ``form`` of ``connectors.crm.korrespondance``; ``sendes``: it is an answer that is to leave the
    house, as an ``email`` of an agent's does in Zammad. ``maerke``: Zammad's ``message_id``."""

    retning: str
    form: str
    tekst: str
    emne: str | None
    til: str | None
    sendes: bool
    maerke: str | None


def artikel(body: Mapping[str, Any]) -> NyArtikel:
    """An article to be written; by default an agent's public note, as in Zammad.

    Raises:
        ZammadFejl: where it is none, or one that we have no place for.
    """
    if body.get("attachments"):
        raise har_vi_ikke("Vedhæftninger kan ikke gemmes her.")
    slags = tekst(body, "type") or "note"
    if slags not in FORM_AF_TYPE:
        raise ugyldig(f"Artikler af typen {slags[:40]} kan ikke gemmes; vælg {', '.join(FORM_AF_TYPE)}.")
    if (intern := body.get("internal", False)) not in (True, False, None):
        raise ugyldig("internal skal være true eller false.")
    sender = tekst(body, "sender") or _SENDERS_BY_ID.get(str(body.get("sender_id") or 1), "")
    if sender not in _SENDERS:
        raise ugyldig(f"sender skal være {' eller '.join(_SENDERS)}.")
    retning = "intern" if intern else _SENDERS[sender]
    if slags == "chat" and retning == "ud":
        raise ugyldig("Der kan ikke skrives i chatten herfra; brug typen email, så får virksomheden svaret.")
    said = body.get("body")
    if not isinstance(said, str) or not said.strip():
        raise ugyldig("Artiklen har ingen tekst.", 'Need at least article: { body: "some text" }')
    html = "html" in (tekst(body, "content_type") or "").lower()
    kept = rens(af_html(said) if html else said)
    if not kept:
        raise ugyldig("Artiklen har ingen tekst.", 'Need at least article: { body: "some text" }')
    if len(kept) > LONGEST:
        raise ugyldig(f"Teksten er på {len(kept)} tegn; der er plads til {LONGEST}.")
    til = tekst(body, "to")
    if til is not None and len(til) > LONGEST_ADDRESS:
        raise ugyldig(f"to må højst være på {LONGEST_ADDRESS} tegn.")
    return NyArtikel(
        retning=retning,
        form=FORM_AF_TYPE[slags],
        tekst=kept,
        emne=tekst(body, "subject"),
        til=til,
        sendes=slags == "email" and retning == "ud",
        maerke=tekst(body, "message_id"),
    )
