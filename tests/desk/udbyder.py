"""An OpenID provider to order: it checks what the desk sends as a real one would, and lies as a test bids it."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiohttp import web
from aiohttp.test_utils import TestServer
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "desken", "hemmelig & lang"


@dataclass
class Udbyder:
    """``claims`` are put over what is right in the id token; a None takes a claim away. ``asked`` is what came to the
    token endpoint."""

    person: dict[str, Any] = field(
        default_factory=lambda: {
            "sub": "123",
            "name": "Bo Prøve",
            "given_name": "Bo",
            "preferred_username": "BO",
            "roles": ["front"],
        }
    )
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"}))
    signed_with: RSAKey | None = None
    about: dict[str, Any] = field(default_factory=dict)
    token_status: int = 200
    token_body: str | None = None
    discovery_status: int = 200
    asked: list[dict[str, str]] = field(default_factory=list)
    key_requests: int = 0
    server: TestServer | None = None

    async def start(self) -> str:
        """Listen. Returns the issuer."""
        app = web.Application()
        app.router.add_get("/.well-known/openid-configuration", self._about)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/token", self._token)
        self.server = TestServer(app)
        await self.server.start_server()
        return self.issuer

    async def stop(self) -> None:
        if self.server is not None:
            await self.server.close()

    @property
    def issuer(self) -> str:
        assert self.server is not None
        return str(self.server.make_url("")).rstrip("/")

    def log_ind(self, url: str) -> dict[str, str]:
        """The person logs in on the page at ``url``. Returns the query that the browser is sent back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert url.startswith(f"{self.issuer}/authorize?")
        assert (asked["response_type"], asked["client_id"], asked["code_challenge_method"]) == ("code", CLIENT, "S256")
        assert "openid" in asked["scope"].split()
        self._given = (secrets.token_urlsafe(8), asked)
        return {"code": self._given[0], "state": asked["state"], "iss": self.issuer}

    async def _about(self, _: web.Request) -> web.Response:
        about = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.about,
        }
        return web.json_response(about, status=self.discovery_status)

    async def _keys(self, _: web.Request) -> web.Response:
        self.key_requests += 1
        return web.json_response(KeySet([self.key]).as_dict(private=False))

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append({**form, "authorization": request.headers.get("Authorization", "")})
        if self.token_body is not None or self.token_status != 200:
            return web.Response(text=self.token_body or "", status=self.token_status)
        code, asked = self._given
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        right = (form["code"], form["redirect_uri"], challenge) == (code, asked["redirect_uri"], asked["code_challenge"])
        if not right:
            return web.json_response({"error": "invalid_grant"}, status=400)
        return web.json_response({"access_token": "x", "token_type": "Bearer", "id_token": self._id_token(asked["nonce"])})

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        right = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce, **self.person, **self.claims}
        key = self.signed_with or self.key
        return jwt.encode({"alg": "RS256", "kid": "k1"}, {name: v for name, v in right.items() if v is not None}, key)
