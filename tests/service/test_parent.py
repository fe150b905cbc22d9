from __future__ import annotations

import os
import signal
import subprocess
import sys

from bot.service.parent import Parent, caught, under_make

# As GNU make: at the first signal it gives the signal its default meaning back, and waits.
CATCHES = """
import signal, time

def first(*_):
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    print(2, flush=True)

signal.signal(signal.SIGINT, first)
print(1, flush=True)
time.sleep(60)
"""


def test_stopping_is_seen_when_a_handler_goes_and_when_the_process_goes() -> None:
    with subprocess.Popen([sys.executable, "-c", CATCHES], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        parent = Parent(process.pid)
        assert not parent.wants_stop()
        process.send_signal(signal.SIGINT)
        process.stdout.readline()
        assert parent.wants_stop()
        process.kill()
    assert Parent(process.pid).wants_stop()


def test_only_make_is_followed_and_it_says_so_once() -> None:
    os.environ.pop("ERHVERV_UNDER_MAKE", None)
    assert under_make() is None
    os.environ["ERHVERV_UNDER_MAKE"] = "1"
    found = under_make()
    assert found and found.pid == os.getppid()
    assert "ERHVERV_UNDER_MAKE" not in os.environ


def test_no_such_process() -> None:
    assert caught(2**22 + 1) is None
