"""Deliver one case: whatever is missing over there, and nothing twice, however the last attempt ended."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from connectors.zammad import oversaettelse
from connectors.zammad.billede import Artikelbillede, Sagsbillede
from connectors.zammad.fejl import Afvist
from connectors.zammad.klient import ZammadKlient
from connectors.zammad.tabel import INGEN_EJER

PER_PAGE = 100
GONE = 404
# Zammad's words for "you may not": what an erasure cannot get done, and what an organisation can be left out for.
_NOT_ALLOWED = (401, 403, 405, 422)


class Spejl:
    """Delivers to one Zammad."""

    def __init__(self, klient: ZammadKlient, grupper: Mapping[str, str]) -> None:
        self._klient = klient
        self._grupper = grupper

    async def opret(self, billede: Sagsbillede) -> tuple[int, bool]:
        """Make the case's ticket, for which ``find`` found none. Returns its id, and whether it was made just now as the
        case is. Raises ``Midlertidig``, ``Afvist``."""
        name = oversaettelse.organisation(billede)
        organisation = name if name and await self._organisation(name) else None
        body = oversaettelse.ny_sag(billede, self._grupper, await self._ejer(billede), organisation)
        try:
            made = await self._klient.objekt("POST", "tickets", body, noegle=f"erhverv:{billede.nummer}")
        except Afvist as refused:
            # The number may have been taken by an earlier attempt of ours, still under way when we looked.
            found = await self.find(billede.nummer)
            if found is None:
                raise refused
            return found, False
        return int(made["id"]), True

    async def foelg(self, billede: Sagsbillede, zammad_id: int) -> None:
        """State, team, owner and deadline as they are here. Raises ``Midlertidig``, ``Afvist``."""
        body = oversaettelse.felter(billede, self._grupper, await self._ejer(billede))
        await self._klient.objekt("PUT", f"tickets/{zammad_id}", body)

    async def skriv(self, billede: Sagsbillede, zammad_id: int) -> None:
        """The articles and tags that are missing over there, the articles in their order. Raises ``Midlertidig``,
        ``Afvist``."""
        if billede.artikler:
            there = {article.get("message_id") for article in await self._articles(zammad_id)}
            for one in billede.artikler:
                if one.maerke not in there:
                    await self._write(zammad_id, one)
        if billede.maerker:
            answer = await self._klient.kald("GET", "tags", params={"object": "Ticket", "o_id": str(zammad_id)})
            tags = answer.get("tags", []) if isinstance(answer, dict) else []
            for tag in billede.maerker:
                if tag not in tags:
                    await self._klient.kald("POST", "tags/add", body={"object": "Ticket", "o_id": zammad_id, "item": tag})

    async def slet(
        self, billede: Sagsbillede, zammad_id: int, bruges: Callable[[str | None, str | None], Awaitable[bool]]
    ) -> list[str]:
        """Erase over there what has been erased here: our articles that are none here any more, and the contact if we
        made it and ``bruges(email, phone)`` says that no case holds it. Returns what Zammad does not let us erase, in
        Danish. Raises ``Midlertidig``, and ``Afvist`` where the ticket is gone."""
        left = []
        kept = {one.maerke for one in billede.artikler}
        prefix = billede.hoved_maerke.removesuffix("hovedindhold@spejling>")
        for article in await self._articles(zammad_id):
            mark = str(article.get("message_id") or "")
            if mark.startswith(prefix) and mark not in kept and not await self._erased(f"ticket_articles/{article['id']}"):
                left.append(f"artikel {article['id']}")
        ticket = await self._klient.objekt("GET", f"tickets/{zammad_id}")
        customer = ticket.get("customer_id")
        if isinstance(customer, int) and not await self._contact_erased(customer, bruges):
            left.append(f"kontakt {customer}")
        return left

    async def find(self, nummer: str) -> int | None:
        """The id of the ticket that has the case's number, or None. Raises ``Midlertidig``, ``Afvist``.

        First a search in Zammad's database, which sees what was stored a moment ago; then one in its index, for those
        that do not know the first.
        """
        exact = {"condition[ticket.number][operator]": "is", "condition[ticket.number][value]": nummer}
        for asked in (exact, {"query": nummer}):
            try:
                page = {**asked, "expand": "true", "page": "1", "per_page": str(PER_PAGE)}
                tickets = await self._klient.liste("tickets/search", page)
            except Afvist as refused:
                if asked is exact and refused.status in (400, 422):
                    continue
                raise
            ours = [ticket["id"] for ticket in tickets if oversaettelse.er_vores(ticket, nummer)]
            if ours:
                return int(min(ours))
        return None

    async def _ejer(self, billede: Sagsbillede) -> int | None:
        """The owner's id over there; None where it has no such agent, so that the owner there is left as it is."""
        if billede.ejer is None:
            return INGEN_EJER
        if billede.ejer_email is None:
            return None
        wanted = billede.ejer_email.lower()
        users = await self._klient.liste("users/search", {"query": wanted, "expand": "true", "per_page": str(PER_PAGE)})
        same = [user["id"] for user in users if str(user.get("email", "")).lower() == wanted and user.get("active", True)]
        return int(min(same)) if same else None

    async def _organisation(self, navn: str) -> bool:
        """Whether there is an organisation of that name, made now if need be and allowed."""
        asked = {"query": oversaettelse.soegeord(navn), "expand": "true", "per_page": str(PER_PAGE)}
        found = await self._klient.liste("organizations/search", asked)
        if any(one.get("name") == navn for one in found):
            return True
        try:
            await self._klient.objekt("POST", "organizations", {"name": navn, "note": oversaettelse.VORES})
        except Afvist as refused:
            if refused.status == 403:
                return False  # agents may not make organisations in every Zammad; the company stands in the first article
            if refused.status != 422:  # there is one, which the search's index does not show yet
                raise
        return True

    async def _articles(self, zammad_id: int) -> list[dict[str, Any]]:
        return await self._klient.liste(f"ticket_articles/by_ticket/{zammad_id}", {"expand": "true"})

    async def _write(self, zammad_id: int, one: Artikelbillede) -> None:
        await self._klient.objekt("POST", "ticket_articles", oversaettelse.artikel(zammad_id, one), noegle=one.maerke)

    async def _erased(self, path: str) -> bool:
        try:
            await self._klient.kald("DELETE", path)
        except Afvist as refused:
            if refused.status in _NOT_ALLOWED:
                return False
            if refused.status != GONE:
                raise
        return True

    async def _contact_erased(
        self, user_id: int, bruges: Callable[[str | None, str | None], Awaitable[bool]]
    ) -> bool:  # fmt: skip
        user = await self._klient.objekt("GET", f"users/{user_id}")
        if user.get("note") != oversaettelse.VORES or user.get("login") == "erhverv-uden-kontakt":
            return True  # not ours to erase, or nobody
        if await bruges(user.get("email") or None, user.get("phone") or None):
            return True
        blank = {"firstname": oversaettelse.SLETTET, "lastname": "", "email": "", "phone": "", "login": f"slettet-{user_id}"}
        try:
            await self._klient.objekt("PUT", f"users/{user_id}", {**blank, "organization": None, "organization_id": None})
        except Afvist as refused:
            if refused.status not in _NOT_ALLOWED:
                raise
            return False
        return True
