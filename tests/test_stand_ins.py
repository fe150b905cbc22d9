"""What Rasa imports and never runs stays out of it, and whoever does call it is told."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from bot.settings import ROOT
from bot.stand_ins import UNUSED

SERVING = "import rasa.__main__, rasa.core.agent, rasa.core.run, rasa.server, rasa.model_training, bot.channel"
INSTALLED = f"import sys; from bot import stand_ins; stand_ins.install(); {SERVING}"


def said(code: str) -> str:
    """What a Python of its own prints."""
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_rasa_is_imported_and_nothing_of_what_it_never_uses() -> None:
    asked_for = "[(name, module) for name, module in sys.modules.items() if name.partition('.')[0] in stand_ins.UNUSED]"
    out = said(f"""{INSTALLED}
for name, module in {asked_for}:
    print(name, getattr(module, "__file__", None))""")
    files = dict(line.split() for line in out.splitlines())
    assert {"tensorflow", "twilio", "slack_sdk"} <= set(files)  # Rasa does ask for them
    assert set(files.values()) == {"None"}


@pytest.mark.parametrize("called", ["tensorflow.keras.layers.Dense(3)", "tensorflow.constant(1)", "twilio.rest.Client('x')"])
def test_called_once_rasa_is_up_it_says_which_and_why(called: str) -> None:
    name = called.partition("(")[0]
    out = said(
        f"""
from bot import stand_ins
stand_ins.install()
import {name.partition(".")[0]}, twilio.rest
{called}  # at import, as a default or a decorator: nothing happens
stand_ins.imported()
try:
    {called}
except stand_ins.Used as used:
    print("Used:", used)
"""
    )
    assert out.startswith(f"Used: {name} ") and "config.yml" in out


def test_it_can_be_subclassed_decorated_with_and_named_in_an_annotation() -> None:
    out = said(
        """
from bot import stand_ins
stand_ins.install()
import tensorflow as tf
from tensorflow.keras.utils import Sequence

class Data(Sequence):
    value = 7

@tf.function(reduce_retracing=True)
def kept(x: tf.Tensor | None, y: "list[tf.Tensor]") -> int:
    return 8

print(Data().value, kept(None, []))
"""
    )
    assert out.split() == ["7", "8"]


def test_without_being_installed_nothing_changes() -> None:
    out = said(
        """
import sys
before = list(sys.meta_path)
from bot import stand_ins
from importlib.util import find_spec
print(sys.meta_path == before, find_spec("tensorflow").origin, find_spec("twilio").origin)
"""
    )
    same, *origins = out.split()
    assert same == "True" and all(origin.endswith("__init__.py") for origin in origins)


def test_our_own_code_imports_none_of_them() -> None:
    files = [path for folder in ("bot", "actions", "connectors") for path in (ROOT / folder).rglob("*.py")]
    lines = re.findall(r"^ *(?:from|import) +(\w+)", "\n".join(path.read_text("utf-8") for path in files), re.MULTILINE)
    assert "rasa" in lines and UNUSED.isdisjoint(lines)
