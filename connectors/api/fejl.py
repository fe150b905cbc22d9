"""Errors as Zammad tells them: ``{"error", "error_human"}``, the first in Zammad's English where it has one, the second in
Danish."""

from __future__ import annotations

from aiohttp import web
from pydantic import ValidationError

from bot.knowledge.danish_errors import danish
from connectors.website.errors import ApiError

PREFIX = "/api/v1"


class ZammadFejl(ApiError):
    """A refusal: ``error`` for programs, ``tekst`` for people."""

    def __init__(self, status: int, error: str, tekst: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(status, error, tekst, headers)


def ugyldig(tekst: str, error: str = "Unprocessable") -> ZammadFejl:
    """What was sent cannot be used: 422."""
    return ZammadFejl(422, error, tekst)


def findes_ikke(slags: str, nummer: object) -> ZammadFejl:
    """There is no such object: 404."""
    return ZammadFejl(404, f"Couldn't find {slags} with 'id'={nummer}", f"Der er ingen {_NAVNE[slags]} med nummer {nummer}.")


def kan_ikke(tekst: str) -> ZammadFejl:
    """Zammad can, we cannot, and never will: 403."""
    return ZammadFejl(403, "Not authorized", tekst)


def har_vi_ikke(tekst: str) -> ZammadFejl:
    """A part of Zammad that there is none of here: 501."""
    return ZammadFejl(501, "Not implemented", tekst)


def adgang(error: str, tekst: str) -> ZammadFejl:
    """No token, or one that opens nothing: 401."""
    return ZammadFejl(401, error, tekst, {"WWW-Authenticate": 'Token realm="erhverv"'})


def af_validering(error: ValidationError) -> ZammadFejl:
    """What the case's own shape has no place for."""
    told = [f"{'.'.join(str(part) for part in where)}: {message}" for where, message in danish(error.errors())]
    return ugyldig("; ".join(told))


def er_api(request: web.BaseRequest) -> bool:
    """Whether the request is for this API, and not for the chat's."""
    return request.path == PREFIX or request.path.startswith(f"{PREFIX}/")


def svar(error: ApiError) -> web.Response:
    """Any error in Zammad's shape."""
    body = {"error": error.code, "error_human": error.message}
    return web.json_response(body, status=error.status, headers=error.headers)


_NAVNE = {
    "Ticket": "henvendelse",
    "Ticket::Article": "artikel",
    "User": "bruger",
    "Organization": "virksomhed",
    "Group": "enhed",
    "Ticket::State": "status",
    "Ticket::Priority": "prioritet",
    "Role": "rolle",
}
