"""Every command is told of, and no page tells of one that there is not."""

from __future__ import annotations

import re

import pytest

from bot.cli import COMMANDS
from bot.settings import ROOT
from tests.docs.pages import PAGES

WHOLE = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_stands_in_a_page(command: str) -> None:
    assert re.search(rf"`?\berhverv {command}\b", WHOLE)


def test_pages_name_only_commands_that_exist() -> None:
    called = set(re.findall(r"\.venv/bin/erhverv ([a-z-]+)", WHOLE)) | set(re.findall(r"`erhverv ([a-z-]+)", WHOLE))
    assert called <= set(COMMANDS), called - set(COMMANDS)


def test_pages_name_only_make_targets_that_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    called = set(re.findall(r"`(?:[A-Z]+=\S+ )?make ([a-z-]+)", WHOLE))
    assert called and called <= targets, called - targets
