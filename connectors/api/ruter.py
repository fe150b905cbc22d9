"""The addresses of the API, each with the scope it needs (``docs/zammad.md``)."""

from __future__ import annotations

from aiohttp import web

from connectors.api import artikler, brugere, faste, kontakter, maerker, sager, sagsaendring, sagsoprettelse, virksomheder
from connectors.api.fejl import PREFIX
from connectors.api.kald import Handler
from connectors.api.ramme import LIMITER, rute
from connectors.api.settings import ApiSettings
from connectors.website.limits import AddressLimiter

_ID = r"{id:\d{1,10}}"
_NO_FILES = faste.mangler("Henvendelser har ingen vedhæftninger.")
_NO_LINKS = faste.mangler("Henvendelser kan ikke kædes sammen eller lægges sammen her.")
_NO_ARTICLES = faste.mangler("Vidensbasen er redaktørernes filer i knowledge/; den er ikke i API'et.")

RUTER: tuple[tuple[str, str, str, Handler], ...] = (
    ("GET", "tickets", "laes", sager.alle),
    ("GET", "tickets/search", "laes", sager.soeg),
    ("POST", "tickets", "skriv", sagsoprettelse.opret),
    ("GET", f"tickets/{_ID}", "laes", sager.en),
    ("PUT", f"tickets/{_ID}", "skriv", sagsaendring.aendr),
    ("DELETE", f"tickets/{_ID}", "skriv", sager.slet),
    ("GET", f"ticket_history/{_ID}", "laes", sager.historik),
    ("GET", "ticket_articles", "laes", artikler.alle),
    ("GET", f"ticket_articles/by_ticket/{_ID}", "laes", artikler.i_sag),
    ("POST", "ticket_articles", "skriv", artikler.opret),
    ("GET", f"ticket_articles/{_ID}", "laes", artikler.en),
    ("PUT", f"ticket_articles/{_ID}", "skriv", artikler.aendr),
    ("DELETE", f"ticket_articles/{_ID}", "skriv", artikler.slet),
    ("GET", "users", "laes", brugere.alle),
    ("GET", "users/search", "laes", brugere.soeg),
    ("GET", "users/me", "laes", brugere.mig),
    ("POST", "users", "skriv", kontakter.opret),
    ("GET", f"users/{_ID}", "laes", brugere.en),
    ("PUT", f"users/{_ID}", "skriv", kontakter.aendr),
    ("DELETE", f"users/{_ID}", "skriv", kontakter.slet),
    ("GET", "organizations", "laes", virksomheder.alle),
    ("GET", "organizations/search", "laes", virksomheder.soeg),
    ("POST", "organizations", "skriv", virksomheder.opret),
    ("GET", f"organizations/{_ID}", "laes", virksomheder.en),
    ("PUT", f"organizations/{_ID}", "skriv", virksomheder.aendr),
    ("DELETE", f"organizations/{_ID}", "skriv", virksomheder.slet),
    ("GET", "groups", "laes", faste.grupper),
    ("GET", "groups/search", "laes", faste.soeg_grupper),
    ("GET", f"groups/{_ID}", "laes", faste.gruppe),
    ("GET", "tags", "laes", maerker.paa_sag),
    ("POST", "tags/add", "skriv", maerker.tilfoej),
    ("DELETE", "tags/remove", "skriv", maerker.fjern),
    ("GET", "tag_search", "laes", maerker.soeg),
    ("GET", "tag_list", "laes", maerker.alle),
    ("POST", "tag_list", "admin", maerker.opret),
    ("PUT", f"tag_list/{_ID}", "admin", maerker.laast),
    ("DELETE", f"tag_list/{_ID}", "admin", maerker.laast),
    ("GET", "ticket_states", "laes", faste.tilstande),
    ("GET", f"ticket_states/{_ID}", "laes", faste.tilstand),
    ("GET", "ticket_priorities", "laes", faste.prioriteter),
    ("GET", f"ticket_priorities/{_ID}", "laes", faste.prioritet),
    ("GET", "roles", "laes", faste.roller),
    ("GET", f"roles/{_ID}", "laes", faste.rolle),
    ("GET", "links", "laes", faste.links),
    ("POST", "links/add", "skriv", _NO_LINKS),
    ("DELETE", "links/remove", "skriv", _NO_LINKS),
    ("PUT", r"ticket_merge/{id:\d{1,10}}/{number}", "skriv", _NO_LINKS),
    ("GET", r"ticket_attachment/{ticket:\d{1,10}}/{article:\d{1,10}}/{id:\d{1,10}}", "laes", _NO_FILES),
    ("GET", f"ticket_article_plain/{_ID}", "laes", _NO_FILES),
)
# What editors and administrators decide: every change is refused in the same words.
LAAST = ("groups", "ticket_states", "ticket_priorities", "roles")


def tilfoej(app: web.Application, settings: ApiSettings) -> None:
    """Give the gateway the API. Anything else under it is told of in Zammad's shape too, to those who have a token."""
    app[LIMITER] = AddressLimiter(settings.api_requests_per_minute)
    for method, path, scope, handler in RUTER:
        app.router.add_route(method, f"{PREFIX}/{path}", rute(scope, handler))
    for name in LAAST:
        app.router.add_route("POST", f"{PREFIX}/{name}", rute("skriv", faste.laast))
        app.router.add_route("PUT", f"{PREFIX}/{name}/{_ID}", rute("skriv", faste.laast))
        app.router.add_route("DELETE", f"{PREFIX}/{name}/{_ID}", rute("skriv", faste.laast))
    app.router.add_route("*", f"{PREFIX}/knowledge_bases{{rest:.*}}", rute("laes", _NO_ARTICLES))
    app.router.add_route("*", f"{PREFIX}{{rest:(?:/.*)?}}", rute("laes", faste.ukendt))
