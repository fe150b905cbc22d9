"""The design system's stylesheet finds the fonts and icons that it asks for first."""

from __future__ import annotations

import re

import pytest

from connectors.website.static_files import STATIC

SHEET = STATIC / "vendor/dkfds/css/dkfds-virkdk.min.css"
FACES = re.findall(r"@font-face\{([^}]*)\}", SHEET.read_text(encoding="utf-8"))
USED = [
    face for face in FACES if "url(" in face and "font-style:normal" in face and re.search(r"font-weight:(400|500|600|700)", face)
]


@pytest.mark.parametrize("face", USED)
def test_a_browser_gets_the_font_that_it_takes_first(face: str) -> None:
    # What browsers take is the first source of a kind they know; none of today's knows .eot.
    asked = [url for url in re.findall(r"url\(([^)]*)\)", face) if not url.endswith(".eot")]
    assert (SHEET.parent / asked[0]).is_file(), asked[0]


def test_the_weights_in_use_are_looked_for() -> None:
    assert len(USED) >= 4
