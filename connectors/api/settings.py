"""Settings of the API, from the environment."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ApiSettings(BaseSettings):
    """What a deployment may change. ``api_requests_per_minute``: for each client, and for failed log-ins each address."""

    model_config = SettingsConfigDict(env_prefix="ERHVERV_", extra="ignore")

    api_requests_per_minute: int = Field(default=300, ge=1)
