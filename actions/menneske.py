"""A person wanted: from here on the form asks for what a colleague needs to call back."""

from __future__ import annotations

from collections.abc import Iterable

from rasa_sdk.events import SlotSet

from actions.base import ErhvervAction, Events
from actions.context import Context
from actions.screening import QUOTED, key_of
from bot.dialog.ending import ways_in
from bot.dialog.foreign import foreign_line
from bot.dialog.reply import Reply
from bot.screening.forloeb import Forloeb
from bot.screening.said import matter_of, told_of_self
from bot.screening.steps import KONTAKT
from bot.screening.turn import refresh


class ActionMenneske(ErhvervAction):
    """A person: contact data are asked for once; what a screening has found out goes along."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_menneske"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """The opening; the form asks from here on."""
        library, running = context.library, context.forloeb()
        if running is not None and running.slags == "kontakt":
            return [], []
        service = str((context.knap or {}).get("ydelse") or "")
        before = running if running is not None and running.slags == "pakke" else Forloeb.from_json(context.firma().get("sidste"))
        texts = context.typed_texts()
        svar = {**context.company(), **context.contact(), **(before.svar if before else {}), **told_of_self(texts, library)}
        if svar.get("samtykke") is not True:
            svar.pop("samtykke", None)
        emne = context.emne()
        about = service or (str(emne.get("id")) if emne.get("kind") == "ydelse" else "")
        if not svar.get("behov") and (matter := matter_of(context.text)):
            svar["behov"] = matter
        elif about in library.ydelser and not svar.get("behov"):
            svar["behov"] = library.text("screening", "emne_ydelse", navn=library.ydelser[about].navn)
        state = Forloeb(
            slags="kontakt",
            noegle=key_of(context),
            pakke=before.pakke if before else None,
            valgte=before.valgte if before else (),
            svar=svar,
            # contact data that were skipped are asked for anew: without one of them nobody can call back
            sprunget=tuple(slot for slot in before.sprunget if slot not in KONTAKT) if before else (),
            vist=before.vist if before else None,
            sagt=tuple(texts[-QUOTED:]),
            emne=about or None,
            til_enhed=bool(service),
        )
        key = "start_kontakt_pakke" if before is not None else "start_kontakt"
        opening = [*foreign_line(context.text, library), *ways_in(context.text, library), Reply(library.text("screening", key))]
        firma = {name: value for name, value in context.firma().items() if name != "sidste"}
        events = [SlotSet("forloeb", refresh(state, library).as_json()), SlotSet("screening_svar", None), SlotSet("firma", firma)]
        return opening, events
