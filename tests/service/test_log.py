from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.service.log import Log, without_deprecations


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


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A third-party module whose import warns of the future in a message of two lines, and of something wrong now."""
    folder = tmp_path / "lib" / "python3.11" / "site-packages"
    folder.mkdir(parents=True)
    code = """import warnings
warnings.simplefilter("always")
warnings.warn("gammelt\\nog udgået", DeprecationWarning)
warnings.warn("snart", FutureWarning)
warnings.warn("certifikatet er udløbet", UserWarning)
raise OSError("port")
"""
    (folder / "fremmed.py").write_text(code, encoding="utf-8")
    return folder


def test_third_party_deprecations_are_dropped_whole_and_nothing_else(package: Path) -> None:
    out = io.BytesIO()
    log = Log(out, width=4)
    program = log.pipe("rasa")
    said = f"import sys; print('før', flush=True); sys.path.insert(0, {str(package)!r}); import fremmed"
    subprocess.run([sys.executable, "-c", said], stdout=program, stderr=program, check=False)
    log.close()
    shown = out.getvalue().decode().replace(str(package), "…").splitlines()
    assert shown == [
        "rasa | før",
        "rasa | …/fremmed.py:5: UserWarning: certifikatet er udløbet",
        'rasa |   warnings.warn("certifikatet er udløbet", UserWarning)',
        "rasa | Traceback (most recent call last):",
        'rasa |   File "<string>", line 1, in <module>',
        'rasa |   File "…/fremmed.py", line 6, in <module>',
        'rasa |     raise OSError("port")',
        "rasa | OSError: port",
    ]


def test_a_deprecation_of_our_own_is_shown() -> None:
    lines = [b"/srv/erhverv/actions/base.py:3: DeprecationWarning: gammelt", b"  import gammelt"]
    assert list(without_deprecations(lines)) == lines


def test_what_follows_a_warning_without_its_line_of_code_stays(package: Path) -> None:
    traceback = [b"Traceback (most recent call last):", b'  File "x.py", line 1, in <module>', b"OSError: port"]
    for path in (f"{package}/findes_ikke.py:1", f"{package}/fremmed.py:3", "/usr/lib/python3.11/ast.py:999999"):
        warning = f"{path}: DeprecationWarning: gammelt".encode()
        assert list(without_deprecations([warning, *traceback])) == traceback
