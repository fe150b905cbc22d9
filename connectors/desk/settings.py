"""Settings of the desk, from the environment."""

from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from connectors.desk.models import ROLLER


class DeskSettings(BaseSettings):
    """What a deployment may change.

    ``session_idle_minutes`` and ``session_hours``: a log-in ends when it has not been used for so long, and in any case
    after so long. ``login_attempts`` wrong passwords in a row lock a person out for ``lockout_minutes``, doubled at each
    further one. ``login_per_minute_address``: log-in attempts a minute from one address. ``demo``: whether the embedded
    default has fictitious people to log in as. ``oidc_…``: the municipality's own log-in; ``oidc_roles`` says which of
    its roles are which of ours.
    """

    model_config = SettingsConfigDict(env_prefix="ERHVERV_", extra="ignore")

    demo: bool = True
    session_idle_minutes: int = Field(default=60, ge=1)
    session_hours: int = Field(default=10, ge=1)
    login_attempts: int = Field(default=5, ge=1)
    lockout_minutes: int = Field(default=15, ge=1)
    login_per_minute_address: int = Field(default=20, ge=1)
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = None
    oidc_role_claim: str = "roles"
    oidc_roles: dict[str, str] = {}

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.oidc_issuer is None:
            return self
        if self.oidc_client_id is None:
            raise ValueError("ERHVERV_OIDC_ISSUER er sat, så ERHVERV_OIDC_CLIENT_ID skal også sættes")
        address = urlsplit(self.oidc_issuer)
        if address.scheme != "https" and address.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise ValueError("ERHVERV_OIDC_ISSUER skal begynde med https://")
        if ukendte := set(self.oidc_roles.values()) - set(ROLLER):
            raise ValueError(f"ERHVERV_OIDC_ROLES nævner ukendte roller: {', '.join(sorted(ukendte))}")
        return self
