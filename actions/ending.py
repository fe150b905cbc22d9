"""The end of a screening: the case is made here and nowhere else, once a key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa_sdk.events import SlotSet

from actions.afbrudt import company_facts, forget
from actions.base import ErhvervAction, Events
from actions.context import Context, engine, now
from bot.dialog import ending, prompt, sag
from bot.dialog.reply import Reply
from bot.knowledge.library import Library
from bot.knowledge.schema.servicepakke import Servicepakke
from bot.screening.forloeb import Forloeb
from bot.screening.steps import facts_of, package
from bot.screening.verdict import judge
from connectors.crm import henvendelser, sagsopslag
from connectors.crm.oprettelse import opret_sag
from connectors.database import off_loop


class ActionScreeningSlut(ErhvervAction):
    """Makes the case, or tells why none is made. After a failure the state stays, so that "prøv igen" makes it."""

    def name(self) -> str:
        """Rasa's name of the action."""
        return "action_screening_slut"

    async def answer(self, context: Context) -> tuple[Iterable[Reply], Events]:
        """The receipt, the refusal, the better door, or the state of a case."""
        state, library = context.forloeb(), context.library
        if state is None:
            return [Reply(library.text("samtale", "intet_i_gang"))], []
        firma = {**context.firma(), **company_facts(state, context)}
        if state.slags == "sag":
            return await self._look_up(state, context)
        if state.slut == "opret":
            receipt = await off_loop(make_case, state, context.conversation, library)
            contact = {slot: state.svar.get(slot) for slot in ("navn", "telefon", "email")}
            done = {name: value for name, value in {**firma, **contact, "sag": receipt.number}.items() if name != "sidste"}
            return [ending.receipt(receipt, library)], [*self._clear(done), SlotSet("emne", None)]
        pakke = package(state, library)
        if state.slut is None and pakke is not None:
            return [prompt.recommendation(state, pakke, library)], self._refused(state, pakke, firma, context)
        kept = {**firma, "sidste": state.as_json()} if pakke is not None else firma
        return [ending.nothing_made(state.slut or "ingen", library)], [*self._clear(kept), SlotSet("emne", None)]

    def _refused(self, state: Forloeb, pakke: Servicepakke, firma: dict[str, object], context: Context) -> Events:
        """The end of a package that did not fit: what was said goes along if a person is asked for next, and a plain yes
        begins the better package."""
        other = judge(pakke, facts_of(state), context.library).anden_pakke
        emne = {**context.emne(), "kind": "pakke", "id": other} if other else None
        return [*self._clear({**firma, "sidste": state.as_json()}), SlotSet("emne", emne)]

    async def _look_up(self, state: Forloeb, context: Context) -> tuple[Iterable[Reply], Events]:
        number, contact = str(state.svar.get("sagsnummer") or ""), str(state.svar.get("kontaktoplysning") or "")
        library, clear = context.library, self._clear(context.firma())
        if state.slut is not None:
            return [sag.uden_nummer(library)], clear
        try:
            found = await off_loop(sagsopslag.slaa_op, engine(), number, contact, context.conversation, now())
        except sagsopslag.ForMangeForsoeg as refused:
            return [sag.for_mange(refused.minutter, library)], clear
        return [sag.status(found, library, now())], clear

    def _clear(self, firma: dict[str, Any]) -> Events:
        return [SlotSet("forloeb", None), SlotSet("screening_svar", None), SlotSet("firma", forget(firma))]


def make_case(state: Forloeb, conversation: str, library: Library) -> henvendelser.Kvittering:
    """Store the henvendelse of a confirmed screening; the same screening again gives the same case."""
    return opret_sag(engine(), state, conversation, library, now())
