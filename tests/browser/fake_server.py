"""A stand-in for the gateway: the contract's chat API in memory, with faults that a test can switch on."""

import asyncio
import contextlib
import datetime as dt
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

from tests.browser.fake_answers import GREETING, Answer, answers

STATIC = Path(__file__).resolve().parents[2] / "connectors" / "website" / "static"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
CONTACT = {
    "kontakt": [
        {"titel": "Telefon", "vaerdi": "00 00 00 00", "eksempel": True},
        {"titel": "E-mail", "vaerdi": "erhverv@eksempel.invalid", "eksempel": False},
    ]
}


@dataclass
class Chat:
    """One conversation."""

    token: str
    messages: list[dict[str, Any]] = field(default_factory=list)
    sent: dict[str, tuple[Any, int]] = field(default_factory=dict)
    payloads: dict[str, str] = field(default_factory=dict)
    state: str = "bot"
    busy: int = 0
    listening: bool = False  # a WebSocket has shown the token of this one
    hvem: dict[str, Any] | None = None  # the person's name, and how far the person has read
    frames: list[dict[str, Any]] = field(default_factory=list)  # what the client has told over WebSocket
    reads: list[str] = field(default_factory=list)  # `read` of each question for messages
    news: asyncio.Event = field(default_factory=asyncio.Event)


