"""Settings of the questionnaire."""

from functools import lru_cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class SurveySettings(BaseSettings):
    """``survey_days``: how long a link works. ``survey_reminder_days``: after so many days without an answer one reminder
    goes out by mail; 0 sends none."""

    model_config = SettingsConfigDict(env_prefix="ERHVERV_", extra="ignore")

    survey_days: int = Field(default=30, ge=1)
    survey_reminder_days: int = Field(default=7, ge=0)


@lru_cache(maxsize=1)
def survey_settings() -> SurveySettings:
    """The settings of this process."""
    return SurveySettings()
