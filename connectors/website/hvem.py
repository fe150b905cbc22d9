"""A member of staff as the take-over needs them; the desk's ``Bruger`` is one."""

from __future__ import annotations

from typing import Protocol

TAGER = frozenset({"front", "konsulent", "backoffice"})  # roles that talk with businesses


class Hvem(Protocol):
    """Who does it."""

    @property
    def id(self) -> int:
        """``Medarbejder.id``."""

    @property
    def navn(self) -> str:
        """The whole name; staff see it."""

    @property
    def fornavn(self) -> str:
        """The first name; the business sees it."""

    @property
    def roller(self) -> frozenset[str]:
        """Of ``connectors.desk.models.ROLLER``."""

    @property
    def enheder(self) -> frozenset[str]:
        """Ids of the units worked in."""
