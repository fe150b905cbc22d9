"""What is known of a case before it has a number. A draft is checked whole, so that a half-valid one stores nothing."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Kanal = Literal["chat", "telefon", "mail", "moede", "udgaaende"]

# PostgreSQL refuses NUL, and neither database can encode half of a surrogate pair; a browser can send both.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value


def _blank_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _unknown_is_none(value: Any) -> Any:
    """A screening answered "ved ikke" knows no more than one where it was not asked."""
    return None if value == "ved_ikke" else _blank_is_none(value)


Valgfri = Annotated[str | None, BeforeValidator(_blank_is_none)]
Antal = Annotated[int, Field(ge=0)]
Cvr = Annotated[str, Field(pattern=r"^[0-9]{8}$")]
Telefon = Annotated[str, Field(max_length=40)]
Email = Annotated[str, Field(max_length=320)]


class _Del(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class VirksomhedUdkast(_Del):
    """The company as it told itself. ``ansatte``: a number, or ``(min, max)`` with None for an open end."""

    cvr: Annotated[Cvr | None, BeforeValidator(_unknown_is_none)] = None
    navn: Valgfri = None
    branche: Valgfri = None
    ansatte: Annotated[Antal | tuple[Antal | None, Antal | None] | None, BeforeValidator(_unknown_is_none)] = None
    stadie: Annotated[Literal["idé", "nystartet", "etableret"] | None, BeforeValidator(_unknown_is_none)] = None
    beliggenhed: Annotated[Literal["københavn", "udenfor", "filial"] | None, BeforeValidator(_unknown_is_none)] = None


class KontaktUdkast(_Del):
    """Whom to reach: a name, and a phone number or an e-mail address; ``samtykke`` is when they said yes to the case."""

    navn: str = Field(min_length=1)
    telefon: Annotated[Telefon | None, BeforeValidator(_blank_is_none)] = None
    email: Annotated[Email | None, BeforeValidator(_blank_is_none)] = None
    samtykke: AwareDatetime

    @model_validator(mode="after")
    def _reachable(self) -> KontaktUdkast:
        if self.telefon is None and self.email is None:
            raise ValueError("kontakt skal have telefon eller email")
        return self


class DelopgaveUdkast(_Del):
    """What one unit must do, and when it must have answered."""

    enhed: str = Field(min_length=1, max_length=60)
    ydelse: str | None = Field(default=None, max_length=100)
    frist: AwareDatetime | None = None


class AftaleUdkast(_Del):
    """Something agreed with the business."""

    tekst: str = Field(min_length=1)
    frist: AwareDatetime | None = None
    ejer: str | None = Field(default=None, max_length=200)
    udfoert: AwareDatetime | None = None


class HenvendelseUdkast(_Del):
    """A case to be made. ``noegle`` is the maker's idempotency key: the same key is the same case, whatever else it
    says. Raises ``pydantic.ValidationError`` (a ``ValueError``) on anything that the case's shape has no place for."""

    noegle: str = Field(min_length=1, max_length=200)
    kanal: Kanal
    team: str = Field(min_length=1, max_length=60)
    virksomhed: VirksomhedUdkast = VirksomhedUdkast()
    kontakt: KontaktUdkast
    servicepakke: str | None = Field(default=None, max_length=60)
    svar: dict[Annotated[str, Field(max_length=100)], Any] = {}
    ydelser: list[Annotated[str, Field(max_length=100)]] = []
    henvist_til: list[Annotated[str, Field(max_length=200)]] = []
    hovedindhold: str = Field(min_length=1)
    samtale: str | None = Field(default=None, max_length=200)
    delopgaver: list[DelopgaveUdkast] = []
    aftaler: list[AftaleUdkast] = []

    @model_validator(mode="before")
    @classmethod
    def _clean(cls, data: Any) -> Any:
        return _storable(data)
