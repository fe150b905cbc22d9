"""The loop that empties the outbox."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging

import pytest
from sqlalchemy import Engine

from connectors.mail.udsendelse import Udsendelse
from tests.mail.breve import NU, Styret, breve, ikke_sendt, laeg, settings


class Ur:
    """A clock that stands still."""

    def __init__(self) -> None:
        self.nu = NU

    def __call__(self) -> dt.datetime:
        return self.nu


@pytest.fixture
def ur() -> Ur:
    return Ur()


async def test_everything_due_is_carried_once(engine: Engine, ur: Ur) -> None:
    for number in range(3):
        laeg(engine, f"prøve:{number}")
    laeg(engine, "senere", nu=NU + dt.timedelta(hours=1))
    carrier = Styret()
    post = Udsendelse(engine, settings(), carrier, ur)
    assert await post.toem() == 3
    assert await post.toem() == 0
    assert len(carrier.taget) == 3
    assert [row.sendt for row in breve(engine)] == [NU, NU, NU, None]


async def test_two_processes_carry_each_mail_once(engine: Engine, ur: Ur) -> None:
    for number in range(8):
        laeg(engine, f"prøve:{number}")
    carriers = [Styret(), Styret()]
    await asyncio.gather(*(Udsendelse(engine, settings(), carrier, ur).toem() for carrier in carriers))
    ids = [mail["Message-ID"] for carrier in carriers for mail in carrier.taget]
    assert len(ids) == len(set(ids)) == 8


async def test_a_failure_is_tried_again_until_it_works(engine: Engine, ur: Ur) -> None:
    laeg(engine)
    carrier = Styret(ikke_sendt("mailserveren svarede ikke i tide"))
    post = Udsendelse(engine, settings(), carrier, ur)
    assert await post.toem() == 0
    [row] = breve(engine)
    assert (row.fejl, row.opgivet, row.sendt) == ("mailserveren svarede ikke i tide", None, None)
    carrier.fejl = None
    assert await post.toem() == 0, "not before its time"
    ur.nu = row.naeste_forsoeg
    assert await post.toem() == 1
    [row] = breve(engine)
    assert (row.sendt, row.fejl) == (ur.nu, None)


async def test_it_is_given_up_after_the_last_attempt_and_the_log_says_so(
    engine: Engine, ur: Ur, caplog: pytest.LogCaptureFixture
) -> None:
    laeg(engine)
    post = Udsendelse(engine, settings(mail_attempts=3), Styret(ikke_sendt("mailserveren svarede 421")), ur)
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            await post.toem()
            ur.nu = breve(engine)[0].naeste_forsoeg
    [row] = breve(engine)
    assert row.opgivet is not None and row.forsoeg == 3
    assert "opgivet efter 3 forsøg: mailserveren svarede 421" in caplog.text
    assert "proeve@example.com" not in caplog.text, "whom it was to is nobody's business"
    ur.nu += dt.timedelta(days=30)
    assert await post.toem() == 0 and breve(engine)[0].forsoeg == 3


async def test_what_will_never_work_is_given_up_at_once_and_the_rest_goes_on(engine: Engine, ur: Ur) -> None:
    laeg(engine, "ødelagt", slags="orientering")
    carrier = Styret(ikke_sendt("findes ikke (550)", endeligt=True))
    post = Udsendelse(engine, settings(), carrier, ur)
    await post.toem()
    assert breve(engine)[0].opgivet == NU
    carrier.fejl = None
    laeg(engine, "rask")
    assert await post.toem() == 1


async def test_a_carrier_s_own_fault_is_no_end_of_the_mail(engine: Engine, ur: Ur) -> None:
    laeg(engine)
    carrier = Styret(RuntimeError("hemmeligt"))
    post = Udsendelse(engine, settings(), carrier, ur)
    await post.toem()
    [row] = breve(engine)
    assert row.fejl is not None and row.fejl.startswith("uventet fejl") and "hemmeligt" not in row.fejl
    assert row.opgivet is None


async def test_a_round_deletes_what_was_sent_long_ago(engine: Engine, ur: Ur) -> None:
    laeg(engine)
    post = Udsendelse(engine, settings(mail_keep_days=30), Styret(), ur)
    await post.omgang()
    ur.nu += dt.timedelta(days=31)
    await post.omgang()
    assert breve(engine) == []
