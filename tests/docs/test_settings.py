"""The operators' table of settings is whole and true."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic_settings import BaseSettings

from bot.settings import ROOT, Settings
from connectors.api.settings import ApiSettings
from connectors.desk.settings import DeskSettings
from connectors.mail.settings import MailSettings
from connectors.survey.settings import SurveySettings
from connectors.website.settings import WebsiteSettings
from connectors.zammad.settings import ZammadSettings
from tests.docs.pages import cells, text

SECTION = text("drift.md").partition("## Indstillinger\n")[2].partition("\n## ")[0]
TABLE = {row[0]: row for row in cells(SECTION) if re.fullmatch(r"[A-Z_]+", row[0])}


def _variables(shape: type[BaseSettings]) -> dict[str, Any]:
    """Each setting's environment variable with its default."""
    prefix = shape.model_config["env_prefix"]
    return {str(field.validation_alias or f"{prefix}{name}".upper()): field.default for name, field in shape.model_fields.items()}


EVERY = {
    **_variables(Settings),
    **_variables(WebsiteSettings),
    **_variables(DeskSettings),
    **_variables(MailSettings),
    **_variables(SurveySettings),
    **_variables(ApiSettings),
    **_variables(ZammadSettings),
}


@pytest.mark.parametrize("variable", EVERY)
def test_each_setting_is_documented_with_its_default(variable: str) -> None:
    assert variable in TABLE, f"{variable} mangler i tabellen i docs/drift.md"
    assert len(TABLE[variable]) == 3 and TABLE[variable][2]
    default = EVERY[variable]
    shown = default.relative_to(ROOT).as_posix() if hasattr(default, "relative_to") else default
    assert TABLE[variable][1] == ("ingen" if shown is None else f"{shown:g}" if isinstance(shown, float) else str(shown))


def test_no_setting_is_documented_that_there_is_not() -> None:
    assert set(TABLE) <= set(EVERY)


def test_the_variables_work_as_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    monkeypatch.setenv("DATABASE_URL", "postgresql://bruger:kode@vaert/base")
    monkeypatch.setenv("ERHVERV_ALLOWED_ORIGINS", '["https://www.eksempel.dk"]')
    monkeypatch.setenv("ERHVERV_KEEP_CONVERSATIONS_DAYS", "7")
    monkeypatch.setenv("ERHVERV_RASA_WORKERS", "2")
    read = Settings()
    assert (read.port, read.allowed_origins) == (8123, ["https://www.eksempel.dk"])
    assert read.rasa_urls == ("http://127.0.0.1:8124", "http://127.0.0.1:8125")
    assert read.database.startswith("postgresql+psycopg://")
    assert WebsiteSettings().keep_conversations_days == 7
