"""A desk with made-up work on it, for tests in a browser: companies, cases in every state, chats that wait."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from bot.knowledge.library import Library
from connectors.crm import artikler, henvendelser, maerker, sagsgang
from connectors.crm.ejer import Ejer
from connectors.crm.models import Henvendelse
from connectors.crm.tid import nu
from connectors.database import reading, writing
from connectors.desk.kodeord import hash_af
from connectors.desk.models import Medarbejder
from connectors.website.models import Besked, Samtale
from tests.desk.kontor import medarbejder
from tests.desk.sager import opret, version
from tests.website.fakes import FakeKnowledge, FakeRasa, House

KODE = "en lang prøvekode 42"
HOVEDINDHOLD = (
    "Virksomheden søger opstartspakken. Om virksomheden: Virksomhedens navn: Prøvetegnestuen; Branche: arkitekt; "
    "Ansatte: 1.\nFortalt: Behov: kunder og økonomi. Planer: kursus, rådgivning.\n"
    "Vurdering: Opstartspakken passer. Ønsker: Iværksætterkurser, Rådgivning 1:1.\n"
    "Sagt: »jeg har lige sagt mit job op og vil være selvstændig arkitekt«"
)


@dataclass
class Office:
    """``url`` of the gateway; ``sag`` is the number of the case with everything on it."""

    url: str
    engine: Engine
    house: House
    rasa: FakeRasa
    sag: str

    async def close(self) -> None:
        await self.house.stop()
        await self.rasa.stop()


async def open_office(engine: Engine, var: Path, library: Library) -> Office:
    """A running gateway with staff ("anna", "bo"; password ``KODE``) and work for them."""
    rasa = FakeRasa()
    house = House(engine, await rasa.start(), var, FakeKnowledge(library))
    client = await house.gateway()
    return Office(str(client.make_url("")).rstrip("/"), engine, house, rasa, fill(engine, library))


def fill(engine: Engine, library: Library) -> str:
    """Everything that stands on the desk. Returns the number of the fullest case."""
    secret = hash_af(KODE)
    anna = medarbejder(engine, "anna", ["front"], ["frontfunktion"], adgangskode=secret)
    bo = medarbejder(engine, "bo", ["konsulent"], ["team-opstart-vaekst"], adgangskode=secret)
    days = dt.timedelta(days=1)
    number = opret(
        engine,
        2 * days,
        hovedindhold=HOVEDINDHOLD,
        samtale="samtale-sag",
        aftaler=[
            {"tekst": "Ring tilbage om kurset i januar", "frist": nu() + days, "ejer": anna.navn},
            {"tekst": "Send oversigt over netværk", "frist": nu() - days, "ejer": bo.navn},
        ],
        delopgaver=[{"enhed": "kff-bevilling", "ydelse": "alkoholbevilling", "frist": nu() + 3 * days}],
    )
    _talk(engine, "samtale-sag", "bot", ["Jeg vil starte som arkitekt", "Det er kun mig", "Kunder og økonomi"])
    artikler.tilfoej(engine, number, "Anna Prøve", "ind", "telefon", "Ringede og spurgte, hvornår kurset begynder.")
    artikler.tilfoej(engine, number, "Anna Prøve", "intern", "note", "Har talt med Bo. Vi foreslår kurset i januar.")
    artikler.tilfoej(
        engine, number, "Anna Prøve", "ud", "mail", "Kurset begynder i januar.\n\nVenlig hilsen\nAnna", til="proeve@example.com"
    )
    maerker.saet(engine, number, "Anna Prøve", ["iværksætter"])
    opret(engine, 20 * days, hovedindhold="Vil vide, om der er tilskud til et lokale.")  # the same company again
    opret(engine, days, virksomhed={"navn": "Prøve-tegnestuen ApS"}, hovedindhold="Spørger om skilt på facaden.", kanal="mail")
    for index, (team, navn, om, text) in enumerate(
        (
            ("frontfunktion", "Ærø Prøvebageri", -2 * days, "Vil sætte borde og stole ud på fortovet til sommer."),
            ("frontfunktion", "Café Prøven", dt.timedelta(seconds=1), "Overtager en café og skal bruge alkoholbevilling."),
            ("team-hr", "Prøvefabrikken A/S", 3 * days, "Mangler fem smede til foråret og vil høre om rekruttering."),
            ("tmf-byggeri", "Den meget lange Prøvevirksomheds Ejendomsselskab af 1998 ApS", 8 * days, "Bygger et lager om."),
            ("frontfunktion", "Prøveriets Blomster", 5 * days, "Skal have varer leveret, men må ikke holde i gaden."),
        )
    ):
        contact = {"navn": f"Prøve Person {index + 2}", "email": f"proeve{index + 2}@example.com", "samtykke": nu()}
        opret(
            engine, om, team=team, virksomhed={"navn": navn}, kontakt=contact, hovedindhold=text, servicepakke=None,
            kanal=("chat", "telefon", "mail")[index % 3],
        )  # fmt: skip
    contact = {"navn": "Prøve Chef", "telefon": "20417704", "samtykke": nu()}
    mine = opret(
        engine, 4 * days, virksomhed={"navn": "Prøvehuset"}, kontakt=contact, hovedindhold="Vil udvide til Malmø.",
        servicepakke=None,
    )  # fmt: skip
    sagsgang.aendr(engine, library, mine, version(engine, mine), "Anna Prøve", {"ejer": Ejer(anna.id, anna.navn)}, nu())
    _talk(engine, "samtale-venter", "venter", ["Hej, jeg vil gerne tale med et menneske om min byggesag"])
    _talk(engine, "samtale-min", "menneske", ["Tak, det lyder godt"], medarbejder_id=anna.id)
    return number


def stored(engine: Engine, number: str) -> Henvendelse:
    """The case as it is in the database."""

    with reading(engine) as session:
        return henvendelser.find(session, number)


def staff(engine: Engine, brugernavn: str) -> Medarbejder:
    """A member of staff."""
    with reading(engine) as session:
        return session.query(Medarbejder).filter_by(brugernavn=brugernavn).one()


def _talk(engine: Engine, ident: str, state: str, said: list[str], **felter: int) -> None:
    """A conversation whose business wrote last an hour ago, so that it is not in the chat any more."""
    then = nu() - dt.timedelta(hours=1)
    with writing(engine) as session:
        session.add(
            Samtale(
                id=ident, token_hash=ident, state=state, epoch=1, last_seq=2 * len(said) + 1, read_seq=0, created=then,
                active=nu(), venter_siden=nu() - dt.timedelta(minutes=3), koe_siden=nu(), medarbejder_set=nu(), **felter,
            )
        )  # fmt: skip
        session.flush()
        lines = [("bot", "Hej. Det er en computer, der svarer.")]
        for text in said:
            lines += [("user", text), ("bot", f"Tak. Du skrev: {text}")]
        for seq, (sender, text) in enumerate(lines, 1):
            session.add(Besked(samtale_id=ident, seq=seq, sender=sender, text=text, data={}, created=then, pending=False))
