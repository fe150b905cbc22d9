"""Failures as pages that say what happened and what was not saved; for scripts (``/desk/api/``) as JSON."""

from __future__ import annotations

import logging

from aiohttp import web
from aiohttp.typedefs import Handler
from sqlalchemy.exc import InterfaceError, OperationalError

from connectors.crm.fejl import ForaeldetVersion, UkendtHenvendelse
from connectors.desk.adgang import er_api
from connectors.desk.sider import vis
from connectors.desk.sikkerhed import FORMS, SAFE
from connectors.website import errors
from connectors.website.errors import ApiError
from connectors.website.incident import log_incident

logger = logging.getLogger(__name__)

TITLER = {
    401: "Log ind igen",
    403: "Ingen adgang",
    404: "Siden findes ikke",
    405: "Det kan ikke gøres her",
    409: "Ændret af en anden",
    413: "For meget på én gang",
    429: "For mange forsøg",
    503: "Ude af drift",
}
OTHER_TITLE = "Det gik galt"
NEDE = "Databasen svarer ikke. Intet er gemt. Prøv igen om lidt."
UVENTET = "Der skete en uventet fejl, og intet er gemt. Oplys denne henvisning til driften: {reference}."
FORAELDET = "En kollega har ændret {number} i mellemtiden, så dit er ikke gemt. Hent sagen igen, og se, hvad der er ændret."
TEKSTER = {404: "Adressen findes ikke.", 405: "Den metode kan ikke bruges her.", 413: "Det sendte fylder for meget."}


@web.middleware
async def fejl(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers every failure behind it."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        refused = ApiError(error.status, "fejl", TEKSTER.get(error.status, errors.of_http(error).message))
        if er_api(request):
            refused = errors.of_http(error)
    except ApiError as error:
        refused = error
    except ForaeldetVersion as error:
        refused = ApiError(409, "foraeldet", FORAELDET.format(number=error.number))
    except UkendtHenvendelse:
        refused = ApiError(404, "findes_ikke", "Der er ingen henvendelse med det nummer.")
    except (OperationalError, InterfaceError) as error:
        log_incident(logger, f"databasen svarer ikke ({request.method} skrivebordet)", error)
        refused = ApiError(503, "nede", NEDE, {"Retry-After": "5"})
    except Exception as error:
        reference = log_incident(logger, f"uventet fejl ({request.method} {_rute(request)})", error)
        refused = ApiError(500, "uventet_fejl", UVENTET.format(reference=reference))
    return refused.response() if er_api(request) else await side(request, refused)


async def side(request: web.Request, refused: ApiError) -> web.Response:
    """The page of a refusal. What was written in a refused form is shown, so that it can be copied and is not lost."""
    response = await vis(
        request,
        "fejl.html",
        status=refused.status,
        titel=TITLER.get(refused.status, OTHER_TITLE),
        forklaring=refused.message,
        skrevet=await _skrevet(request) if refused.status != 413 else [],
    )
    response.headers.update(refused.headers)
    return response


async def _skrevet(request: web.Request) -> list[str]:
    if request.method in SAFE or request.content_type not in FORMS:
        return []
    try:
        form = await request.post()
    except (ValueError, web.HTTPException):
        return []
    return [text for name, text in form.items() if isinstance(text, str) and "kode" not in name and _er_prosa(text)]


def _er_prosa(text: str) -> bool:
    return " " in text.strip()


def _rute(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "ukendt"
