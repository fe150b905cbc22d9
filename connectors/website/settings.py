"""Settings of the gateway alone, from the environment; what several processes share is in ``bot.settings``."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class WebsiteSettings(BaseSettings):
    """What a deployment may change.

    ``keep_conversations_days``: conversations that have been still for so long are deleted. ``rasa_patience_seconds``:
    how long a message waits for a Rasa that can't be reached (it may be starting) before the business gets an
    apology. ``lease_seconds``: after so long another replica takes over the conversations of one that has died.
    """

    model_config = SettingsConfigDict(env_prefix="ERHVERV_", extra="ignore")

    keep_conversations_days: int = Field(default=30, ge=1)
    rasa_patience_seconds: float = Field(default=40, ge=0)
    parallel_conversations: int = Field(default=16, ge=1)
    lease_seconds: float = Field(default=15, gt=1)
    sweep_seconds: float = Field(default=1, gt=0)
