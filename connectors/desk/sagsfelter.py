"""What staff may do to a case's own fields: owner, team, state, deadline, closing and reopening."""

from __future__ import annotations

from typing import Any

from connectors.crm import artikler, sagsgang
from connectors.crm.ejer import Ejer
from connectors.crm.models import STATUSSER, UDFALD
from connectors.crm.sagsgang import AFSLUTTET, AabneDelopgaver
from connectors.desk import fortryd
from connectors.desk.sagshandling import Arbejde, Handling, Udfald
from connectors.website import tilstede

AABNE = tuple(status for status in STATUSSER if status != AFSLUTTET)  # to close is a form of its own


def aendr(work: Arbejde, felter: dict[str, Any], **mere: Any) -> int:
    """``sagsgang.aendr`` by the one who sent the form."""
    return sagsgang.aendr(work.engine, work.library, work.number, work.version, work.bruger.navn, felter, work.nu, **mere)


def _ejer(work: Arbejde) -> Udfald | None:
    wanted = work.form.tal("ejer")
    if wanted is None and work.form["ejer"]:
        work.form.fejl["ejer"] = "Vælg en kollega på listen."
        return None
    names = {one.id: one.navn for one in tilstede.kolleger(work.engine, work.nu)}
    if wanted is not None and wanted not in names:
        work.form.fejl["ejer"] = "Kollegaen kan ikke få sager. Vælg en anden."
        return None
    aendr(work, {"ejer": None if wanted is None else Ejer(wanted, names[wanted])})
    undo = fortryd.ejer(work.row)
    if wanted is None:
        return Udfald("Sagen er frigivet. Den har ingen ejer nu.", undo)
    return Udfald("Sagen er din." if wanted == work.bruger.id else f"{names[wanted]} har fået sagen.", undo)


def _team(work: Arbejde) -> Udfald | None:
    unit = work.form.valg("team", list(work.library.enheder), "Vælg det team eller den enhed, der skal have sagen.")
    reason = work.form.tekst("begrundelse", "Skriv kort hvorfor, så den, der får sagen, ved det.", 1000)
    if work.form.fejl:
        return None
    name = work.library.enheder[unit].navn
    if aendr(work, {"team": unit}) == work.version:
        work.form.fejl["team"] = "Sagen ligger der allerede."
        return None
    artikler.tilfoej(work.engine, work.number, work.bruger.navn, "intern", "note", f"Sendt til {name}: {reason}", nu=work.nu)
    return Udfald(f"Sagen er sendt til {name}.", fortryd.team(work.row))


def _status(work: Arbejde) -> Udfald | None:
    status = work.form.valg("status", AABNE, "Vælg en status.")
    if work.form.fejl:
        return None
    aendr(work, {"status": status})
    return Udfald("Status er gemt.", fortryd.status(work.row))


def _svarfrist(work: Arbejde) -> Udfald | None:
    frist = work.form.tidspunkt("dato", "tid", work.library.kommunen.svarfrist_klokken)
    if frist is None:
        work.form.fejl.setdefault("dato", "Skriv den nye svarfrist.")
        return None
    aendr(work, {"svarfrist": frist})
    return Udfald("Svarfristen er gemt.")


def _luk(work: Arbejde) -> Udfald | None:
    outcome = work.form.valg("udfald", UDFALD, "Vælg, hvordan sagen endte.")
    if work.form.fejl:
        return None
    try:
        aendr(work, {"status": AFSLUTTET, "udfald": outcome}, trods_delopgaver=work.form["alligevel"] == "ja")
    except AabneDelopgaver as error:
        names = ", ".join(work.library.enheder[unit].navn if unit in work.library.enheder else unit for unit in error.enheder)
        work.form.fejl["alligevel"] = (
            f"Der er delopgaver, som ikke er færdige: {names}. Sæt hak, hvis sagen skal lukkes alligevel."
        )
        return None
    return Udfald("Sagen er lukket.")


def _genaabn(work: Arbejde) -> Udfald | None:
    aendr(work, {"status": "i gang"})
    return Udfald("Sagen er åben igen.")


HANDLINGER = (
    Handling("ejer", "ejer", _ejer, lambda work: work.row.ejer_id == work.form.tal("ejer")),
    Handling("team", "team", _team, lambda work: work.row.team == work.form["team"]),
    Handling("status", "status", _status, lambda work: work.row.status == work.form["status"]),
    Handling(
        "svarfrist",
        "dato",
        _svarfrist,
        lambda work: work.row.svarfrist == work.form.tidspunkt("dato", "tid", work.library.kommunen.svarfrist_klokken),
    ),
    Handling("luk", "udfald", _luk, lambda work: (work.row.status, work.row.udfald) == (AFSLUTTET, work.form["udfald"])),
    Handling("genaabn", "genaabn", _genaabn, lambda work: work.row.status != AFSLUTTET),
)
