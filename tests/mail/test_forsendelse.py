"""A mail is taken by one, tried with growing waits, and never lost."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine

from connectors.mail import forsendelse
from connectors.mail.forsendelse import FIRST_WAIT, LONGEST_WAIT, ventetid
from connectors.mail.models import Brev
from tests.mail.breve import NU, breve, laeg

HOLDES = dt.timedelta(seconds=70)


def _tag(engine: Engine, nu: dt.datetime = NU) -> Brev | None:
    return forsendelse.tag(engine, nu, HOLDES)


def test_of_many_at_once_each_mail_is_taken_by_one(engine: Engine) -> None:
    for number in range(5):
        laeg(engine, f"prøve:{number}")
    with ThreadPoolExecutor(8) as pool:
        taken = [brev for brev in pool.map(lambda _: _tag(engine), range(16)) if brev]
    # whoever found a mail taken under its hands may come away empty, so what is left is taken now
    while (brev := _tag(engine)) is not None:
        taken.append(brev)
    assert sorted(brev.noegle for brev in taken) == [f"prøve:{number}" for number in range(5)]


def test_one_that_died_on_the_way_leaves_it_to_the_next(engine: Engine) -> None:
    laeg(engine)
    first = _tag(engine)
    assert first is not None and first.forsoeg == 1
    assert _tag(engine, NU + HOLDES - dt.timedelta(seconds=1)) is None
    second = _tag(engine, NU + HOLDES)
    assert second is not None and second.forsoeg == 2
    # the first one was only slow: its failure says nothing of the second's attempt
    forsendelse.mislykket(engine, first, "for sent", NU, opgiv=True)
    assert (breve(engine)[0].opgivet, breve(engine)[0].fejl) == (None, None)
    forsendelse.sendt(engine, first, NU)
    assert _tag(engine, NU + dt.timedelta(days=1)) is None


def test_waits_double_and_are_never_the_same_for_all() -> None:
    for forsoeg in (1, 2, 3, 8, 50):
        whole = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(forsoeg - 1, 30))
        waits = {ventetid(forsoeg) for _ in range(20)}
        assert len(waits) > 1
        assert all(whole / 2 <= wait <= whole for wait in waits)
    assert ventetid(50) <= dt.timedelta(hours=6)


def test_a_failure_is_kept_with_its_reason_and_tried_later(engine: Engine) -> None:
    laeg(engine)
    brev = _tag(engine)
    assert brev is not None
    forsendelse.mislykket(engine, brev, "mailserveren svarede 421", NU, opgiv=False)
    [row] = breve(engine)
    assert row.fejl == "mailserveren svarede 421" and row.opgivet is None
    assert NU < row.naeste_forsoeg <= NU + FIRST_WAIT
    again = _tag(engine, row.naeste_forsoeg)
    assert again is not None and again.forsoeg == 2


def test_what_is_given_up_is_listed_first_and_can_be_tried_again(engine: Engine) -> None:
    for name in ("ny", "fejlet", "opgivet", "sendt"):
        laeg(engine, name)
    rows = {row.noegle: row for row in breve(engine)}
    forsendelse.mislykket(engine, rows["fejlet"], "hov", NU, opgiv=False)
    forsendelse.mislykket(engine, rows["opgivet"], "findes ikke", NU, opgiv=True)
    forsendelse.sendt(engine, rows["sendt"], NU)
    assert [brev.noegle for brev in forsendelse.ikke_leveret(engine)] == ["opgivet", "fejlet", "ny"]
    senere = NU + dt.timedelta(days=3)
    tried = forsendelse.proev_igen(engine, rows["opgivet"].id, senere)
    assert tried is not None and (tried.forsoeg, tried.opgivet, tried.naeste_forsoeg) == (0, None, senere)
    assert forsendelse.proev_igen(engine, rows["sendt"].id, senere) is None
    assert forsendelse.proev_igen(engine, 99_999, senere) is None


def test_a_questionnaire_s_link_leaves_the_outbox_when_it_is_sent(engine: Engine) -> None:
    laeg(engine, "survey:1", slags="survey", tekst="Svar her: http://127.0.0.1:8080/s/hemmeligt")
    laeg(engine, "svar:1", slags="svar", tekst="Et svar")
    for brev in breve(engine):
        forsendelse.sendt(engine, brev, NU)
    survey, svar = breve(engine)
    assert "hemmeligt" not in survey.tekst
    assert svar.tekst == "Et svar"


def test_what_was_sent_long_ago_is_deleted_and_nothing_else(engine: Engine) -> None:
    for name in ("gammel", "ny", "usendt"):
        laeg(engine, name)
    rows = {row.noegle: row for row in breve(engine)}
    forsendelse.sendt(engine, rows["gammel"], NU - dt.timedelta(days=31))
    forsendelse.sendt(engine, rows["ny"], NU)
    assert forsendelse.ryd_op(engine, NU - dt.timedelta(days=30)) == 1
    assert {row.noegle for row in breve(engine)} == {"ny", "usendt"}
