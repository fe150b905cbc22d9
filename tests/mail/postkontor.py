"""An SMTP server to order, in the test's own loop: takes mail, refuses it, hangs up, or says nothing at all."""

from __future__ import annotations

import asyncio
import datetime as dt
import email
import email.policy
import ipaddress
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Postkontor:
    """``rcpt`` and ``data``: what is said to these commands. ``tavs`` and ``bryder``: the command at which it falls silent,
    or hangs up; the mail itself it has then."""

    def __init__(self, rcpt: str = "250 OK", data: str = "250 OK", tavs: str = "", bryder: str = "") -> None:
        self.rcpt, self.data, self.tavs, self.bryder = rcpt, data, tavs, bryder
        self.taget: list[EmailMessage] = []
        self.til: list[str] = []
        self.port = 0
        self._servere: list[SMTP] = []

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return await self._svar(server, "rcpt", self.rcpt)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data.startswith("250"):
            assert isinstance(envelope.content, bytes)
            mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(mail, EmailMessage)
            self.taget.append(mail)
            self.til += envelope.rcpt_tos
        return await self._svar(server, "data", self.data)

    async def _svar(self, server: SMTP, command: str, svar: str) -> str:
        if self.tavs == command:
            await asyncio.Event().wait()
        if self.bryder == command:
            _slip(server)
        return svar

    @asynccontextmanager
    async def aabent(self, tls: ssl.SSLContext | None = None, **andre: Any) -> AsyncIterator[Postkontor]:
        """Listening on a port of its own for as long as the block lasts."""
        loop = asyncio.get_running_loop()

        def ny() -> SMTP:
            self._servere.append(SMTP(self, hostname="proeve.example.dk", loop=loop, **andre))
            return self._servere[-1]

        server = await loop.create_server(ny, "127.0.0.1", 0, ssl=tls)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for one in self._servere:
                if one._handler_coroutine is not None:
                    one._handler_coroutine.cancel()
                _slip(one)
            await server.wait_closed()


def _slip(server: SMTP) -> None:
    """Hang up. By what it can do, not by its class: another event loop's transports (uvloop's) are of none of asyncio's."""
    transport: Any = server.transport
    if transport is not None:
        transport.abort()


def adgang(bruger: str, kode: str) -> Any:
    """A check of user and password."""

    def tjek(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        good = (data.login, data.password) == (bruger.encode(), kode.encode())
        return AuthResult(success=good, handled=False)

    return tjek


def certifikat(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's context with a certificate for loopback, and the file by which a client trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    cert = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    trusted, private = folder / "cert.pem", folder / "key.pem"
    trusted.write_bytes(cert.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, private)
    return context, trusted
