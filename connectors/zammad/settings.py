"""Settings of the mirror, from the environment."""

from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class ZammadSettings(BaseSettings):
    """What a deployment may change. Without both address and token nothing is mirrored.

    ``zammad_groups``: our team to the group's name over there, where it has another. ``zammad_retry_seconds``: the first
    wait after a failure, doubled at each further one up to ``zammad_longest_wait_seconds``; the first must be longer than
    Zammad can be at storing what it has been sent, so that what was lost on the way back is found before it is sent again.
    """

    model_config = SettingsConfigDict(env_prefix="ERHVERV_", extra="ignore")

    zammad_url: str | None = None
    zammad_token: SecretStr | None = None
    zammad_groups: dict[str, str] = {}
    zammad_timeout_seconds: float = Field(default=15, gt=0)
    zammad_sweep_seconds: float = Field(default=5, gt=0)
    zammad_retry_seconds: float = Field(default=30, gt=0)
    zammad_longest_wait_seconds: float = Field(default=900, gt=0)

    @model_validator(mode="after")
    def _kept_secret(self) -> Self:
        address = urlsplit(self.zammad_url or "https://")
        if address.scheme != "https" and address.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise ValueError("ERHVERV_ZAMMAD_URL skal begynde med https://, ellers kan tokenet læses undervejs")
        return self

    @property
    def sat_op(self) -> bool:
        """Whether there is a Zammad to mirror to."""
        return bool(self.zammad_url and self.zammad_token)
