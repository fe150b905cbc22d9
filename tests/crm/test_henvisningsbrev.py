"""A business is handed to a body outside the municipality: with its yes to that very body, once, and it hears of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, select

from connectors.crm.artikler import for_sag
from connectors.crm.fejl import ForaeldetVersion
from connectors.crm.henvendelser import find, opret
from connectors.crm.henvisningsbrev import har_sagt_ja, modtagere, registrer_ja, send, sendt_i
from connectors.crm.henvisningsudkast import Udkast, udkast
from connectors.crm.models import Henvendelse
from connectors.database import reading
from connectors.mail.models import Brev
from tests.crm.eksempler import FRIST, NU, felter
from tests.crm.eksempler import udkast as sagsudkast
from tests.crm.medarbejdere import library

VAEKSTHUS = library().eksterne["vaeksthus"]
EKSPORT = library().eksterne["eksportraadet"]
MAIL = Udkast("Henvisning af Prøvetegnestuen", "Til Væksthuset\n\nVirksomheden har brug for kunder.")
SVAR = felter()["svar"]
TIL = "kontakt@example.com"


def _sag(engine: Engine, ja: bool | None = True, **andre: Any) -> str:
    svar = SVAR if ja is None else {**SVAR, "videregivelse": ja}
    return opret(engine, sagsudkast(**{"svar": svar, "delopgaver": [], "aftaler": [], **andre}), FRIST, NU).number


def _row(engine: Engine, number: str) -> Henvendelse:
    with reading(engine) as session:
        return find(session, number)


def _send(engine: Engine, number: str, mail: Udkast = MAIL, til: str = TIL, ekstern: Any = VAEKSTHUS, version: int = 0) -> None:
    send(engine, library(), number, version or _row(engine, number).version, "Prøve Kollega", ekstern, til, mail, NU)


def _ja(engine: Engine, number: str, ekstern: Any = VAEKSTHUS, sagt_af: str = "Prøve Person", form: str = "telefon") -> None:
    registrer_ja(engine, number, _row(engine, number).version, "Prøve Kollega", ekstern, sagt_af, form, NU)


def _mails(engine: Engine, slags: str = "henvisning") -> list[Brev]:
    with reading(engine) as session:
        return list(session.scalars(select(Brev).where(Brev.slags == slags)))


def test_the_draft_says_what_the_business_needs_who_it_is_and_proposes_a_visit_together(engine: Engine) -> None:
    row = _row(engine, _sag(engine))
    draft = udkast(row, VAEKSTHUS, "Prøve Kollega", library())
    assert draft.emne == "Henvisning af Prøvetegnestuen"
    service = library().ydelser["ivaerksaetterkurser"].navn
    company = ("arkitekt", "97 22 52 49", "Prøve Person, 20 41 77 03, proeve@example.com")
    letter = ("Til Erhvervshus Hovedstaden", "har sagt ja", "besøger virksomheden sammen", "Prøve Kollega")
    for said in (*letter, *company, "kunder og økonomi", service):
        assert said in draft.tekst, said
    assert "{" not in draft.tekst and "None" not in draft.tekst and "samtykke" not in draft.tekst.lower()


def test_the_sender_is_named_with_a_unit_of_their_own(engine: Engine) -> None:
    row, units = _row(engine, _sag(engine)), library().enheder
    for own, told in (({"frontfunktion"}, "frontfunktion"), ({"frontfunktion", row.team}, row.team), (set(), row.team)):
        assert f"Prøve Kollega, {units[told].navn}" in udkast(row, VAEKSTHUS, "Prøve Kollega", library(), own).tekst


def test_the_draft_of_a_case_that_says_little_is_whole(engine: Engine) -> None:
    number = _sag(
        engine, virksomhed={}, ydelser=[], svar={}, kontakt={"navn": "Prøve Person", "telefon": "20417703", "samtykke": NU}
    )
    draft = udkast(_row(engine, number), EKSPORT, "Prøve Kollega", library())
    assert draft.emne == "Henvisning af en virksomhed" and "\n\n\n" not in draft.tekst
    assert "Det har virksomheden brug for" not in draft.tekst and "Om virksomheden" not in draft.tekst


def test_only_those_who_take_cases_are_proposed_the_one_referred_to_first(engine: Engine) -> None:
    row = _row(engine, _sag(engine, henvist_til=["Eksportrådet", "politiet"]))
    assert [body.id for body in modtagere(row, library())] == ["eksportraadet", "vaeksthus"]


def test_with_the_yes_it_is_sent_kept_and_the_business_hears_of_it(engine: Engine) -> None:
    number = _sag(engine)
    _send(engine, number)
    [brev] = _mails(engine)
    assert (brev.til, brev.emne, brev.tekst) == (TIL, MAIL.emne, MAIL.tekst)
    sent, told = for_sag(engine, number)
    assert (sent.retning, sent.form, sent.til, sent.hvem, sent.tekst) == ("ud", "mail", TIL, "Prøve Kollega", MAIL.tekst)
    assert "sendt jeres oplysninger til Erhvervshus Hovedstaden" in told.tekst
    assert [mail.til for mail in _mails(engine, "orientering")] == ["proeve@example.com"]
    row = _row(engine, number)
    assert ("henvist til", "Væksthus Hovedstadsregionen") in [(line.felt, line.til) for line in row.historik]
    with reading(engine) as session:
        before = sendt_i(session, row, VAEKSTHUS)
        assert before is not None and (before.hvem, before.til, before.tid) == ("Prøve Kollega", TIL, NU)


@pytest.mark.parametrize("ja", [None, False, "ved_ikke"])
def test_without_the_yes_nothing_leaves(engine: Engine, ja: Any) -> None:
    number = _sag(engine, ja)
    with pytest.raises(ValueError, match="ikke sagt ja til, at oplysningerne gives videre til Væksthus Hovedstadsregionen"):
        _send(engine, number)
    assert _mails(engine) == [] and for_sag(engine, number) == []


def test_a_yes_to_one_body_is_no_yes_to_another(engine: Engine) -> None:
    number = _sag(engine, henvist_til=["Væksthus Hovedstadsregionen"])
    assert har_sagt_ja(_row(engine, number), VAEKSTHUS) and not har_sagt_ja(_row(engine, number), EKSPORT)
    with pytest.raises(ValueError, match="Eksportrådet"):
        _send(engine, number, ekstern=EKSPORT)


def test_sent_once_also_by_several_at_the_same_moment(engine: Engine) -> None:
    number = _sag(engine)
    version = _row(engine, number).version

    def one(_: int) -> str:
        try:
            _send(engine, number, version=version)
        except (ValueError, ForaeldetVersion) as error:
            return type(error).__name__
        return "sendt"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(4))).count("sendt") == 1
    with pytest.raises(ValueError, match="allerede sendt af Prøve Kollega"):
        _send(engine, number, til="anden@example.com")
    assert len(_mails(engine)) == 1


def test_a_yes_by_phone_is_kept_with_who_and_when_and_opens_for_that_body_only(engine: Engine) -> None:
    number = _sag(engine, False)
    _ja(engine, number)
    row = _row(engine, number)
    assert {svar.navn: svar.vaerdi for svar in row.svar}["videregivelse"] is True
    assert [(line.hvem, line.tid, line.felt, line.til) for line in row.historik][-1] == (
        "Prøve Kollega", NU, "videregivelse", "ja til Væksthus Hovedstadsregionen",
    )  # fmt: skip
    [note] = for_sag(engine, number)
    assert (note.retning, note.form) == ("intern", "telefon") and "Prøve Person har sagt ja" in note.tekst
    assert "Prøve Person" not in str([line.til for line in row.historik]), "a name of the business's can't be erased from there"
    assert not har_sagt_ja(row, EKSPORT)
    _send(engine, number)
    assert len(_mails(engine)) == 1


def test_a_second_yes_keeps_the_first(engine: Engine) -> None:
    number = _sag(engine, henvist_til=["Væksthus Hovedstadsregionen"])
    _ja(engine, number, EKSPORT)
    row = _row(engine, number)
    assert har_sagt_ja(row, VAEKSTHUS) and har_sagt_ja(row, EKSPORT)
    version = row.version
    _ja(engine, number, EKSPORT)
    assert _row(engine, number).version == version, "said already"


def test_a_yes_to_one_is_not_stretched_to_another_that_was_refused(engine: Engine) -> None:
    number = _sag(engine, False, henvist_til=["Væksthus Hovedstadsregionen"])
    _ja(engine, number, EKSPORT)
    assert not har_sagt_ja(_row(engine, number), VAEKSTHUS)


@pytest.mark.parametrize(("sagt_af", "form"), [("", "telefon"), ("  ", "telefon"), ("Prøve Person", "brevdue")])
def test_a_yes_from_nobody_is_none(engine: Engine, sagt_af: str, form: str) -> None:
    number = _sag(engine, None)
    with pytest.raises(ValueError, match=r"skriv|vælg"):
        _ja(engine, number, sagt_af=sagt_af, form=form)
    assert not har_sagt_ja(_row(engine, number), VAEKSTHUS)


@pytest.mark.parametrize(
    ("til", "mail", "hvorfor"),
    [
        ("", MAIL, "e-mailadresse"),
        ("kontakt@example.com, anden@example.com", MAIL, "e-mailadresse"),
        (TIL, Udkast("", "tekst"), "emne og tekst"),
        (TIL, Udkast("emne", " "), "emne og tekst"),
    ],
)
def test_what_is_no_mail_is_refused(engine: Engine, til: str, mail: Udkast, hvorfor: str) -> None:
    number = _sag(engine)
    with pytest.raises(ValueError, match=hvorfor):
        _send(engine, number, mail, til)
    assert _mails(engine) == [] and for_sag(engine, number) == []


def test_a_cpr_number_goes_nowhere(engine: Engine) -> None:
    number = _sag(engine)
    _send(engine, number, Udkast("Om 010190-1234", "Ejeren er 010190-1234"))
    assert "010190" not in _mails(engine)[0].tekst + _mails(engine)[0].emne


def test_a_case_that_has_changed_meanwhile_is_not_sent(engine: Engine) -> None:
    number = _sag(engine)
    with pytest.raises(ForaeldetVersion):
        _send(engine, number, version=_row(engine, number).version + 1)
    assert _mails(engine) == []
