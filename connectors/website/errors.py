"""Errors of the HTTP API: ``{"error": {"code", "message"}}``, the message in Danish."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

# What an ordinary HTTP failure is called and says; (code, message) by status.
OF_STATUS: dict[int, tuple[str, str]] = {
    400: ("ugyldig", "Forespørgslen kan ikke forstås."),
    401: ("ikke_adgang", "Samtalens adgangsnøgle mangler eller er ugyldig."),
    403: ("forbudt", "Det er der ikke adgang til herfra."),
    404: ("findes_ikke", "Adressen findes ikke."),
    405: ("forkert_metode", "Den metode kan ikke bruges på denne adresse."),
    413: ("for_stor", "Forespørgslen er for stor."),
    415: ("forkert_type", "Indholdet skal være JSON."),
    503: ("nede", "Assistenten er midlertidigt ude af drift. Prøv igen om lidt."),
}
OTHER_4XX = ("ugyldig", "Forespørgslen kan ikke behandles.")
UNEXPECTED = ("uventet_fejl", "Der skete en uventet fejl hos os. Oplys denne henvisning, hvis du kontakter os: {reference}.")
MISSING_TEXT = "Beklager, her mangler en tekst hos os."
LAST_RESORT = "Beklager, der skete en fejl hos os. Henvisning til fejlen: {reference}."


class ApiError(Exception):
    """A refusal on purpose, answered with ``status`` and the contract's error shape."""

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})

    def as_json(self) -> dict[str, dict[str, str]]:
        """The contract's shape."""
        return {"error": {"code": self.code, "message": self.message}}

    def response(self) -> web.Response:
        """As an HTTP answer."""
        return web.json_response(self.as_json(), status=self.status, headers=self.headers)


def invalid(code: str, message: str) -> ApiError:
    """Input that can't be used: 400."""
    return ApiError(400, code, message)


def unauthorized() -> ApiError:
    """No token, or one that opens nothing."""
    return ApiError(401, *OF_STATUS[401], {"WWW-Authenticate": "Bearer"})


def closed() -> ApiError:
    """The conversation has ended."""
    return ApiError(409, "lukket", "Samtalen er afsluttet. Start en ny for at skrive igen.")


def other_body() -> ApiError:
    """A client_id used again for something else."""
    return ApiError(409, "client_id_brugt", "client_id er allerede brugt til en anden besked.")


def unknown_button() -> ApiError:
    """A payload that was not issued in this conversation."""
    return invalid("ukendt_knap", "Knappen hører ikke til denne samtale.")


def too_many(retry_after: int) -> ApiError:
    """Over a rate limit; ``retry_after`` in seconds."""
    message = f"Du skriver hurtigere, end vi kan følge med til. Prøv igen om {retry_after} sekunder."
    return ApiError(429, "for_mange", message, {"Retry-After": str(retry_after)})


def of_http(error: web.HTTPException) -> ApiError:
    """One of aiohttp's own errors, in our shape."""
    code, message = OF_STATUS.get(error.status, OTHER_4XX if error.status < 500 else OF_STATUS[503])
    headers = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
    return ApiError(error.status, code, message, headers)
