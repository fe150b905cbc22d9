"""Python's garbage collector, set for a process that has loaded much and then serves for weeks."""

from __future__ import annotations

import gc

YOUNG = 20_000  # objects made since the last look before there is another; Python's 700 looks several times a message


def loaded() -> None:
    """What is there now lives as long as the process, so it is looked through once and never again; what comes now is
    looked through more seldom. For whoever is about to serve."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 50)
