from __future__ import annotations

import io
import os
import threading

from bot.service.log import Log


def test_each_line_has_its_programs_name_also_in_pieces_and_without_an_end() -> None:
    out = io.BytesIO()
    log = Log(out, width=4)
    web, rasa = log.pipe("web"), log.pipe("rasa")
    for piece in (b"f\xc3", b"\xb8rste\nan", b"den\nsidste"):
        os.write(web, piece)
    os.write(rasa, b"klar\n")
    log.close()
    lines = out.getvalue().decode().splitlines()
    assert sorted(lines) == sorted(["web  | første", "web  | anden", "web  | sidste", "rasa | klar"])


def test_own_lines_have_no_prefix() -> None:
    out = io.BytesIO()
    log = Log(out)
    log.say("Starter …")
    log.close()
    assert out.getvalue().decode() == "Starter …\n"


def test_a_reader_that_is_gone_is_no_error() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    log = Log(os.fdopen(write_end, "wb", buffering=0))
    program = log.pipe("web")
    for _ in range(100):
        os.write(program, b"x" * 4000 + b"\n")
    log.close()


def test_a_reader_that_sleeps_holds_nobody_up_and_is_told_what_it_missed() -> None:
    class Sleeping(io.BytesIO):
        def __init__(self) -> None:
            super().__init__()
            self.awake = threading.Event()

        def write(self, data: object) -> int:
            self.awake.wait(20)
            return super().write(data)  # type: ignore[arg-type]

    out = Sleeping()
    log = Log(out, waiting=10)
    program = log.pipe("web")
    for number in range(5000):  # more than a pipe holds
        os.write(program, f"linje {number} {'x' * 100}\n".encode())
    log.say("sidst")
    out.awake.set()
    log.close()
    text = out.getvalue().decode()
    assert "loglinjer sprunget over" in text
    assert "linje 4999 " in text
