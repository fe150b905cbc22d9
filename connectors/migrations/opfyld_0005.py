"""What revision 0005 fills in for the cases that were there before it: the searchable text, and the company's record."""

from __future__ import annotations

import sqlalchemy as sa

from connectors.crm.soegbar import soegetekst
from connectors.crm.virksomhedsnavn import navnenoegle

# The columns as they are at 0005; the models go on from there.
_HENVENDELSE = sa.table(
    "henvendelse", *map(sa.column, ("id", "nummer", "hovedindhold", "oprettet", "virksomhed_id", "soegetekst"))
)
_TOLD = sa.table("henvendelse_virksomhed", *map(sa.column, ("henvendelse_id", "cvr", "navn", "soegetekst")))
_KONTAKT = sa.table("henvendelse_kontakt", *map(sa.column, ("henvendelse_id", "navn", "telefon", "email", "soegetekst")))
_COMPANY = ("id", "cvr", "navn", "navn_noegle", "oprettet", "version", "soegetekst")
_VIRKSOMHED = sa.table("virksomhed", *map(sa.column, _COMPANY))


def opfyld(connection: sa.Connection) -> None:
    """Fill in both, in the transaction that the migration runs in."""
    _fold(connection, _HENVENDELSE, "id", ("nummer", "hovedindhold"))
    _fold(connection, _TOLD, "henvendelse_id", ("cvr", "navn"))
    _fold(connection, _KONTAKT, "henvendelse_id", ("navn", "telefon", "email"))
    _link(connection)


def _fold(connection: sa.Connection, table: sa.TableClause, key: str, columns: tuple[str, ...]) -> None:
    rows = connection.execute(sa.select(table.c[key], *(table.c[column] for column in columns))).all()
    change = table.update().where(table.c[key] == sa.bindparam("case")).values(soegetekst=sa.bindparam("text"))
    _many(connection, change, [{"case": row[0], "text": soegetekst(row[1:])} for row in rows])


def _link(connection: sa.Connection) -> None:
    """By CVR, else by name, as ``connectors.crm.tilknytning`` does for a new case; there are no merges yet."""
    told = sa.select(_HENVENDELSE.c.id, _HENVENDELSE.c.oprettet, _TOLD.c.cvr, _TOLD.c.navn)
    by_cvr: dict[str, int] = {}
    by_name: dict[str, int] = {}
    named: dict[str, set[int]] = {}
    companies: list[dict[str, object]] = []
    links: list[dict[str, int]] = []
    for case, made, cvr, navn in connection.execute(
        told.join(_TOLD, _TOLD.c.henvendelse_id == _HENVENDELSE.c.id).order_by(_HENVENDELSE.c.id)
    ):
        key = navnenoegle(navn)
        if cvr is None and key is None:
            continue
        company = by_cvr.get(cvr) if cvr is not None else by_name.get(str(key))
        if company is None and cvr is None and len(named.get(str(key), ())) == 1:
            company = next(iter(named[str(key)]))
        if company is None:
            company = len(companies) + 1
            companies.append(dict(zip(_COMPANY, (company, cvr, navn, key, made, 1, soegetekst([cvr, navn])), strict=True)))
            if cvr is not None:
                by_cvr[cvr] = company
            else:
                by_name[str(key)] = company
            if key is not None:
                named.setdefault(key, set()).add(company)
        links.append({"case": case, "company": company})
    _many(connection, _VIRKSOMHED.insert(), companies)
    if companies and connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT setval(pg_get_serial_sequence('virksomhed', 'id'), :last)"), {"last": len(companies)})
    change = _HENVENDELSE.update().where(_HENVENDELSE.c.id == sa.bindparam("case")).values(virksomhed_id=sa.bindparam("company"))
    _many(connection, change, links)


def _many(connection: sa.Connection, statement: sa.Executable, rows: list[dict[str, object]] | list[dict[str, int]]) -> None:
    if rows:
        connection.execute(statement, rows)
