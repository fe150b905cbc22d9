"""OpenID Connect with the municipality's own log-in: authorization code with PKCE, and an id token that is believed only
when its signature, issuer, audience, time and nonce are right (OpenID Connect Core 1.0, 3.1.3.7)."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import secrets
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from typing import Any, cast

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from connectors.desk.settings import DeskSettings

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
TIMEOUT_SECONDS = 10.0
KEPT_SECONDS = 600.0  # how long what the provider says of itself, keys too, is believed
LEEWAY_SECONDS = 60


class Nede(Exception):
    """The provider can't be reached, or answers what it never should."""


class Afvist(Exception):
    """The provider's answer proves nothing of anybody; the message says which part, and nothing of its content."""


@dataclass(frozen=True)
class Begyndt:
    """A log-in on its way: what only the browser that began it knows. ``hen``: where it wanted to go."""

    state: str
    nonce: str
    verifier: str
    hen: str

    def som_cookie(self) -> str:
        """As a cookie's value."""
        return base64.urlsafe_b64encode(json.dumps(asdict(self)).encode()).decode()

    @classmethod
    def fra_cookie(cls, text: str | None) -> Begyndt | None:
        """What ``som_cookie`` wrote; None for anything else."""
        try:
            found = json.loads(base64.urlsafe_b64decode(text or ""))
            return cls(*(str(found[name]) for name in ("state", "nonce", "verifier", "hen")))
        except (binascii.Error, ValueError, KeyError, TypeError):
            return None


@dataclass(frozen=True)
class Udbyder:
    """What the provider says of itself, and its keys."""

    authorization: str
    token: str
    method: str
    keys: KeySet


class Oidc:
    """One provider, for the desk's settings. Nothing is asked of it before somebody wants to log in."""

    def __init__(self, settings: DeskSettings) -> None:
        self._settings = settings
        self._issuer = settings.oidc_issuer or ""
        self._udbyder: tuple[float, Udbyder] | None = None

    async def begynd(self, redirect_uri: str, hen: str) -> tuple[str, Begyndt]:
        """The provider's page to go to, and what the browser must keep meanwhile.

        Raises:
            Nede: when the provider can't be asked where that page is.
        """
        begyndt = Begyndt(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), hen)
        udbyder = await self._kendt()
        async with self._client(redirect_uri) as client:
            url, _ = client.create_authorization_url(
                udbyder.authorization, state=begyndt.state, nonce=begyndt.nonce, code_verifier=begyndt.verifier
            )
        return str(url), begyndt

    async def afslut(self, begyndt: Begyndt, query: Mapping[str, str], redirect_uri: str) -> dict[str, Any]:
        """Who it is: the id token's claims, for the answer that the provider sent the browser back with.

        Raises:
            Nede, Afvist
        """
        if not hmac.compare_digest(query.get("state", "").encode(), begyndt.state.encode()):
            raise Afvist("state")
        if query.get("iss", self._issuer) != self._issuer:  # RFC 9207: an answer of another provider mixed in
            raise Afvist("iss")
        if not query.get("code"):
            raise Afvist("code")
        udbyder = await self._kendt()
        async with self._client(redirect_uri, udbyder.method) as client:
            try:
                token = await client.fetch_token(
                    udbyder.token, grant_type="authorization_code", code=query["code"], code_verifier=begyndt.verifier
                )
            except AuthlibBaseError as error:
                raise Afvist("code") from error
            except ValueError as error:
                raise Nede("udstederens svar kan ikke læses") from error
        return await self._laest(str(token.get("id_token", "")), begyndt.nonce)

    async def _laest(self, id_token: str, nonce: str) -> dict[str, Any]:
        try:
            return self._bevist(id_token, nonce, (await self._kendt()).keys)
        except Afvist:
            fresh = await self._kendt(anew=True)  # the provider may have changed its keys
            return self._bevist(id_token, nonce, fresh.keys)

    def _bevist(self, id_token: str, nonce: str, keys: KeySet) -> dict[str, Any]:
        client_id = self._settings.oidc_client_id or ""
        registry = jwt.JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": client_id},
            sub={"essential": True},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            claims = jwt.decode(id_token, keys, algorithms=ALGORITHMS).claims
            registry.validate(claims)
        except (JoseError, ValueError) as error:
            raise Afvist(f"id_token ({type(error).__name__})") from error
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if several else client_id) != client_id:
            raise Afvist("id_token (azp)")
        return claims

    async def _kendt(self, *, anew: bool = False) -> Udbyder:
        now = time.monotonic()
        if not anew and self._udbyder is not None and self._udbyder[0] > now - KEPT_SECONDS:
            return self._udbyder[1]
        async with self._client("") as client:
            about = await _json(client, f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            keys = await _json(client, str(about.get("jwks_uri")))
        if about.get("issuer") != self._issuer:
            raise Nede("udstederen hedder noget andet end ERHVERV_OIDC_ISSUER")
        offered = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        method = "client_secret_basic" if "client_secret_basic" in offered else "client_secret_post"
        try:
            found = Udbyder(
                str(about["authorization_endpoint"]),
                str(about["token_endpoint"]),
                method,
                KeySet.import_key_set(cast(KeySetSerialization, keys)),
            )
        except (KeyError, JoseError, ValueError, TypeError) as error:
            raise Nede("udstederens oplysninger om sig selv kan ikke bruges") from error
        self._udbyder = (now, found)
        return found

    @asynccontextmanager
    async def _client(self, redirect_uri: str, method: str = "client_secret_basic") -> AsyncIterator[AsyncOAuth2Client]:
        secret = self._settings.oidc_client_secret
        client = AsyncOAuth2Client(
            client_id=self._settings.oidc_client_id,
            client_secret=secret,
            token_endpoint_auth_method=method if secret else "none",
            redirect_uri=redirect_uri,
            scope="openid profile email",
            code_challenge_method="S256",
            timeout=TIMEOUT_SECONDS,
        )
        try:
            async with client:
                yield client
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise Nede("udstederen svarer ikke") from error


async def _json(client: AsyncOAuth2Client, url: str) -> dict[str, Any]:
    response = await client.request("GET", url, withhold_token=True)
    if response.status_code != 200:
        raise Nede(f"udstederen svarede {response.status_code}")
    try:
        found = response.json()
    except ValueError as error:
        raise Nede("udstederens oplysninger om sig selv kan ikke læses") from error
    if not isinstance(found, dict):
        raise Nede("udstederens oplysninger om sig selv kan ikke læses")
    return found
