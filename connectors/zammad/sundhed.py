"""How the mirror is, for operators: ``/readyz`` and ``/metrics``."""

from __future__ import annotations

import logging
from typing import Any

from aiohttp import web
from sqlalchemy import Engine

from connectors.crm.tid import iso
from connectors.database import off_loop
from connectors.website.incident import log_incident
from connectors.zammad import oversigt
from connectors.zammad.settings import ZammadSettings

logger = logging.getLogger(__name__)

ZAMMAD: web.AppKey[ZammadSettings] = web.AppKey("zammad_settings", ZammadSettings)


async def klar(engine: Engine, settings: ZammadSettings) -> dict[str, Any]:
    """For ``/readyz``: ``slukket`` where no Zammad is set; ``fejl`` where something was given up or is tried in vain."""
    if not settings.sat_op:
        return {"status": "slukket"}
    try:
        found = await off_loop(oversigt.status, engine, linjer=1)
    except Exception as error:
        log_incident(logger, "databasen svarer ikke (spejlingens tilstand)", error)
        return {"status": "fejl"}
    failing = found.opgivet > 0 or any(line.fejl for line in found.linjer)
    counts = {"leveret": found.leveret, "venter": found.venter, "opgivet": found.opgivet, "senest": iso(found.sidst)}
    return {"status": "fejl" if failing else "ok", **counts}


async def maalinger(engine: Engine, settings: ZammadSettings) -> str:
    """For ``/metrics``: cases by how they stand in Zammad; empty where no Zammad is set or the database does not answer."""
    if not settings.sat_op:
        return ""
    try:
        found = await off_loop(oversigt.status, engine, linjer=0)
    except Exception as error:
        log_incident(logger, "databasen svarer ikke (spejlingens tilstand)", error)
        return ""
    name = "erhverv_zammad_cases"
    lines = [f"# HELP {name} Henvendelser efter, hvordan de står i Zammad", f"# TYPE {name} gauge"]
    states = {"leveret": found.leveret, "venter": found.venter, "opgivet": found.opgivet}
    return "\n".join([*lines, *(f'{name}{{tilstand="{state}"}} {count}' for state, count in states.items())]) + "\n"
