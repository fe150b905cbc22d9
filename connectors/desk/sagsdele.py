"""What staff do to the parts of a case: its agreements, the delopgaver of its units, its tags."""

from __future__ import annotations

import datetime as dt

from connectors.crm import aftaler, delopgaver, maerker
from connectors.crm.models import Aftale, Delopgave
from connectors.desk.ordliste import DELOPGAVE_STATUSSER
from connectors.desk.sagshandling import Arbejde, Handling, Udfald
from connectors.website import tilstede

KLOKKEN = "12:00"  # of an agreement whose time of day is left empty
LONGEST = aftaler.LONGEST


def _ny_aftale(work: Arbejde) -> Udfald | None:
    text, frist = _aftale(work)
    _ejer(work)
    if work.form.fejl:
        return None
    aftaler.tilfoej(
        work.engine, work.library, work.number, work.version, work.bruger.navn, text, frist, work.nu, ejer=work.form["ejer"]
    )
    return Udfald("Aftalen er gemt.")


def _ret_aftale(work: Arbejde) -> Udfald | None:
    text, frist = _aftale(work)
    _ejer(work)
    if work.form.fejl:
        return None
    aftaler.aendr(
        work.engine,
        work.library,
        work.number,
        work.version,
        work.bruger.navn,
        work.del_id or 0,
        text,
        frist,
        work.nu,
        ejer=work.form["ejer"],
    )
    return Udfald("Aftalen er rettet.")


def _aftale_som_oensket(work: Arbejde) -> bool:
    text, frist = _aftale(work)
    wanted = (text, frist, work.form["ejer"] or None)
    rows = work.row.aftaler if work.del_id is None else [one for one in work.row.aftaler if one.id == work.del_id]
    return any((one.tekst, one.frist, one.ejer) == wanted for one in rows)


def _udfoert(work: Arbejde) -> Udfald | None:
    done = work.form["udfoert"] != "nej"
    aftaler.udfoer(
        work.engine, work.library, work.number, work.version, work.bruger.navn, work.del_id or 0, work.nu, udfoert=done
    )
    return Udfald("Aftalen er udført." if done else "Aftalen er åben igen.")


def _ny_delopgave(work: Arbejde) -> Udfald | None:
    unit = work.form.valg("enhed", work.library.enheder, "Vælg den enhed, der skal løse delopgaven.")
    service = work.form.valg("ydelse", ("", *work.library.ydelser), "Vælg en ydelse på listen.")
    frist = _frist(work)
    if work.form.fejl:
        return None
    delopgaver.tilfoej(
        work.engine,
        work.library,
        work.number,
        work.version,
        work.bruger.navn,
        unit,
        work.nu,
        ydelse=service or None,
        frist=frist,
    )
    return Udfald(f"{work.library.enheder[unit].navn} har fået en delopgave.")


def _ret_delopgave(work: Arbejde) -> Udfald | None:
    status = work.form.valg("status", DELOPGAVE_STATUSSER, "Vælg en status.")
    frist = _frist(work)
    task = _opgave(work)
    if work.form.fejl or task is None:
        return None
    who = (work.number, work.version, work.bruger.navn, task.id)
    version = delopgaver.saet_status(work.engine, *who, status, work.nu)
    if frist is not None and not _samme_dag(task, work):
        delopgaver.saet_frist(work.engine, work.number, version, work.bruger.navn, task.id, frist, work.nu)
    return Udfald("Delopgaven er rettet.")


def _delopgave_som_oensket(work: Arbejde) -> bool:
    task = _opgave(work)
    return task is not None and task.status == work.form["status"] and (not work.form["dato"] or _samme_dag(task, work))


def _maerker(work: Arbejde) -> Udfald | None:
    maerker.saet(work.engine, work.number, work.bruger.navn, _navne(work), work.nu, version=work.version)
    return Udfald("Mærkerne er gemt.")


def _maerker_som_oensket(work: Arbejde) -> bool:
    there = {name.casefold() for name in maerker.for_sag(work.engine, work.number)}
    return there == {name.casefold() for name in _navne(work)}


def _navne(work: Arbejde) -> list[str]:
    return [" ".join(name.split()) for name in work.form["maerker"].split(",") if name.strip()]


def _aftale(work: Arbejde) -> tuple[str, dt.datetime | None]:
    """Text and time of the form; a time that it has not moved is the agreement's own to the second."""
    text = work.form.tekst("tekst", "Skriv, hvad der er aftalt.", LONGEST)
    frist = work.form.tidspunkt("dato", "tid", KLOKKEN)
    before = next((one.frist for one in work.row.aftaler if one.id == work.del_id), None)
    return text, before if before and frist and before.replace(second=0, microsecond=0) == frist else frist


def _ejer(work: Arbejde) -> None:
    """Who keeps it must be a colleague, or who kept it before: the name stands in the history, which is never erased."""
    before = {one.ejer or "" for one in work.row.aftaler if one.id == work.del_id}
    names = {one.navn for one in tilstede.kolleger(work.engine, work.nu)}
    work.form.valg("ejer", {"", *names, *before}, "Vælg en kollega på listen.")


def _frist(work: Arbejde) -> dt.datetime | None:
    return work.form.tidspunkt("dato", "tid", work.library.kommunen.svarfrist_klokken)


def _opgave(work: Arbejde) -> Delopgave | None:
    found = next((one for one in work.row.delopgaver if one.id == work.del_id), None)
    if found is None:
        work.form.fejl["status"] = "Delopgaven findes ikke i sagen."
    elif not work.styrer and found.enhed not in work.bruger.enheder:
        work.form.fejl["status"] = "Delopgaven er en anden enheds."
    return found


def _samme_dag(task: Delopgave, work: Arbejde) -> bool:
    """Whether the form's day is the one that the delopgave is due already: a form that is sent unchanged moves nothing."""
    wanted = _frist(work)
    return task.frist is not None and wanted is not None and task.frist.astimezone(wanted.tzinfo).date() == wanted.date()


def _er_udfoert(work: Arbejde) -> bool:
    found: Aftale | None = next((one for one in work.row.aftaler if one.id == work.del_id), None)
    return found is not None and (found.udfoert is not None) == (work.form["udfoert"] != "nej")


PAA_SAGEN = (
    Handling("aftale", "tekst", _ny_aftale, _aftale_som_oensket, "#aftaler"),
    Handling(
        "delopgave",
        "enhed",
        _ny_delopgave,
        lambda work: (work.form["enhed"], work.form["ydelse"]) in ((one.enhed, one.ydelse or "") for one in work.row.delopgaver),
        "#delopgaver",
    ),
    Handling("maerker", "maerker", _maerker, _maerker_som_oensket),
)
PAA_EN_DEL = (
    Handling("aftale", "tekst", _ret_aftale, _aftale_som_oensket, "#aftaler"),
    Handling("udfoert", "udfoert", _udfoert, _er_udfoert, "#aftaler"),
    Handling("delopgave", "status", _ret_delopgave, _delopgave_som_oensket, "#delopgaver", deltager=True),
)
