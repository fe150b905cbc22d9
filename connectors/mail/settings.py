"""Settings of the mail."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from connectors.mail.adresse import afsender

NOBODY = "erhvervsservice@localhost"


class MailSettings(BaseSettings):
    """How mail leaves. ``mail``: ``fil`` (one .eml a mail under ``var/post``), ``konsol`` or ``smtp``.

    ``mail_from``: the sender, as ``Navn <adresse>`` or a mere address. ``smtp_sikkerhed``: ``starttls``, ``tls`` (from the
    first byte) or ``ingen``. After ``mail_attempts`` failed attempts a mail is given up. Mail that has been sent is
    deleted from the outbox after ``mail_keep_days``.

    Raises:
        ValueError: in Danish; ``smtp`` without a server or a real sender reaches nobody.
    """

    model_config = SettingsConfigDict(env_prefix="ERHVERV_", extra="ignore")

    mail: Literal["fil", "konsol", "smtp"] = "fil"
    mail_from: str = NOBODY
    mail_attempts: int = Field(default=10, ge=1)
    mail_keep_days: int = Field(default=30, ge=1)
    mail_sweep_seconds: float = Field(default=2, gt=0)
    smtp_host: str | None = None
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_sikkerhed: Literal["starttls", "tls", "ingen"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_timeout_seconds: float = Field(default=30, gt=0)

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, value: str) -> str:
        try:
            afsender(value)
        except ValueError as error:
            raise ValueError(f"ERHVERV_MAIL_FROM: {error}") from None
        return value

    @model_validator(mode="after")
    def _reaches_somebody(self) -> MailSettings:
        if self.mail == "smtp" and not self.smtp_host:
            raise ValueError("ERHVERV_MAIL er smtp, så ERHVERV_SMTP_HOST skal være navnet på en mailserver")
        if self.mail == "smtp" and self.mail_from == NOBODY:
            raise ValueError("ERHVERV_MAIL er smtp, så ERHVERV_MAIL_FROM skal være den adresse, I skriver fra")
        return self


@lru_cache(maxsize=1)
def mail_settings() -> MailSettings:
    """The settings of this process."""
    return MailSettings()
