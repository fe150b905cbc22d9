"""Answers on a service: short first, then the aspects and related services by buttons."""

from __future__ import annotations

from bot.dialog.reply import Button, Reply
from bot.knowledge.library import Library
from bot.knowledge.schema.servicepakke import Servicepakke
from bot.knowledge.schema.ydelse import Aspekt, Ydelse

MAX_ASPECTS = 4
MAX_RELATED = 2


def about(ydelse: Ydelse, aspekt: Aspekt | None, library: Library, *, pakke: Servicepakke | None = None) -> Reply:
    """The answer to one aspect of a service, or the short answer where none is asked for.

    An aspect that no source supports is said to be unknown, and the front function is offered.
    """
    told, known = _told(ydelse, aspekt or Aspekt.HVAD, library)
    parts = [told]
    if aspekt is None:
        parts += [ydelse.naeste_skridt]
    if not known:
        parts.append(library.text("ydelse", "ukendt_tilbud", enhed=_unit(ydelse, library)))
    if ydelse.afloest_af and aspekt in (None, Aspekt.HVAD, Aspekt.KONTAKT):
        parts.append(_replaced(ydelse.afloest_af, library))
    head = library.text("ydelse", "overskrift", navn=ydelse.navn)
    buttons = _buttons(ydelse, aspekt, library, known=known, pakke=pakke)
    data = {"type": "ydelse", "id": ydelse.id, "aspekt": (aspekt or Aspekt.HVAD).value, "kendt": known}
    return Reply("\n\n".join([head, *parts]), buttons, data)


def not_known(ydelse: Ydelse, library: Library) -> Reply:
    """The answer to a question on a service that is none of the aspects: not known, and who can say."""
    parts = [ydelse.navn, library.text("ydelse", "ukendt"), library.text("ydelse", "ukendt_tilbud", enhed=_unit(ydelse, library))]
    data = {"type": "ydelse", "id": ydelse.id, "aspekt": Aspekt.HVAD.value, "kendt": False}
    return Reply("\n\n".join(parts), _buttons(ydelse, None, library, known=False, pakke=None), data)


def known_aspects(ydelse: Ydelse) -> list[Aspekt]:
    """The aspects that the file answers, by an answer of their own or by one of its sentences."""
    always = {Aspekt.HVAD, Aspekt.HVEM, Aspekt.HVORDAN, Aspekt.KONTAKT}
    return [aspekt for aspekt in Aspekt if aspekt in always or aspekt in ydelse.svar]


def _told(ydelse: Ydelse, aspekt: Aspekt, library: Library) -> tuple[str, bool]:
    if aspekt is Aspekt.HVAD:
        more = ydelse.svar.get(aspekt)
        return (ydelse.kort if more is None or more.tekst == ydelse.kort else f"{ydelse.kort} {more.tekst}"), True
    if aspekt in ydelse.svar:
        return ydelse.svar[aspekt].tekst, True
    if aspekt is Aspekt.HVEM:
        return ydelse.for_hvem, True
    if aspekt is Aspekt.HVORDAN:
        return ydelse.naeste_skridt, True
    if aspekt is Aspekt.KONTAKT:
        return library.text("ydelse", "kontakt", enhed=_unit(ydelse, library)), True
    language = library.aspekter.get(aspekt)
    return (language.ukendt if language and language.ukendt else library.text("ydelse", "ukendt")), False


def _unit(ydelse: Ydelse, library: Library) -> str:
    unit = library.enheder.get(ydelse.enhed)
    return unit.navn if unit else ydelse.forvaltning


def _replaced(text: str, library: Library) -> str:
    """A sentence is told as it stands; a name is put into one."""
    return text if text.rstrip().endswith(".") else library.text("ydelse", "afloest", navn=text)


def _buttons(
    ydelse: Ydelse, told: Aspekt | None, library: Library, *, known: bool, pakke: Servicepakke | None
) -> tuple[Button, ...]:
    buttons = []
    if not known:
        buttons.append(Button(library.text("ydelse", "knap_kontakt"), {"intent": "menneske", "ydelse": ydelse.id}))
    skip = {told or Aspekt.HVAD, Aspekt.HVAD} | (
        {Aspekt.HVORDAN} if told is None and Aspekt.HVORDAN not in ydelse.svar else set()
    )
    answered = set(known_aspects(ydelse))
    wanted = [aspekt for aspekt in library.aspekter if aspekt in answered and aspekt not in skip][:MAX_ASPECTS]
    for aspekt in wanted:
        title = library.aspekter[aspekt].titel
        buttons.append(Button(title, {"intent": "ydelse", "id": ydelse.id, "aspekt": aspekt.value}))
    if told is not None and told is not Aspekt.HVAD:
        buttons.append(Button(library.aspekter[Aspekt.HVAD].titel, {"intent": "ydelse", "id": ydelse.id, "aspekt": "hvad"}))
    if pakke is not None:
        buttons.append(Button(library.text("ydelse", "knap_pakke", navn=pakke.navn), {"intent": "pakke", "id": pakke.id}))
    if told is None:
        related = [library.ydelser[ident] for ident in ydelse.beslaegtede if ident in library.ydelser][:MAX_RELATED]
        buttons += [Button(other.navn, {"intent": "ydelse", "id": other.id}) for other in related]
    if known:
        buttons.append(Button(library.text("ydelse", "knap_kontakt"), {"intent": "menneske", "ydelse": ydelse.id}))
    return tuple(buttons)
