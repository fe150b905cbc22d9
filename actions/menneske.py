"""A person wanted: into the queue where one can come, else the form asks for what a colleague needs to call back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from rasa_sdk.events import FollowupAction, SlotSet

from actions.afbrudt import broken_off, end_form, forget, put_aside
from actions.base import ErhvervAction, Events
from actions.context import Context, engine, now
from actions.screening import QUOTED, key_of
from bot.dialog.case_text import TELLING
from bot.dialog.ending import ways_in
from bot.dialog.foreign import foreign_line
from bot.dialog.overdragelse import ikke_nu, venter
from bot.dialog.reply import Reply
from bot.screening.forloeb import Forloeb
from bot.screening.said import matter_of, told_of_self
from bot.screening.steps import KONTAKT
from bot.screening.turn import refresh
from connectors.crm import aabningstid
from connectors.database import off_loop
from connectors.website import koe, tilstede

AARSAG = "aarsag"  # ``firma``: what a person was wanted for, where it was said


class ActionMenneske(ErhvervAction):
    """A person. In opening hours, with somebody there, the business waits for one in the chat, and the form that was under
    way is put aside. Else contact data are asked for once; what a screening has found out goes along."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_menneske"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """The place in the queue; or the opening, and the form asks from here on."""
        library = context.library
        before_it = [*foreign_line(context.text, library), *ways_in(context.text, library)]
        if not _wants_chat(context):
            return _ask_contact(context, before_it, None)
        moment = now()
        is_open = aabningstid.er_aaben(moment, library)
        if is_open and await off_loop(tilstede.nogen, engine(), None, moment):
            firma = put_aside(context)
            if matter := matter_of(context.text):
                firma[AARSAG] = matter
            return [*before_it, venter(await off_loop(koe.naeste_plads, engine()), library)], end_form(firma)
        why = ikke_nu(is_open, aabningstid.naeste_aabning(moment, library), aabningstid.lukkegrund(moment, library), library)
        return _ask_contact(context, before_it, why)


def _wants_chat(context: Context) -> bool:
    """Not where the business is to be called back by a service's own unit, or has just waited in vain."""
    knap = context.knap or {}
    return not knap.get("ydelse") and not knap.get("uden_koe")


def _ask_contact(context: Context, before_it: list[Reply], why: str | None) -> tuple[list[Reply], Events]:
    """The contact form begun, or gone on with. ``why``: that no person can come to the chat now."""
    library, running, firma = context.library, context.forloeb(), context.firma()
    told = [Reply(why)] if why else []
    if running is not None and running.slags == "kontakt":
        return told, [FollowupAction("screening_form")]
    stopped = broken_off(firma) if (context.knap or {}).get("uden_koe") else None
    if running is not None and running.slags == "pakke":
        stopped = running
    before = stopped or Forloeb.from_json(firma.get("sidste"))
    state = before if before is not None and before.slags == "kontakt" else _begun(context, before)
    key = "start_kontakt_pakke" if before is not None else "start_kontakt"
    opening = "\n\n".join([*([why] if why else []), library.text("screening", key)])
    left = {name: value for name, value in firma.items() if name not in ("sidste", AARSAG)}
    events = [
        SlotSet("forloeb", refresh(state, library).as_json()),
        SlotSet("screening_svar", None),
        SlotSet("firma", forget(left) if stopped is not None else left),
        FollowupAction("screening_form"),
    ]
    return [*before_it, Reply(opening)], events


def _begun(context: Context, before: Forloeb | None) -> Forloeb:
    """A new contact form with all that is known, also what was written to nobody while the business waited."""
    library, knap = context.library, context.knap or {}
    unread = [str(text) for text in knap.get("skrevet") or []]
    texts = [*context.typed_texts(), *unread]
    known = {**context.company(), **context.contact(), **(before.svar if before else {}), **told_of_self(texts, library)}
    svar: dict[str, Any] = {slot: value for slot, value in known.items() if slot != "samtykke" or value is True}
    emne, service = context.emne(), str(knap.get("ydelse") or "")
    about = service or (str(emne.get("id")) if emne.get("kind") == "ydelse" else "")
    if not svar.get("behov") and (matter := _matter(context, unread)):
        svar["behov"] = matter
    elif about in library.ydelser and not svar.get("behov"):
        svar["behov"] = library.text("screening", "emne_ydelse", navn=library.ydelser[about].navn)
    begun = Forloeb(slags="kontakt", noegle=key_of(context), svar=svar, sagt=tuple(texts[-QUOTED:]))
    begun = replace(begun, emne=about or None, til_enhed=bool(service))
    if before is None:
        return begun
    # contact data that were skipped are asked for anew: without one of them nobody can call back
    skipped = tuple(slot for slot in before.sprunget if slot not in KONTAKT)
    return replace(begun, pakke=before.pakke, valgte=before.valgte, sprunget=skipped, vist=before.vist)


def _matter(context: Context, unread: list[str]) -> str | None:
    """What it is about: said with the wish, or written while waiting."""
    said = matter_of(context.text) or context.firma().get(AARSAG)
    return said or " ".join(text for text in unread if len(text.split()) >= TELLING) or None
