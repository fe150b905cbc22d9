"""Drafts for staff in a chat: the answers that the bot would give, and the editors' canned replies. Nothing is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from aiohttp import web
from sqlalchemy import Engine, select

from bot.dialog import catalogue, ydelse
from bot.dialog.aspekt import asked_aspect
from bot.knowledge.library import Library
from bot.knowledge.schema.svarskabeloner import PLADSHOLDER
from bot.language.dato import dansk_dato
from connectors.crm import synlighed
from connectors.crm.models import Henvendelse
from connectors.database import off_loop, reading
from connectors.desk import samtalevisning
from connectors.desk.adgang import Bruger, bruger, kraev
from connectors.desk.forstaaelse import muligheder, spoerg
from connectors.desk.samtale_api import findes_ikke
from connectors.desk.samtalevisning import IngenSamtale
from connectors.website.errors import ApiError, invalid
from connectors.website.gateway import GATEWAY
from connectors.website.hvem import TAGER
from connectors.website.models import Besked
from connectors.website.rasa_client import RasaFailed

T = TypeVar("T")
LOOKED_AT = 4  # of the business's latest messages, for what it is about
DRAFTS = 3  # packages and services
ABOUT = ("ydelse", "pakke", "omraade", "uklart")  # intents of a message that is about something in the catalogue
NEDE = "Forslagene kunne ikke hentes. Svar selv, eller brug et fast svar."


def ruter(app: web.Application) -> None:
    """Drafts and canned replies, as JSON."""
    app.router.add_get("/api/forslag", forslag, allow_head=False)
    app.router.add_get("/api/skabeloner", skabeloner, allow_head=False)


@kraev(*TAGER)
async def forslag(request: web.Request) -> web.StreamResponse:
    """``GET /desk/api/forslag?samtale=`` or ``?q=``: ``[{"titel", "tekst", "ydelse", "pakke", "aspekt"}]``, best first; of a
    conversation about what the business wrote last. 503 where Rasa does not answer."""
    gateway = request.config_dict[GATEWAY]
    if (samtale := request.query.get("samtale")) is not None:
        texts = await _adgang(_skrevet, request, samtale)
    elif (query := request.query.get("q")) is not None:
        texts = [query]
    else:
        raise invalid("samtale_eller_q", "Angiv enten samtale eller q.")
    try:
        for text in texts:  # "hvad koster det?" is about what was written before it
            found = await spoerg(gateway.rasa, text)
            drafts = udkast(found, texts[0], gateway.library) if found["intent"] in ABOUT else []
            if drafts:
                return web.json_response(drafts)
    except RasaFailed:
        raise ApiError(503, "nede", NEDE) from None
    return web.json_response([])


def udkast(found: dict[str, Any], asked: str, library: Library) -> list[dict[str, Any]]:
    """The bot's answers on what ``found`` (``bot.forstaa``) may be about. Of the likeliest service also the answer to the
    aspect that ``asked`` asks for, first; an aspect that no source answers is no draft."""
    drafts: list[dict[str, Any]] = []
    aspekt = asked_aspect(asked, library)
    for one in muligheder(found, library)[:DRAFTS]:
        if one.kind == "pakke":
            text = catalogue.package(library.servicepakker[one.id], library).text
            drafts.append({"titel": one.navn, "tekst": text, "ydelse": None, "pakke": one.id, "aspekt": None})
            continue
        service = library.ydelser[one.id]
        if aspekt is not None and not any(draft["ydelse"] for draft in drafts):
            answer = ydelse.about(service, aspekt, library)
            if answer.data["kendt"]:
                titel = f"{one.navn}: {library.aspekter[aspekt].titel}"
                drafts.append(_af_ydelse(one.id, titel, answer.text, aspekt.value))
        drafts.append(_af_ydelse(one.id, one.navn, ydelse.about(service, None, library).text, None))
    return drafts


@kraev(*TAGER)
async def skabeloner(request: web.Request) -> web.StreamResponse:
    """``GET /desk/api/skabeloner?samtale=``: ``[{"id", "titel", "tekst", "mangler"}]``; what is known of the conversation's
    case is filled in, and what is not stands as it is and is named in ``mangler``."""
    library, hvem = request.config_dict[GATEWAY].library, bruger(request)
    samtale = request.query.get("samtale")
    known = {"fornavn": hvem.fornavn, **(await _adgang(_sagens, request, samtale) if samtale is not None else {})}
    return web.json_response(
        [
            {"id": one.id, "titel": one.titel, "tekst": udfyldt(one.tekst, known), "mangler": _mangler(one.tekst, known)}
            for one in library.skabeloner
        ]
    )


def udfyldt(tekst: str, kendt: dict[str, str]) -> str:
    """A canned reply with what is known in it."""
    return PLADSHOLDER.sub(lambda found: kendt.get(found[1], found[0]), tekst)


def _mangler(tekst: str, kendt: dict[str, str]) -> list[str]:
    return [name for name in dict.fromkeys(PLADSHOLDER.findall(tekst)) if name not in kendt]


def _af_ydelse(ident: str, titel: str, text: str, aspekt: str | None) -> dict[str, Any]:
    body = text.split("\n\n", 1)[-1]  # without the heading, which ``titel`` says
    return {"titel": titel, "tekst": body, "ydelse": ident, "pakke": None, "aspekt": aspekt}


async def _adgang(function: Callable[[Engine, str, Bruger], T], request: web.Request, samtale: str) -> T:
    """Something of a conversation, for those who may see it."""
    try:
        return await off_loop(function, request.config_dict[GATEWAY].engine, samtale, bruger(request))
    except IngenSamtale:
        raise findes_ikke() from None


def _skrevet(engine: Engine, samtale_id: str, hvem: Bruger) -> Sequence[str]:
    """What the business has typed, the latest first."""
    with reading(engine) as session:
        samtalevisning.find(session, samtale_id, hvem)
        typed = Besked.samtale_id == samtale_id, Besked.sender == "user", Besked.knap_seq.is_(None)
        return list(session.scalars(select(Besked.text).where(*typed).order_by(Besked.seq.desc()).limit(LOOKED_AT)))


def _sagens(engine: Engine, samtale_id: str, hvem: Bruger) -> dict[str, str]:
    """Number, deadline and company of the conversation's latest case that ``hvem`` may see."""
    with reading(engine) as session:
        samtalevisning.find(session, samtale_id, hvem)
        latest = select(Henvendelse).where(Henvendelse.samtale == samtale_id, synlighed.for_bruger(hvem))
        row = session.scalars(latest.order_by(Henvendelse.id.desc()).limit(1)).first()
        if row is None:
            return {}
        company = {"virksomhed": row.virksomhed.navn} if row.virksomhed and row.virksomhed.navn else {}
        return {"nummer": row.nummer, "frist": dansk_dato(row.svarfrist), **company}
