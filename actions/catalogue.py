"""Questions on the catalogue: services, aspects, areas, packages, and what is unclear."""

from __future__ import annotations

from collections.abc import Iterable

from rasa_sdk.events import FollowupAction, SlotSet

from actions.base import ErhvervAction, Events
from actions.context import Context
from bot.dialog import catalogue, unsure, ydelse
from bot.dialog.aspekt import asked_aspect
from bot.dialog.foreign import foreign_line
from bot.dialog.offer import fitting_package
from bot.dialog.reply import Reply
from bot.knowledge.schema.ydelse import Aspekt
from bot.screening.criteria import mentions
from bot.screening.packages import named_packages

ASKS_CONTENT = ["hvad er der i", "hvad er i", "indhold", "består", "hvad får", "hvad omfatter"]
ASKS_START = ["start", "begynd", "begynde", "i gang med", "komme i gang", "tilmeld", "tilmelde"]
CLEAR = SlotSet("uklare_i_traek", 0)


class ActionYdelse(ErhvervAction):
    """Answers on a service; the package is offered once a conversation."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_ydelse"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """The aspect asked for, or the short answer."""
        found = context.library.ydelser.get(context.chosen_id() or "")
        if found is None:
            return [unsure.nothing_near(context.library)], []
        chosen = (context.knap or {}).get("aspekt")
        aspekt = Aspekt(chosen) if chosen else asked_aspect(context.text, context.library)
        offered = context.emne().get("tilbudt", [])
        candidates = context.understanding.get("candidates") or []
        pakke = fitting_package(found, candidates, context.typed_texts(), context.company(), context.library)
        if context.forloeb() is not None or (pakke is not None and pakke.id in offered):
            pakke = None
        reply = ydelse.about(found, aspekt, context.library, pakke=pakke)
        emne = {"kind": "ydelse", "id": found.id, "tilbudt": [*offered, *([pakke.id] if pakke else [])]}
        return [*foreign_line(context.text, context.library), reply], [SlotSet("emne", emne), CLEAR]


class ActionAspekt(ErhvervAction):
    """ "Hvad koster det?": about the service last spoken of."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_aspekt"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """The aspect of the last service, or the question which one is meant."""
        emne = context.emne()
        found = context.library.ydelser.get(str(emne.get("id"))) if emne.get("kind") == "ydelse" else None
        if found is None:
            return [Reply(context.library.text("uklart", "hvilken_ydelse"), data={"type": "uklart"})], []
        aspekt = asked_aspect(context.text, context.library)
        reply = ydelse.about(found, aspekt, context.library) if aspekt else ydelse.not_known(found, context.library)
        return [reply], [CLEAR]


class ActionOmraade(ErhvervAction):
    """An area, a part of one, or all seven."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_omraade"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """The overview, walkable by buttons."""
        ident = context.chosen_id()
        reply = catalogue.area_or_part(ident, context.library) if ident else None
        return [*foreign_line(context.text, context.library), reply or catalogue.all_areas(context.library)], [CLEAR]


class ActionPakke(ErhvervAction):
    """A package, what is in it, or all of them."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_pakke"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """What the package is and the offer to begin."""
        library, lines = context.library, foreign_line(context.text, context.library)
        named = named_packages(context.text, library)
        if len(named) > 1:
            return [*lines, catalogue.compare(named, library)], [CLEAR]
        if len(named) == 1 and context.forloeb() is None and mentions(context.text, ASKS_START, whole=True):
            emne = {**context.emne(), "kind": "pakke", "id": named[0].id}
            return lines, [SlotSet("emne", emne), CLEAR, FollowupAction("action_start_pakke")]
        pakke = library.servicepakker.get(context.chosen_id() or "")
        if pakke is None:
            return [*lines, catalogue.all_packages(library)], [CLEAR]
        emne = {**context.emne(), "kind": "pakke", "id": pakke.id}
        state = context.forloeb()
        if (context.knap or {}).get("indhold") or mentions(context.text, ASKS_CONTENT):
            return [catalogue.package_content(pakke, context.library)], [SlotSet("emne", emne), CLEAR]
        running = state.pakke if state else None
        return [*lines, catalogue.package(pakke, context.library, running=running)], [SlotSet("emne", emne), CLEAR]


class ActionUklart(ErhvervAction):
    """Not sure: the best three; the second time in a row a person."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_uklart"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """The question back."""
        count = int(context.tracker.get_slot("uklare_i_traek") or 0) + 1
        lines = foreign_line(context.text, context.library)
        named = named_packages(context.text, context.library)
        if len(named) == 1:
            emne = {**context.emne(), "kind": "pakke", "id": named[0].id}
            return [*lines, catalogue.package(named[0], context.library)], [SlotSet("emne", emne), CLEAR]
        which = unsure.which(context.understanding.get("candidates") or [], context.library)
        replies = [*lines, which]
        if count > 1:
            replies.append(unsure.again(context.library))
        return replies, [SlotSet("uklare_i_traek", count)]


class ActionIngenAfDem(ErhvervAction):
    """None of the three."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_ingen_af_dem"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """A person, or other words."""
        return [unsure.again(context.library)], [SlotSet("uklare_i_traek", 1)]
