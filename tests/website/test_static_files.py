"""The widget and the demo page: found, cached by ETag, and nothing beside the folder."""

from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from connectors.website import static_files


@pytest.fixture
async def serve():
    clients = []

    async def start(folder: Path) -> TestClient:
        app = web.Application()
        static_files.add_routes(app, folder)
        client = TestClient(TestServer(app))
        await client.start_server()
        clients.append(client)
        return client

    yield start
    for client in clients:
        await client.close()


async def test_files_are_served_with_type_and_etag(serve, tmp_path: Path):
    (tmp_path / "widget").mkdir()
    (tmp_path / "widget" / "erhvervs-chat.js").write_text("export const æ = 1;")
    (tmp_path / "index.html").write_text("<title>Prøve</title>")
    (tmp_path / "skrift.woff2").write_bytes(b"wOF2")
    client = await serve(tmp_path)
    for path, kind in [
        ("/widget.js", "text/javascript; charset=utf-8"),
        ("/static/widget/erhvervs-chat.js", "text/javascript; charset=utf-8"),
        ("/", "text/html; charset=utf-8"),
        ("/?test", "text/html; charset=utf-8"),
        ("/static/skrift.woff2", "font/woff2"),
    ]:
        response = await client.get(path)
        assert (response.status, response.headers["Content-Type"]) == (200, kind)
        again = await client.get(path, headers={"If-None-Match": response.headers["ETag"]})
        assert again.status == 304
    assert (await client.get("/widget.js")).headers["Cache-Control"] == "no-cache"
    old = (await client.get("/widget.js")).headers["ETag"]
    (tmp_path / "widget" / "erhvervs-chat.js").write_text("export const æ = 22;")
    assert (await client.get("/widget.js", headers={"If-None-Match": old})).status == 200


async def test_nothing_outside_the_folder_is_served(serve, tmp_path: Path):
    root = tmp_path / "static"
    (root / "mappe").mkdir(parents=True)
    (tmp_path / "hemmelig.txt").write_text("hemmelig")
    (root / ".skjult").write_text("hemmelig")
    (root / "genvej.txt").symlink_to(tmp_path / "hemmelig.txt")
    client = await serve(root)
    for path in (
        "../hemmelig.txt",
        "%2e%2e/hemmelig.txt",
        "..%2fhemmelig.txt",
        "mappe/../../hemmelig.txt",
        "mappe",
        ".skjult",
        "genvej.txt",
        "%00",
        "x" * 300,
    ):
        assert (await client.get(f"/static/{path}")).status == 404, path


async def test_what_is_missing_is_told_so(serve, tmp_path: Path):
    client = await serve(tmp_path)
    for path in ("/", "/widget.js"):
        assert (await client.get(path)).status == 404, path
