"""Settings of the mirror, from the environment."""

from pydantic import Field, SecretStr
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

    @property
    def sat_op(self) -> bool:
        """Whether there is a Zammad to mirror to."""
        return bool(self.zammad_url and self.zammad_token)
