"""Writers wait for each other instead of failing, in one process and in several."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from connectors.database import engine_for, reading, writing

COUNT = """
import sys
from sqlalchemy import text
from connectors.database import engine_for, writing
engine = engine_for(sys.argv[1])
for _ in range(100):
    with writing(engine) as session:
        lock = " FOR UPDATE" if engine.dialect.name == "postgresql" else ""
        number = session.execute(text("SELECT n FROM taeller" + lock))
        session.execute(text("UPDATE taeller SET n = :n"), {"n": number.scalar_one() + 1})
"""


@pytest.fixture
def counter(engine: Engine) -> Engine:
    with writing(engine) as session:
        session.execute(text("CREATE TABLE taeller (n INTEGER)"))
        session.execute(text("INSERT INTO taeller VALUES (0)"))
    return engine


def test_no_write_of_several_processes_and_threads_is_lost(counter: Engine, database_url: str) -> None:
    others = [subprocess.Popen([sys.executable, "-c", COUNT, database_url]) for _ in range(2)]
    lock = " FOR UPDATE" if counter.dialect.name == "postgresql" else ""

    def count() -> None:
        for _ in range(50):
            with writing(counter) as session:
                number = session.execute(text(f"SELECT n FROM taeller{lock}")).scalar_one()
                session.execute(text("UPDATE taeller SET n = :n"), {"n": number + 1})

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [other.wait(60) for other in others] == [0, 0]
    with reading(counter) as session:
        assert session.execute(text("SELECT n FROM taeller")).scalar_one() == 2 * 100 + 4 * 50


def test_a_writer_that_was_killed_leaves_the_place_free(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'en.db'}"
    hold = f"""
import time
from connectors.database import engine_for, writing
with writing(engine_for({url!r})):
    print("har den", flush=True)
    time.sleep(60)
"""
    holder = subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None and holder.stdout.readline() == "har den\n"
    holder.kill()
    holder.wait()
    with writing(engine_for(url)) as session:
        session.execute(text("CREATE TABLE fri (n INTEGER)"))


def test_an_error_within_lets_the_next_one_in(engine: Engine) -> None:
    with pytest.raises(RuntimeError, match="midt i"), writing(engine):
        raise RuntimeError("midt i")
    with writing(engine) as session:
        assert session.execute(text("SELECT 1")).scalar_one() == 1
