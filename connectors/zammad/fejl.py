"""What a delivery can fail on: for now, or for good. The texts are Danish and shown to staff."""

from __future__ import annotations


class Midlertidig(Exception):
    """It may work later. ``vent``: seconds that Zammad asks us to wait, where it does. ``alle``: it would be the same for
    every other case (Zammad is down, the token is wrong), so that the others need not be tried."""

    def __init__(self, tekst: str, *, vent: float | None = None, alle: bool = False) -> None:
        super().__init__(tekst)
        self.tekst = tekst
        self.vent = vent
        self.alle = alle


class Afvist(Exception):
    """Zammad said no to this very case, and would again. ``status``: its HTTP status."""

    def __init__(self, status: int, tekst: str) -> None:
        super().__init__(status)  # what Zammad says may quote the case: it is kept in ``tekst`` and never logged
        self.status = status
        self.tekst = tekst
