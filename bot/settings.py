"""Settings from the environment, each with the embedded default; read once a process, on first use."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What a deployment may change.

    ``trusted_proxies`` are addresses whose ``X-Forwarded-For`` is believed. ``allowed_origins`` are the exact
    origins of pages, other than the gateway's own, that may carry the widget. ``lift_limits`` lifts the rate
    limits, for requests from loopback only. ``public_url`` is where businesses reach the gateway, for links in mails.
    After ``agent_away_seconds`` without a sign of life from their browser staff count as gone; one who waits for a person
    waits ``queue_seconds`` at most.
    ``rasa_url`` may name several Rasas with commas between them; where it names none, ``rasa_workers`` run here. They run
    the actions themselves unless ``actions_url`` names an action server.
    A business that has written in the chat within ``present_minutes`` is told news there, else by mail.
    """

    model_config = SettingsConfigDict(env_prefix="ERHVERV_", extra="ignore")

    port: int = Field(default=8080, validation_alias="PORT", ge=1, le=65535)
    host: str = "127.0.0.1"
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    knowledge: Path = ROOT / "knowledge"
    data: Path = ROOT / "data"
    var: Path = ROOT / "var"
    rasa_url: str | None = None
    rasa_workers: int = Field(default=1, ge=1, le=32)
    actions_url: str | None = None
    allowed_origins: list[str] = []
    trusted_proxies: list[str] = []
    messages_per_minute_conversation: int = Field(default=30, ge=1)
    messages_per_minute_address: int = Field(default=300, ge=1)
    lift_limits: bool = False
    rasa_timeout_seconds: float = Field(default=20, gt=0)
    agent_away_seconds: float = Field(default=60, gt=0)
    queue_seconds: float = Field(default=300, gt=0)
    public_url: str | None = None
    present_minutes: int = Field(default=15, ge=1)

    @field_validator("rasa_url")
    @classmethod
    def _names_a_rasa(cls, value: str | None) -> str | None:
        if value is not None and not any(url.strip() for url in value.split(",")):
            raise ValueError("ERHVERV_RASA_URL skal nævne mindst én adresse, som http://127.0.0.1:5005, eller ikke være sat")
        return value

    @field_validator("actions_url")
    @classmethod
    def _names_an_action_server(cls, value: str | None) -> str | None:
        if value is not None and not value.strip():
            raise ValueError("ERHVERV_ACTIONS_URL skal være en adresse, som http://127.0.0.1:5055, eller ikke være sat")
        return value

    @property
    def rasa_urls(self) -> tuple[str, ...]:
        """Addresses of the Rasas: the ports behind the gateway's unless set."""
        if self.rasa_url is not None:
            return tuple(url.strip().rstrip("/") for url in self.rasa_url.split(",") if url.strip())
        return tuple(f"http://127.0.0.1:{self.port + 1 + number}" for number in range(self.rasa_workers))

    @property
    def site(self) -> str:
        """The address that links in mails begin with, without a slash at its end."""
        return (self.public_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    @property
    def database(self) -> str:
        """SQLAlchemy URL; SQLite under ``var/`` unless ``DATABASE_URL`` is set."""
        if self.database_url:
            return self.database_url.replace("postgres://", "postgresql://", 1).replace(
                "postgresql://", "postgresql+psycopg://", 1
            )
        return f"sqlite:///{self.var / 'erhverv.db'}"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
