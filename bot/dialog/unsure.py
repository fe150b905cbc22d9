"""When the bot is not sure: the best three as buttons, and "ingen af dem"; the second time in a row a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.dialog.reply import Button, Reply
from bot.knowledge.library import Library

OFFERED = 3
LEAST = 0.03  # probability under which a guess is not worth a button


def which(candidates: Sequence[Mapping[str, Any]], library: Library) -> Reply:
    """The question back. Candidates are of the classifier's shape: kind, id, score, best first."""
    offers = [offer for candidate in candidates if (offer := _offer(candidate, library))][:OFFERED]
    if not offers:
        return nothing_near(library)
    none = Button(library.text("uklart", "knap_ingen"), {"intent": "ingen_af_dem"})
    items = [{"kind": kind, "id": ident} for kind, ident, _ in offers]
    return Reply(
        library.text("uklart", "hvilken"), (*(button for _, _, button in offers), none), {"type": "kandidater", "items": items}
    )


def nothing_near(library: Library) -> Reply:
    """Nothing to offer: say so, with the catalogue and a person as ways on."""
    return Reply(library.text("uklart", "intet"), _ways_on(library), {"type": "uklart"})


def again(library: Library) -> Reply:
    """After "ingen af dem", or the second unclear message in a row: a person, or other words."""
    person = Button(library.text("katalog", "knap_menneske"), {"intent": "menneske"})
    areas = Button(library.text("katalog", "knap_omraader"), {"intent": "omraader"})
    return Reply(library.text("uklart", "igen"), (person, areas), {"type": "uklart"})


def _ways_on(library: Library) -> tuple[Button, ...]:
    return (
        Button(library.text("katalog", "knap_omraader"), {"intent": "omraader"}),
        Button(library.text("katalog", "knap_menneske"), {"intent": "menneske"}),
    )


def _offer(candidate: Mapping[str, Any], library: Library) -> tuple[str, str | None, Button] | None:
    kind, ident = str(candidate.get("kind")), candidate.get("id")
    if float(candidate.get("score") or 0) < LEAST:
        return None
    catalogue: dict[str, Mapping[str, Any]] = {
        "ydelse": library.ydelser,
        "omraade": library.omraader,
        "pakke": library.servicepakker,
    }
    named = catalogue.get(kind)
    if named is not None:
        found = named.get(str(ident))
        return (kind, str(ident), Button(found.navn, {"intent": kind, "id": ident})) if found else None
    if kind in ("menneske", "sag"):
        return kind, None, Button(library.text("uklart", f"knap_{kind}"), {"intent": kind})
    return None
