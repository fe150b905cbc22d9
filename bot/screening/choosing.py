"""Which of a package's services the business wants: the whole course, or one, or several, as it pleases (chapter 4)."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.knowledge.library import Library
from bot.screening.criteria import bare, kendt
from bot.screening.forloeb import Forloeb
from bot.screening.verdict import Verdict
from bot.svar import extract

ALL, NONE, DONE, MORE = "alle", "ingen", "faerdig", "flere"
_WHOLE = re.compile(
    r"^(?:(?:ja|jo|jeg|vi|vil|gerne|have|tager|tak|bare|helst|og|det) )*"
    r"(?:det hele|hele (?:forlobet|pakken|molevitten)|alle?(?: sammen)?|alt(?: sammen)?|begge(?: to| dele)?)\b.{0,20}$"
)
_EXCEPT = re.compile(r"(?:^| )(?:undtagen|pa nar|bortset fra|men ikke|ikke|fjern)(?= )")
MEANING, LIKE = 5, 7  # letters: of a word that can name a service, and that must be alike
GENERIC = frozenset(
    "tilladelse anmeldelse ansogning radgivning dispensation sager efter virksomhed virksomheder hjalp stotte tilbud".split()
)
ORDINALS = ("forste", "anden", "tredje", "fjerde", "femte")
_NOTHING = re.compile(r"^(?:nej(?: tak)?|ingen(?: af (?:dem|delene))?|ikke noget(?: af det)?)$")


def choose(state: Forloeb, text: str, verdict: Verdict, offers: tuple[tuple[str, str], ...], library: Library) -> Forloeb | None:
    """The state after a typed answer to "hvad vil I have?", or None where it names nothing."""
    folded = bare(text)
    recommended = frozenset(ident for ident, _ in verdict.ydelser)
    wanted, _, unwanted = _EXCEPT.sub(" !", folded, count=1).partition(" !")
    if unwanted and (without := _named(unwanted, offers, recommended, library)):
        if state.valgte and wanted in ("", "nej"):
            return replace(state, valgte=tuple(ident for ident in state.valgte if ident not in without), fejl=0)
        base = (
            [ident for ident, _ in verdict.ydelser]
            if _WHOLE.search(wanted) or not wanted
            else _named(wanted, offers, recommended, library)
        )
        kept = tuple(ident for ident in base if ident not in without)
        return replace(state, valgte=kept, valg_slut=bool(kept), fejl=0)
    if _WHOLE.search(folded):
        return pick(state, ALL, verdict)
    named = _numbered(folded, verdict, offers) or _named(folded, offers, recommended, library)
    if named:
        only = bool(re.search(r"\b(?:kun|bare)\b", folded))
        picked = replace(state, valgte=tuple(dict.fromkeys((*(() if only else state.valgte), *named))), fejl=0)
        return replace(picked, valg_slut=True) if len(named) > 1 or only else picked
    answer = extract("ja_nej", text)
    if state.valgte and (answer is False or _NOTHING.match(folded) or "faerdig" in folded or "det er det" in folded):
        return pick(state, DONE, verdict)
    if answer is True and not state.valgte:
        return pick(state, ALL, verdict)
    if answer is False or _NOTHING.match(folded):
        return pick(state, NONE, verdict)
    return None


def pick(state: Forloeb, what: str, verdict: Verdict) -> Forloeb:
    """The state after a button: one service's id, or ``ALL``, ``NONE``, ``DONE``, ``MORE`` (show the rest)."""
    if what == ALL:
        return replace(
            state, valgte=tuple(dict.fromkeys((*state.valgte, *(ident for ident, _ in verdict.ydelser)))), valg_slut=True, fejl=0
        )
    if what == NONE:
        return replace(state, slut="ingen", fejl=0)
    if what == MORE:
        return replace(state, vis_alle=True, fejl=0)
    if what == DONE:
        return replace(state, valg_slut=True, fejl=0)
    return replace(state, valgte=tuple(dict.fromkeys((*state.valgte, what))), fejl=0)


def _named(folded: str, offers: tuple[tuple[str, str], ...], recommended: frozenset[str], library: Library) -> list[str]:
    """The services that a text names: by name or synonym, and in what is left of it by the beginning of a telling word."""
    services = [library.ydelser[ident] for ident, _ in offers]
    rest = f" {folded}"
    named = []
    for item in services:
        hits = [name for name in (kendt(item.navn), *map(kendt, item.synonymer)) if _stands(f" {folded}", name)]
        if hits:
            named.append(item.id)
            rest = rest.replace(max(hits, key=len), " ")
    like = [item.id for item in services if item.id not in named and _likes(rest, kendt(item.navn.split("(")[0]))]
    fitting = {ident for ident, _ in offers if ident in recommended}
    like = [ident for ident in like if ident in fitting] or like  # "kurser": the courses recommended, not those for others
    return [item.id for item in services if item.id in named or item.id in like]


def _stands(padded: str, name: str) -> bool:
    return len(name) > 3 and f" {name}" in padded


def _likes(padded: str, name: str) -> bool:
    """Whether a telling word of the name begins a word of the text, or ends in one: "kurser" of "iværksætterkurser"."""
    telling = [word for word in name.split() if len(word) >= MEANING and word not in GENERIC]
    typed = [word for word in padded.split() if len(word) >= MEANING and word not in GENERIC]
    return any(f" {word[:LIKE]}" in padded for word in telling) or any(word.endswith(part) for word in telling for part in typed)


def _numbered(folded: str, verdict: Verdict, offers: tuple[tuple[str, str], ...]) -> list[str]:
    """ "1", "1 og 3", "den første": by the order in which the buttons stand, the recommended first."""
    recommended = [ident for ident, _ in verdict.ydelser]
    order = [*recommended, *(ident for ident, _ in offers if ident not in recommended)]
    words = re.sub(r"^(?:(?:nej|ja|kun|bare|den|nummer|nr|jeg|vi|vil|gerne|have) )+", "", folded)
    if words in ORDINALS:
        words = str(ORDINALS.index(words) + 1)
    if not re.fullmatch(r"\d{1,2}(?:(?: og)? \d{1,2})*", words):
        return []
    places = [int(number) for number in re.findall(r"\d+", words)]
    return [order[place - 1] for place in places] if all(1 <= place <= len(order) for place in places) else []
