"""The page on the API names every route, and shows nothing that is not so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from aiohttp import web

from bot.settings import Settings
from connectors.database import engine_for
from connectors.website.app import make_app
from connectors.website.ws import FIRST_FRAME_SECONDS, UNAUTHORIZED
from tests.docs.pages import text
from tests.website.fakes import FakeKnowledge

PAGE = text("api.md")
DESK = text("desk.md")
ZAMMAD = text("zammad.md")


@pytest.fixture
def app(tmp_path: Path) -> web.Application:
    return make_app(Settings(var=tmp_path), engine_for(f"sqlite:///{tmp_path / 'ikke-brugt.db'}"), FakeKnowledge())


def test_each_route_of_the_gateway_is_named(app: web.Application) -> None:
    routes = {(route.method, route.resource.canonical) for route in app.router.routes() if route.resource is not None}
    routes = {(method, path) for method, path in routes if method != "HEAD"}
    assert len(routes) > 8
    for method, path in routes:
        name, page = ("desk.md", DESK) if path.startswith("/desk") else ("api.md", PAGE)
        name, page = ("zammad.md", ZAMMAD) if path.startswith("/api/v1") else (name, page)
        assert f"`{method} {path}`" in page or f"`{method} {path}?" in page, f"{method} {path} mangler i docs/{name}"


def test_each_route_that_is_named_exists(app: web.Application) -> None:
    known = {f"{route.method} {route.resource.canonical}" for route in app.router.routes() if route.resource is not None}
    for named in re.findall(r"`((?:GET|POST|PUT|DELETE) /[^`?]*)", PAGE + DESK + ZAMMAD):
        assert named in known, f"docs nævner {named}"


def test_the_examples_are_json() -> None:
    blocks = re.findall(r"```json\n(.*?)```", PAGE, flags=re.DOTALL)
    assert len(blocks) >= 3
    for block in blocks:
        json.loads(block)


def test_the_numbers_are_the_code_s() -> None:
    assert f"kode {UNAUTHORIZED}" in PAGE
    assert FIRST_FRAME_SECONDS == 10 and "ti sekunder" in PAGE
