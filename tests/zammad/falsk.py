"""A Zammad to order: the parts of its API that the mirror uses, with its own rules, and every way to fail."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

TOKEN = "proeve-noegle"
TILSTANDE = ("new", "open", "pending reminder", "closed")
GRUPPER = ("frontfunktion", "team-opstart-vaekst", "team-hr", "kff-bevilling")

# What may go wrong: before anything is stored, and after it is.
FOER = ("500", "503", "429", "luk")
EFTER = ("tabt", "halvt", "ugyldig", "500 efter", "langsom")
Fejl = str | None


class Ikke(Exception):
    """A refusal in Zammad's shape."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


@dataclass
class FalskZammad:
    """``fejl(request)`` says what goes wrong with a request, or None. ``indekseret``: whether a search by words sees what
    has been stored; a search by ``condition`` always does."""

    fejl: Callable[[web.Request], Fejl] = lambda _: None
    indekseret: bool = True
    kender_condition: bool = True
    maa_oprette_organisation: bool = True
    maa_slette_artikler: bool = True
    langsom_sekunder: float = 1.0
    tickets: dict[int, dict[str, Any]] = field(default_factory=dict)
    articles: list[dict[str, Any]] = field(default_factory=list)
    users: dict[int, dict[str, Any]] = field(default_factory=dict)
    organizations: dict[int, dict[str, Any]] = field(default_factory=dict)
    tags: dict[int, list[str]] = field(default_factory=dict)
    kald: list[str] = field(default_factory=list)
    server: TestServer | None = None
    _ids: Any = field(default_factory=lambda: itertools.count(100))

    async def start(self, port: int | None = None) -> str:
        """Listen. Returns the address."""
        app = web.Application(middlewares=[self._going_wrong])
        api = "/api/v1/"
        app.router.add_get(api + "tickets/search", self._search)
        app.router.add_get(api + "tickets/{id:\\d+}", self._ticket)
        app.router.add_post(api + "tickets", self._create)
        app.router.add_put(api + "tickets/{id:\\d+}", self._update)
        app.router.add_get(api + "ticket_articles/by_ticket/{id:\\d+}", self._articles)
        app.router.add_post(api + "ticket_articles", self._article)
        app.router.add_delete(api + "ticket_articles/{id:\\d+}", self._delete_article)
        app.router.add_get(api + "tags", self._tags)
        app.router.add_post(api + "tags/add", self._tag)
        app.router.add_get(api + "users/search", self._users)
        app.router.add_get(api + "users/{id:\\d+}", self._user)
        app.router.add_put(api + "users/{id:\\d+}", self._change_user)
        app.router.add_get(api + "organizations/search", self._organizations)
        app.router.add_post(api + "organizations", self._organization)
        self.server = TestServer(app, port=port)
        await self.server.start_server()
        return str(self.server.make_url("")).rstrip("/")

    async def stop(self) -> None:
        if self.server is not None:
            await self.server.close()

    def agent(self, email: str) -> int:
        """A member of staff over there."""
        return self._user_id({"email": email, "firstname": "Prøve", "lastname": "Kollega"})

    def ticket(self, number: str) -> dict[str, Any]:
        """The one ticket with that number."""
        (found,) = [ticket for ticket in self.tickets.values() if ticket["number"] == number]
        return found

    def bodies(self, number: str) -> list[str]:
        """What stands in the ticket, in order."""
        ident = self.ticket(number)["id"]
        return [article["body"] for article in self.articles if article["ticket_id"] == ident]

    def everything(self) -> str:
        """All that it has stored, to look for what must not be there."""
        return str([self.tickets, self.articles, self.users, self.organizations, self.tags])

    @web.middleware
    async def _going_wrong(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.kald.append(f"{request.method} {request.path.removeprefix('/api/v1/')}")
        if request.headers.get("Authorization") != f"Token token={TOKEN}":
            return web.json_response({"error": "Can't find User for Token"}, status=401)
        wrong = self.fejl(request)
        assert request.transport is not None
        if wrong == "luk":
            request.transport.abort()
            return web.Response()
        if wrong in ("400", "401", "403", "404", "422", "429", "500", "503"):
            headers = {"Retry-After": "7"} if wrong == "429" else {}
            return web.json_response({"error": f"nej {wrong}"}, status=int(wrong), headers=headers)
        if wrong == "301":
            return web.Response(status=301, headers={"Location": "https://www.example.com/"})
        try:
            answer: web.StreamResponse = await handler(request)
        except Ikke as refused:
            return web.json_response({"error": refused.text, "error_human": refused.text}, status=refused.status)
        if wrong == "tabt":
            request.transport.abort()
        elif wrong == "halvt":
            response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "5000"})
            await response.prepare(request)
            await response.write(b'{"id": 1')
            request.transport.abort()
            return response
        elif wrong == "ugyldig":
            return web.Response(text="<html>Vent lidt</html>", content_type="text/html")
        elif wrong == "500 efter":
            return web.json_response({"error": "efter"}, status=500)
        elif wrong == "langsom":
            await asyncio.sleep(self.langsom_sekunder)
        return answer

    async def _search(self, request: web.Request) -> web.Response:
        exact = request.query.get("condition[ticket.number][value]")
        if exact is not None and not self.kender_condition:
            raise Ikke(422, "condition")
        if exact is not None:
            return web.json_response([ticket for ticket in self.tickets.values() if ticket["number"] == exact])
        word = request.query["query"]
        found = [ticket for ticket in self.tickets.values() if word in ticket["number"] or word in ticket["title"]]
        return web.json_response(found if self.indekseret else [])

    async def _ticket(self, request: web.Request) -> web.Response:
        return web.json_response(self._get(self.tickets, request))

    async def _create(self, request: web.Request) -> web.Response:
        body = await request.json()
        self._check(body)
        if any(ticket["number"] == body["number"] for ticket in self.tickets.values()):
            raise Ikke(422, "Object already exists!")
        customer = self._customer(body["customer"])
        ident = next(self._ids)
        known = ("number", "title", "group", "state", "pending_time", "owner_id", "erhverv", "erhverv_spejlet_version")
        self.tickets[ident] = {"id": ident, "customer_id": customer, **{name: body.get(name) for name in known}}
        self._add_article(ident, body["article"])
        return web.json_response(self.tickets[ident], status=201)

    async def _update(self, request: web.Request) -> web.Response:
        ticket, body = self._get(self.tickets, request), await request.json()
        self._check({**ticket, **body})
        ticket.update(body)
        return web.json_response(ticket)

    async def _articles(self, request: web.Request) -> web.Response:
        ident = self._get(self.tickets, request)["id"]
        return web.json_response([article for article in self.articles if article["ticket_id"] == ident])

    async def _article(self, request: web.Request) -> web.Response:
        body = await request.json()
        if body["ticket_id"] not in self.tickets:
            raise Ikke(404, "Couldn't find Ticket")
        return web.json_response(self._add_article(body["ticket_id"], body), status=201)

    async def _delete_article(self, request: web.Request) -> web.Response:
        if not self.maa_slette_artikler:
            raise Ikke(403, "note is too old to be deleted")
        self.articles = [article for article in self.articles if article["id"] != int(request.match_info["id"])]
        return web.json_response({})

    async def _tags(self, request: web.Request) -> web.Response:
        return web.json_response({"tags": self.tags.get(int(request.query["o_id"]), [])})

    async def _tag(self, request: web.Request) -> web.Response:
        body = await request.json()
        tags = self.tags.setdefault(body["o_id"], [])
        if body["item"] not in tags:
            tags.append(body["item"])
        return web.json_response(True, status=201)

    async def _users(self, request: web.Request) -> web.Response:
        word = request.query["query"]
        return web.json_response([user for user in self.users.values() if word in (user.get("email") or "")])

    async def _user(self, request: web.Request) -> web.Response:
        return web.json_response(self._get(self.users, request))

    async def _change_user(self, request: web.Request) -> web.Response:
        user = self._get(self.users, request)
        user.update(await request.json())
        return web.json_response(user)

    async def _organizations(self, request: web.Request) -> web.Response:
        word = request.query["query"]
        if re.search(r"[()\[\]{}:/!&|]", word):
            raise Ikke(500, "Unable to process search")  # signs of the search language
        found = [one for one in self.organizations.values() if word in one["name"].lower()]
        return web.json_response(found if self.indekseret else [])

    async def _organization(self, request: web.Request) -> web.Response:
        body = await request.json()
        if not self.maa_oprette_organisation:
            raise Ikke(403, "Not authorized")
        if any(one["name"] == body["name"] for one in self.organizations.values()):
            raise Ikke(422, "This object already exists.")
        ident = next(self._ids)
        self.organizations[ident] = {"id": ident, **body}
        return web.json_response(self.organizations[ident], status=201)

    def _check(self, body: dict[str, Any]) -> None:
        if body["group"] not in GRUPPER:
            raise Ikke(422, f"No lookup value found for 'group': {body['group']!r}")
        if body["state"] not in TILSTANDE:
            raise Ikke(422, f"No lookup value found for 'state': {body['state']!r}")
        if body["state"] == "pending reminder" and not body.get("pending_time"):
            raise Ikke(422, "Missing required value for field 'pending_time'!")

    def _customer(self, said: dict[str, Any]) -> int:
        for user in self.users.values():
            if said.get("email") and user.get("email") == said["email"]:
                return int(user["id"])
            if said.get("login") and user.get("login") == said["login"]:
                return int(user["id"])
        name = said.get("organization")
        if name and all(one["name"] != name for one in self.organizations.values()):
            raise Ikke(422, f"No lookup value found for 'organization': {name!r}")
        return self._user_id(said)

    def _user_id(self, said: dict[str, Any]) -> int:
        ident = next(self._ids)
        self.users[ident] = {"id": ident, "login": said.get("email"), "active": True, **said}
        return int(ident)

    def _add_article(self, ticket_id: int, said: dict[str, Any]) -> dict[str, Any]:
        if said["type"] == "email":
            raise AssertionError("en artikel af typen email ville blive sendt af Zammad")
        article = {**said, "id": next(self._ids), "ticket_id": ticket_id}
        self.articles.append(article)
        return article

    def _get(self, kind: dict[int, dict[str, Any]], request: web.Request) -> dict[str, Any]:
        found = kind.get(int(request.match_info["id"]))
        if found is None:
            raise Ikke(404, "Couldn't find it")
        return found
