"""Who is asking: the client's address behind trusted proxies, and whether it is on the inner network."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

from aiohttp import web

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_INNER = [
    ipaddress.ip_network(net)
    for net in ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10")
]  # fmt: skip


def networks(trusted: Iterable[str]) -> tuple[Network, ...]:
    """The trusted proxies (addresses or networks) of the settings.

    Raises:
        ValueError: in Danish, where one is neither.
    """
    found = []
    for text in trusted:
        try:
            found.append(ipaddress.ip_network(text.strip(), strict=False))
        except ValueError:
            raise ValueError(f"ERHVERV_TRUSTED_PROXIES: '{text}' er hverken en adresse eller et net") from None
    return tuple(found)


def origins(allowed: Iterable[str]) -> frozenset[str]:
    """The origins of the settings: scheme, host and port, as browsers send them.

    Raises:
        ValueError: in Danish, where one could never match.
    """
    for text in allowed:
        if not re.fullmatch(r"https?://[a-z0-9.\-\[\]:]+", text):
            raise ValueError(
                f"ERHVERV_ALLOWED_ORIGINS: '{text}' skal skrives som https://www.eksempel.dk, uden skråstreg til sidst"
            )
    return frozenset(allowed)


def _address(text: str | None) -> Address | None:
    try:
        address = ipaddress.ip_address((text or "").strip().partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _forwarded(request: web.BaseRequest) -> list[str]:
    return [part.strip() for value in request.headers.getall("X-Forwarded-For", []) for part in value.split(",")]


def is_trusted(address: Address | None, trusted: Iterable[Network]) -> bool:
    """Whether ``address`` is one of the trusted proxies."""
    return address is not None and any(address in net for net in trusted)


def client_address(request: web.BaseRequest, trusted: Iterable[Network]) -> str:
    """The address that limits count by: the nearest one that is no trusted proxy.

    ``X-Forwarded-For`` is read from its end, and only as far as each step was written by a trusted proxy.
    """
    nets = list(trusted)
    current = _address(request.remote)
    for part in reversed(_forwarded(request)):
        if not is_trusted(current, nets):
            break
        before = _address(part)
        if before is None:
            break
        current = before
    return str(current) if current is not None else "ukendt"


def is_loopback(request: web.BaseRequest) -> bool:
    """Whether the request comes straight from this machine, through no proxy."""
    peer = _address(request.remote)
    return peer is not None and peer.is_loopback and not _forwarded(request) and "Forwarded" not in request.headers


def is_inner(request: web.BaseRequest) -> bool:
    """Whether the peer, and everybody a proxy speaks for, is on loopback or a private network."""
    chain = [_address(request.remote), *(_address(part) for part in _forwarded(request))]
    return all(address is not None and any(address in net for net in _INNER) for address in chain)


def own_origin(request: web.BaseRequest, trusted: Iterable[Network]) -> str:
    """The origin under which the client reached this gateway."""
    scheme = request.scheme
    if is_trusted(_address(request.remote), trusted):
        scheme = request.headers.get("X-Forwarded-Proto", scheme).split(",")[0].strip().lower()
    return f"{scheme}://{request.host}"
