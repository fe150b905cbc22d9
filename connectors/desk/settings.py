"""Settings of the desk, from the environment."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class DeskSettings(BaseSettings):
    """What a deployment may change.

    ``session_idle_minutes`` and ``session_hours``: a log-in ends when it has not been used for so long, and in any case
    after so long. ``login_attempts`` wrong passwords in a row lock a person out for ``lockout_minutes``, doubled at each
    further one. ``login_per_minute_address``: log-in attempts a minute from one address.
    """

    model_config = SettingsConfigDict(env_prefix="ERHVERV_", extra="ignore")

    session_idle_minutes: int = Field(default=60, ge=1)
    session_hours: int = Field(default=10, ge=1)
    login_attempts: int = Field(default=5, ge=1)
    lockout_minutes: int = Field(default=15, ge=1)
    login_per_minute_address: int = Field(default=20, ge=1)
