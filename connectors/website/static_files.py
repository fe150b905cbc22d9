"""The widget and the demo page from ``static/``. Checked anew by ETag at each use, so that a new version is seen at once."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiohttp import web

STATIC = Path(__file__).parent / "static"
_TYPES = {
    ".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".json": "application/json", ".svg": "image/svg+xml",
    ".woff": "font/woff", ".woff2": "font/woff2", ".png": "image/png", ".ico": "image/x-icon",
    ".txt": "text/plain", ".md": "text/plain",
}  # fmt: skip
_TEXTS = ("text/", "application/json", "image/svg")


def add_routes(app: web.Application, folder: Path = STATIC) -> None:
    """``/``, ``/widget.js`` and ``/static/…``."""
    root = folder.resolve()

    async def page(_: web.Request) -> web.StreamResponse:
        return await inside(root, "index.html")

    async def widget(_: web.Request) -> web.StreamResponse:
        return await inside(root, "widget/erhvervs-chat.js")

    async def static(request: web.Request) -> web.StreamResponse:
        return await inside(root, request.match_info["path"])

    app.router.add_get("/", page)
    app.router.add_get("/widget.js", widget)
    app.router.add_get("/static/{path:.+}", static)


async def inside(root: Path, name: str) -> web.StreamResponse:
    """A file under ``root``; 404 for anything else, such as a way out of it."""
    found = await asyncio.to_thread(_resolve, root, name)
    if found is None:
        raise web.HTTPNotFound
    return _file(found)


def _resolve(root: Path, name: str) -> Path | None:
    try:
        path = (root / name).resolve()
        hidden = any(part.startswith(".") for part in Path(name).parts)
        return path if not hidden and path.is_relative_to(root) and path.is_file() else None
    except (OSError, ValueError):
        return None


def _file(path: Path) -> web.FileResponse:
    kind = _TYPES.get(path.suffix.lower(), "application/octet-stream")
    charset = "; charset=utf-8" if kind.startswith(_TEXTS) else ""
    caching = "public, max-age=604800" if kind.startswith(("font/", "image/")) else "no-cache"
    return web.FileResponse(path, headers={"Content-Type": kind + charset, "Cache-Control": caching})
