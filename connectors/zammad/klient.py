"""A Zammad over HTTP: one call, and what can come of it."""

from __future__ import annotations

import datetime as dt
import email.utils
import json
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import aiohttp

from connectors.crm.artikler import rens
from connectors.zammad.fejl import Afvist, Midlertidig

LONGEST_REASON = 300
LARGEST_ANSWER = 20 * 1024 * 1024
_AUTHENTICATION = {401: "adgangsnøglen er forkert eller tilbagekaldt; ret ERHVERV_ZAMMAD_TOKEN"}


class ZammadKlient:
    """Calls ``url``'s API as the owner of ``token``. Use as an async context manager."""

    def __init__(self, url: str, token: str, timeout_seconds: float) -> None:
        base = url.rstrip("/")
        self._base = base if base.endswith("/api/v1") else f"{base}/api/v1"
        self._headers = {"Authorization": f"Token token={token}", "User-Agent": "erhverv-spejling"}
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(headers=self._headers, timeout=self._timeout)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def liste(self, path: str, params: Mapping[str, str]) -> list[dict[str, Any]]:
        """GET something that is a list of objects. Raises ``Midlertidig``, ``Afvist``."""
        answer = await self.kald("GET", path, params=params)
        if not isinstance(answer, list) or not all(isinstance(item, dict) for item in answer):
            raise Midlertidig("Zammad svarede med noget andet end en liste")
        return answer

    async def objekt(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, *, noegle: str | None = None
    ) -> dict[str, Any]:
        """A call whose answer is an object with an id. Raises ``Midlertidig``, ``Afvist``."""
        answer = await self.kald(method, path, body=body, noegle=noegle)
        if not isinstance(answer, dict) or not isinstance(answer.get("id"), int):
            raise Midlertidig("Zammads svar kunne ikke forstås")
        return answer

    async def kald(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        noegle: str | None = None,
    ) -> Any:
        """The answer's JSON; None where it is empty. ``noegle`` is sent as ``Idempotency-Key``, for those who know it.

        Raises:
            Midlertidig: no connection, no answer in time, half an answer, 5xx, 429; and a wrong address or token, which
                somebody will put right.
            Afvist: any other refusal.
        """
        if self._session is None:
            raise RuntimeError("ZammadKlient bruges som async with")
        headers = {"Idempotency-Key": noegle} if noegle else {}
        try:
            async with self._session.request(
                method, f"{self._base}/{path}", params=params, json=body, headers=headers, allow_redirects=False
            ) as response:
                return _read(response, await _whole(response))
        except TimeoutError as error:
            raise Midlertidig("Zammad svarede ikke i tide") from error
        except (aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
            raise Midlertidig("Zammad kan ikke nås; er ERHVERV_ZAMMAD_URL rigtig?", alle=True) from error
        except (aiohttp.ClientError, OSError) as error:
            raise Midlertidig("forbindelsen til Zammad blev afbrudt") from error


async def _whole(response: aiohttp.ClientResponse) -> bytes:
    """The answer to its end, in however many pieces it comes. Raises ``Midlertidig`` where it is too large."""
    raw = bytearray()
    async for piece in response.content.iter_any():
        raw += piece
        if len(raw) > LARGEST_ANSWER:
            raise Midlertidig("Zammads svar er for stort")
    return bytes(raw)


def _read(response: aiohttp.ClientResponse, raw: bytes) -> Any:
    status = response.status
    if 300 <= status < 400:
        raise Midlertidig("Zammad henviser til en anden adresse; ret ERHVERV_ZAMMAD_URL", alle=True)
    if status in _AUTHENTICATION:
        raise Midlertidig(_AUTHENTICATION[status], alle=True)
    if status == 429:
        raise Midlertidig("Zammad beder os vente", vent=_retry_after(response), alle=True)
    if status in (408, 425) or status >= 500:
        raise Midlertidig(f"fejl hos Zammad ({status})", vent=_retry_after(response))
    if status >= 400:
        raise Afvist(status, _reason(status, raw))
    if not raw.strip():
        return None
    try:
        return json.loads(raw)
    except ValueError as error:
        raise Midlertidig("Zammads svar kunne ikke læses") from error


def _reason(status: int, raw: bytes) -> str:
    try:
        said = json.loads(raw)
        text = str(said.get("error_human") or said.get("error")) if isinstance(said, dict) else ""
    except ValueError:
        text = ""
    text = " ".join(rens(text).split())[:LONGEST_REASON]
    return f"Zammad afviste ({status})" + (f": {text}" if text else "")


def _retry_after(response: aiohttp.ClientResponse) -> float | None:
    said = response.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        moment = email.utils.parsedate_to_datetime(said)
    except ValueError:
        return None
    return max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds()) if moment.tzinfo else None
