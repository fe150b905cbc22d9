"""``/tags``, ``/tag_search`` and ``/tag_list``: tags on cases."""

from __future__ import annotations

from sqlalchemy import func, select

from connectors.api import fejl, numre, revision
from connectors.api.fejl import ugyldig
from connectors.api.kald import Kald, Svar, side
from connectors.api.models import ApiNavn
from connectors.api.opslag import tekst
from connectors.api.sager import nummer
from connectors.crm import maerker
from connectors.crm.artikler import rens
from connectors.crm.korrespondance import Maerke
from connectors.database import reading

SEARCH_LIMIT = 10


def paa_sag(kald: Kald) -> Svar:
    """GET /tags?object=Ticket&o_id=…: the case's tags."""
    number = _case(kald, kald.query.get("object"), kald.query.get("o_id"))
    return Svar({"tags": maerker.for_sag(kald.engine, number)})


def tilfoej(kald: Kald) -> Svar:
    """POST /tags/add."""
    number = _case(kald, kald.body.get("object"), kald.body.get("o_id"))
    maerker.tilfoej(kald.engine, number, kald.hvem, _item(kald), kald.nu)
    revision.skriv(kald, "ændret", "henvendelse", number, {"felter": ["mærke"]})
    return Svar(True, 201)


def fjern(kald: Kald) -> Svar:
    """DELETE /tags/remove."""
    number = _case(kald, kald.body.get("object"), kald.body.get("o_id"))
    maerker.fjern(kald.engine, number, kald.hvem, _item(kald), kald.nu)
    revision.skriv(kald, "ændret", "henvendelse", number, {"felter": ["mærke"]})
    return Svar(True)


def soeg(kald: Kald) -> Svar:
    """GET /tag_search?term=…: tags in use that contain ``term``."""
    term = kald.query.get("term", "").strip().casefold()
    ids = numre.navne(kald.engine, "maerke", maerker.brugte(kald.engine))
    found = [{"id": ident, "value": name} for name, ident in ids.items() if term in name.casefold()]
    return Svar(found[: side(kald, SEARCH_LIMIT).per_page])


def alle(kald: Kald) -> Svar:
    """GET /tag_list: every tag that is used or has been made, with how many cases have it."""
    numre.navne(kald.engine, "maerke", maerker.brugte(kald.engine))
    page = side(kald, 500)
    with reading(kald.engine) as session:
        counted = select(func.count(Maerke.id)).where(Maerke.navn == ApiNavn.navn).correlate(ApiNavn).scalar_subquery()
        known = select(ApiNavn.id, ApiNavn.navn, counted).where(ApiNavn.slags == "maerke").order_by(ApiNavn.navn, ApiNavn.id)
        rows = session.execute(known.limit(page.per_page).offset(page.offset))
        return Svar([{"id": ident, "name": name, "count": count} for ident, name, count in rows])


def opret(kald: Kald) -> Svar:
    """POST /tag_list: a tag that no case has yet."""
    name = " ".join(rens(tekst(kald.body, "name", kraevet=True) or "").split())
    if len(name) > maerker.LONGEST:
        raise ugyldig(f"Et mærke må højst være på {maerker.LONGEST} tegn.")
    numre.navne(kald.engine, "maerke", [name])
    return Svar({})


def laast(kald: Kald) -> Svar:
    """PUT and DELETE /tag_list/{id}: never; tags stand in the history of their cases."""
    raise fejl.kan_ikke("Mærker kan ikke omdøbes eller slettes for alle sager; sæt og fjern dem på sagerne.")


def _case(kald: Kald, slags: object, ident: object) -> str:
    if slags != "Ticket":
        raise ugyldig("Mærker sidder på henvendelser: object=Ticket og o_id.")
    return nummer(kald, "" if ident is None else ident)


def _item(kald: Kald) -> str:
    return tekst(kald.body, "item", kraevet=True) or ""
