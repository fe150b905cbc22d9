"""What the bot would make of a text, for staff: the same ranking, asked of Rasa without a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.knowledge.library import Library
from bot.language.cpr import mask
from connectors.desk.adgang import kraev
from connectors.desk.sider import vis
from connectors.website.errors import ApiError
from connectors.website.gateway import GATEWAY
from connectors.website.incoming import LONGEST_TEXT
from connectors.website.rasa_client import RasaClient, RasaFailed

REGISTRERER = ("front", "konsulent")
FEWEST = 3  # letters from which a text is worth asking about
WORTH = 0.02  # probability from which a meaning is worth a line
NEDE = "Forslagene kan ikke hentes lige nu. Vælg selv pakke eller ydelse i listerne."


@dataclass(frozen=True)
class Mulighed:
    """A package or a service that a text may be about; ``kind`` is ``pakke`` or ``ydelse``."""

    kind: str
    id: str
    navn: str
    kort: str
    score: float


def ruter(app: web.Application) -> None:
    """The ranking by itself."""
    app.router.add_get("/api/forstaa", forstaa, allow_head=False)


@kraev(*REGISTRERER)
async def forstaa(request: web.Request) -> web.StreamResponse:
    """``GET /desk/api/forstaa?q=``: as ``erhverv parse`` (contract), each candidate with its ``navn``. To a page that asks
    for HTML, the packages and services as buttons. 503 where Rasa does not answer."""
    gateway = request.config_dict[GATEWAY]
    text = request.query.get("q", "")
    as_page = "text/html" in request.headers.get("Accept", "")
    try:
        found = await spoerg(gateway.rasa, text)
    except RasaFailed:
        if as_page:
            return await vis(request, "registrer_forslag.html", muligheder=(), nede=NEDE, sagt=text)
        raise ApiError(503, "nede", NEDE) from None
    if as_page:
        return await vis(request, "registrer_forslag.html", muligheder=muligheder(found, gateway.library), nede="", sagt=text)
    for candidate in found["candidates"]:
        candidate["navn"] = _navn(candidate, gateway.library)
    return web.json_response(found)


async def spoerg(rasa: RasaClient, text: str) -> dict[str, Any]:
    """What a text means (``bot.forstaa``), CPR numbers masked and no more of it than a chat message may hold; nothing is
    asked about a text that says nothing. Raises ``RasaFailed``."""
    masked = mask(text.strip())[0][:LONGEST_TEXT]
    if sum(char.isalpha() for char in masked) < FEWEST:
        return {"text": masked, "intent": None, "kind": "uklart", "id": None, "confidence": 0.0, "candidates": []}
    return await rasa.forstaa(masked)


def muligheder(found: dict[str, Any], library: Library) -> tuple[Mulighed, ...]:
    """The packages and services among the candidates, best first."""
    known = [
        Mulighed(str(candidate["kind"]), str(candidate["id"]), item.navn, item.kort, float(candidate.get("score", 0)))
        for candidate in found["candidates"]
        if (item := _item(candidate, library)) is not None
    ]
    return tuple(one for one in known if one.score >= WORTH)


def _item(candidate: dict[str, Any], library: Library) -> Any:
    catalogue: Any = {"pakke": library.servicepakker, "ydelse": library.ydelser}.get(str(candidate.get("kind")), {})
    return catalogue.get(candidate.get("id"))


def _navn(candidate: dict[str, Any], library: Library) -> str | None:
    item = _item(candidate, library)
    if item is None and candidate.get("kind") == "omraade":
        item = library.omraader.get(str(candidate.get("id")))
    return item.navn if item is not None else None