class FakeServer:
    """``url`` is its address. The attributes below make it misbehave; ``posts`` lists every message body it got."""

    def __init__(self) -> None:
        self.chats: dict[str, Chat] = {}
        self.posts: list[dict[str, Any]] = []
        self.sockets: set[web.WebSocketResponse] = set()
        self.down = False
        self.lose_answers = 0  # store the message, then break the connection
        self.refuse_messages = 0  # status 503 and nothing stored
        self.websocket = True
        self.delay = 0.05
        self.url = ""
        self._tasks: set[asyncio.Task[None]] = set()
        self._runner: web.AppRunner | None = None

    @property
    def chat(self) -> Chat:
        """The only conversation; fails if there is not exactly one."""
        (chat,) = self.chats.values()
        return chat

    async def start(self) -> None:
        app = web.Application(middlewares=[self._faults])
        app.router.add_get("/", self._page)
        app.router.add_get("/fremmed", self._foreign_page)
        app.router.add_get("/widget.js", self._widget)
        app.router.add_post("/api/chat/sessions", self._session)
        app.router.add_post("/api/chat/messages", self._post)
        app.router.add_get("/api/chat/messages", self._read)
        app.router.add_post("/api/chat/close", self._close)
        app.router.add_get("/api/chat/kontakt", self._contact)
        app.router.add_get("/api/chat/ws", self._ws)
        app.router.add_static("/static/", STATIC)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self.go_down()
        if self._runner:
            await self._runner.cleanup()

    async def go_down(self) -> None:
        """Answers nothing from now on and breaks the open connections, as a server that was killed."""
        self.down = True
        for ws in list(self.sockets):
            await ws.close()
        for chat in self.chats.values():
            chat.news.set()

    @web.middleware
    async def _faults(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if self.down and request.path.startswith("/api/"):
            if request.transport:
                request.transport.close()
            return web.Response(status=503)
        if request.method == "OPTIONS":
            response: web.StreamResponse = web.Response(status=204)
        else:
            try:
                response = await handler(request)
            except web.HTTPException as error:
                response = error
        if not response.prepared:
            origin = request.headers.get("Origin")
            if origin:
                response.headers.update(
                    {
                        "Access-Control-Allow-Origin": origin,
                        "Vary": "Origin",
                        "Access-Control-Max-Age": "600",
                        "Access-Control-Allow-Headers": "Authorization, Content-Type",
                        "Access-Control-Allow-Methods": "GET, POST",
                        "Access-Control-Expose-Headers": "Retry-After",
                    }
                )
            response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    async def _page(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(STATIC / "index.html", headers={"Content-Security-Policy": CSP})

    async def _foreign_page(self, request: web.Request) -> web.Response:
        server = request.query["server"]
        return web.Response(
            content_type="text/html",
            text=f"""<!DOCTYPE html><html lang="da"><head><title>Fremmed side</title>
            <style>html {{ font-size: 62.5%; }} button, p {{ color: lime !important; font-size: 40px !important; }}</style>
            <script type="module" src="{server}/widget.js"></script></head>
            <body><main><h1>En anden side</h1></main><erhvervs-chat server="{server}"></erhvervs-chat></body></html>""",
        )

    async def _widget(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(STATIC / "widget" / "erhvervs-chat.js")

    async def _contact(self, _: web.Request) -> web.Response:
        return web.json_response(CONTACT)

    def _error(self, status: int, code: str, message: str) -> web.Response:
        return web.json_response({"error": {"code": code, "message": message}}, status=status)

    def _auth(self, request: web.Request) -> Chat | None:
        return self.chats.get(request.headers.get("Authorization", "").removeprefix("Bearer "))

    async def _session(self, _: web.Request) -> web.Response:
        chat = Chat(secrets.token_urlsafe(24))
        self.chats[chat.token] = chat
        for message in GREETING:
            self.add(chat, message)
        return web.json_response(
            {"conversation": f"c{len(self.chats)}", "token": chat.token, "messages": chat.messages}, status=201
        )

    def add(self, chat: Chat, answer: Answer, reply_to: int | None = None) -> dict[str, Any]:
        """Stores a message; its buttons' actions become opaque payloads."""
        buttons = []
        for button in answer.get("buttons", []):
            payload = secrets.token_urlsafe(8)
            chat.payloads[payload] = button["action"]
            buttons.append({"title": button["title"], "payload": payload})
        message = {
            "seq": len(chat.messages) + 1,
            "from": answer.get("from", "bot"),
            "reply_to": reply_to,
            "text": answer["text"],
            "buttons": buttons,
            "data": answer.get("data", {}),
            "time": dt.datetime.now(dt.UTC).isoformat(),
        }
        chat.messages.append(message)
        chat.state = answer.get("state", chat.state)
        chat.news.set()
        chat.news = asyncio.Event()
        return message

    async def _post(self, request: web.Request) -> web.StreamResponse:
        chat = self._auth(request)
        if chat is None:
            return self._error(401, "token", "Samtalen findes ikke.")
        body = await request.json()
        self.posts.append(body)
        if self.refuse_messages > 0:
            self.refuse_messages -= 1
            return self._error(503, "nede", "Prøv igen om lidt.")
        client_id = body["client_id"]
        if client_id in chat.sent:
            seq = chat.sent[client_id][1]
            return (
                web.json_response({"seq": seq}, status=202)
                if chat.sent[client_id][0] == body
                else self._error(409, "id", "Brugt før.")
            )
        if chat.state == "lukket":
            return self._error(409, "lukket", "Samtalen er afsluttet.")
        action = chat.payloads.get(body.get("payload", ""), body.get("text", ""))
        title = next(
            (b["title"] for m in chat.messages for b in m["buttons"] if b["payload"] == body.get("payload")), body.get("text")
        )
        message = self.add(chat, {"from": "user", "text": title})
        chat.sent[client_id] = (body, message["seq"])
        task = asyncio.create_task(self._answer(chat, action, message["seq"]))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if self.lose_answers > 0:
            self.lose_answers -= 1
            if request.transport:
                request.transport.close()
        return web.json_response({"seq": message["seq"]}, status=202)

    async def _answer(self, chat: Chat, action: str, seq: int) -> None:
        chat.busy += 1
        await asyncio.sleep(self.delay)
        chat.busy -= 1
        for answer in answers(action):
            self.add(chat, answer, seq)

    def _since(self, chat: Chat, after: int) -> dict[str, Any]:
        beside = {"hvem": chat.hvem} if chat.hvem else {}
        return {"state": chat.state, "busy": chat.busy > 0, "messages": chat.messages[after:], **beside}

    def tell(self, chat: Chat, **hvem: Any) -> None:
        """Changes what is told beside the messages, and tells it."""
        chat.hvem = {**(chat.hvem or {}), **hvem}
        chat.news.set()
        chat.news = asyncio.Event()

    async def frame(self, frame: dict[str, Any]) -> None:
        """A passing frame to everyone: typing or read."""
        for ws in list(self.sockets):
            await ws.send_json(frame)

    async def _read(self, request: web.Request) -> web.StreamResponse:
        chat = self._auth(request)
        if chat is None:
            return self._error(401, "token", "Samtalen findes ikke.")
        after = int(request.query["after"])
        chat.reads.append(request.query.get("read", ""))
        if len(chat.messages) <= after and chat.state != "lukket":
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(chat.news.wait(), float(request.query.get("wait", 0)) or 0.001)
        if self.down and request.transport:
            request.transport.close()
        return web.json_response(self._since(chat, after))

    async def _close(self, request: web.Request) -> web.Response:
        chat = self._auth(request)
        if chat is None:
            return self._error(401, "token", "Samtalen findes ikke.")
        for message in chat.messages:
            message["text"] = ""
        self.add(chat, {"from": "system", "text": "Samtalen er afsluttet, og indholdet er slettet.", "state": "lukket"})
        await asyncio.sleep(0.05)  # the others hear of it before the one who asked, as with the real gateway
        return web.json_response({"state": "lukket"})

    async def _ws(self, request: web.Request) -> web.StreamResponse:
        if not self.websocket:
            return web.Response(status=404)
        ws = web.WebSocketResponse()
        await ws.prepare(request)
        self.sockets.add(ws)
        first = await ws.receive_json()
        chat, after, told = self.chats.get(first["token"]), int(first["after"]), None
        if chat is None:
            await ws.close(code=4401)
            return ws
        chat.listening = True
        reader = asyncio.create_task(self._drain(ws, chat))
        while not ws.closed and not reader.done():
            news = chat.news
            if len(chat.messages) > after or chat.hvem != told:
                await ws.send_json({"type": "messages", **self._since(chat, after)})
                after, told = len(chat.messages), chat.hvem
            await asyncio.wait([asyncio.create_task(news.wait()), reader], return_when=asyncio.FIRST_COMPLETED)
        self.sockets.discard(ws)
        return ws

    async def _drain(self, ws: web.WebSocketResponse, chat: Chat) -> None:
        async for frame in ws:
            if frame.type is WSMsgType.ERROR:
                return
            chat.frames.append(frame.json())


if __name__ == "__main__":

    async def main() -> None:
        server = FakeServer()
        await server.start()
        print(server.url)
        await asyncio.Event().wait()

    asyncio.run(main())
