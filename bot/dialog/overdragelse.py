"""What the bot says when it gives a conversation to a person, can't, or has it again."""

from __future__ import annotations

import datetime as dt

from bot.dialog.forlad import FORLAD
from bot.dialog.reply import Button, Reply
from bot.knowledge.library import Library
from bot.language.dato import dansk_dato
from bot.screening.forloeb import Forloeb


def venter(plads: int, library: Library) -> Reply:
    """That a person has been asked for, with the place in the queue and the way back. The gateway takes the conversation
    from the bot by this reply's data (contract, ``overdragelse``)."""
    back = Button(library.text("overtagelse", "knap_forlad"), {"intent": FORLAD})
    data = {"type": "overdragelse", "state": "venter", "plads": plads}
    return Reply(library.text("overtagelse", "venter", plads=plads), (back,), data)


def ikke_nu(aaben: bool, naeste: dt.datetime | None, grund: str | None, library: Library) -> str:
    """Why no person answers now, and when it opens next.

    Args:
        aaben: whether it is open, so that it is only that nobody is there.
        naeste: when it opens next, if that is known; told as an example where it is one.
        grund: why it is closed today, if there is something to say of it.
    """
    if aaben:
        return library.text("overtagelse", "ingen_til_stede")
    told = library.text("overtagelse", "lukket_grund", grund=grund) if grund else library.text("overtagelse", "lukket")
    if naeste is None:
        return told
    example = library.aabningstider is not None and library.aabningstider.eksempel
    key = "aabner_eksempel" if example else "aabner"
    return f"{told} {library.text('overtagelse', key, hvornaar=dansk_dato(naeste))}"


def igen(afbrudt: Forloeb | None, library: Library, *, afsluttet: bool = False) -> Reply:
    """The bot says hello again; what the handover broke off is asked about, and goes on only on a yes.

    Args:
        afbrudt: the screening that was broken off.
        afsluttet: whether the person has said goodbye, and so the bot need not ask what it may do.
    """
    if afbrudt is None:
        return Reply(library.text("overtagelse", "igen_afsluttet" if afsluttet else "igen"))
    pakke = library.servicepakker.get(afbrudt.pakke or "") if afbrudt.slags == "pakke" else None
    text = (
        library.text("overtagelse", "igen_pakke", navn=pakke.navn)
        if pakke is not None
        else library.text("overtagelse", "igen_kontakt")
    )
    yes = Button(library.text("overtagelse", "knap_videre"), {"intent": "fortsaet"})
    no = Button(library.text("overtagelse", "knap_nej"), {"intent": "afbryd", "stoppet": True})
    return Reply(text, (yes, no))
