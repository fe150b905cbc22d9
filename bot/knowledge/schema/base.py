"""What every shape has in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Tekst = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9æøå]+(-[a-z0-9æøå]+)*$")]
Slot = Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]


class Shape(BaseModel):
    """An immutable shape that knows all its keys: a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
