"""``knowledge/`` while the bot runs: edits take effect, bad ones do not, and the last good version outlives a restart."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest

from bot.knowledge import Library, LiveLibrary
from tests.knowledge.tiny import ALKOHOL, UDE, edit, make, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make(tmp_path / "knowledge")


def test_an_edit_takes_effect(folder: Path) -> None:
    live = LiveLibrary(folder)
    edit(folder, UDE, '"Udeservering"', '"Borde på fortovet"')
    live.reload()
    assert live.current.ydelser["udeservering"].navn == "Borde på fortovet"


def test_a_bad_edit_does_not_and_is_told(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    live = LiveLibrary(folder)
    edit(folder, UDE, 'navn: "Udeservering"', 'nvan: "Borde"')
    with caplog.at_level(logging.ERROR):
        live.reload()
    assert live.current.ydelser["udeservering"].navn == "Udeservering"
    assert {problem.path for problem in live.problems} == {UDE}
    assert f"knowledge/{UDE}:2: 'nvan'" in caplog.text
    assert "den sidste gode udgave gælder fortsat" in caplog.text
    edit(folder, UDE, "nvan", "navn")
    live.reload()
    assert (live.problems, live.current.ydelser["udeservering"].navn) == ([], "Borde")


def test_the_last_good_version_survives_a_restart(folder: Path, tmp_path: Path) -> None:
    memory = tmp_path / "var" / "husket.json"
    LiveLibrary(folder, memory)
    edit(folder, UDE, "navn:", "nvan:")
    after = LiveLibrary(folder, memory)
    assert after.current.ydelser["udeservering"].navn == "Udeservering"
    assert {problem.path for problem in after.problems} == {UDE}
    again = LiveLibrary(folder, memory)
    assert again.current.ydelser["udeservering"].navn == "Udeservering"
    assert "udeservering" not in LiveLibrary(folder).current.ydelser


def test_an_edit_after_the_restart_is_remembered_too(folder: Path, tmp_path: Path) -> None:
    memory = tmp_path / "husket.json"
    live = LiveLibrary(folder, memory)
    edit(folder, UDE, '"Udeservering"', '"Borde"')
    live.reload()
    edit(folder, UDE, "navn:", "nvan:")
    assert LiveLibrary(folder, memory).current.ydelser["udeservering"].navn == "Borde"


def test_a_removed_file_is_gone(folder: Path, tmp_path: Path) -> None:
    live = LiveLibrary(folder, tmp_path / "husket.json")
    (folder / ALKOHOL).unlink()
    (folder / "proever/alkoholbevilling.yml").unlink()
    live.reload()
    assert set(live.current.ydelser) == {"udeservering"}
    assert set(LiveLibrary(folder, tmp_path / "husket.json").current.ydelser) == {"udeservering"}


@pytest.mark.parametrize("content", ["{", "[1, 2]", "", "null"])
def test_a_spoilt_memory_does_not_stop_the_start(folder: Path, tmp_path: Path, content: str) -> None:
    memory = tmp_path / "husket.json"
    memory.write_text(content, encoding="utf-8")
    assert "udeservering" in LiveLibrary(folder, memory).current.ydelser


def test_a_memory_that_can_not_be_written_does_not_stop_an_edit(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path, "fil", "hvor mappen skulle være")
    live = LiveLibrary(folder, tmp_path / "fil" / "husket.json")
    assert "udeservering" in live.current.ydelser
    assert "kan ikke skrives" in caplog.text


def test_listeners_hear_of_a_change_and_of_nothing_else(folder: Path) -> None:
    live = LiveLibrary(folder)
    heard: list[Library] = []
    live.on_change(heard.append)
    live.reload()
    assert heard == []
    edit(folder, UDE, "navn:", "nvan:")
    live.reload()
    assert heard == []
    edit(folder, ALKOHOL, "Alkoholbevilling", "Bevilling")
    live.reload()
    assert [library.ydelser["alkoholbevilling"].navn for library in heard] == ["Bevilling"]


def test_the_watching_thread_sees_an_edit_by_itself(folder: Path) -> None:
    live = LiveLibrary(folder)
    seen = threading.Event()
    live.on_change(lambda _: seen.set())
    live.start()
    try:
        for attempt in range(20):  # the watch may begin a moment after the thread does
            edit(folder, UDE, "navn: ", f"navn: Nr {attempt} # ")
            if seen.wait(1.5):
                break
        assert seen.is_set()
        assert live.current.ydelser["udeservering"].navn.startswith("Nr ")
    finally:
        live.stop()
