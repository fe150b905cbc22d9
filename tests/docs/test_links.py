"""What pages point to is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.docs.pages import PAGES, anchors, links


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_points_to_a_file_of_the_project(page: Path) -> None:
    for written, file, heading in links(page):
        assert file.is_relative_to(ROOT), f"{page.name}: {written} peger ud af projektet"
        assert file.exists(), f"{page.name}: {written} findes ikke"
        if heading and file.suffix == ".md":
            assert heading in anchors(file), f"{page.name}: {written} nævner en overskrift, der ikke findes"


def test_every_picture_is_shown_on_some_page() -> None:
    shown = {file for page in PAGES for _, file, _ in links(page)}
    assert [picture.name for picture in sorted((ROOT / "docs/billeder").iterdir()) if picture not in shown] == []


def test_links_and_headings_are_recognised(tmp_path: Path) -> None:
    page = tmp_path / "side.md"
    page.write_text(
        '# En titel, her\n[a](b.md#c-d) ![b](billeder/x.png "t") <img src="y.png"> [ud](https://www.eksempel.dk)\n'
        "```\n[kode](ikke.md)\n```\n",
        encoding="utf-8",
    )
    assert [written for written, _, _ in links(page)] == ["b.md#c-d", "billeder/x.png", "y.png"]
    assert anchors(page) == {"en-titel-her"}
