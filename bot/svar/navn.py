"""A person's name, without the words around it."""

import re

from bot.svar.tekst import tekst

_OPENINGS = re.compile(
    r"^(?:(?:hej|goddag|dav|ja|jo|okay|ok|jamen|øh|nå|hejsa|godaften|godmorgen|det er|det var)\b[\s,.!-]*)*"
    r"(?:(?:og )?(?:jeg hedder|jeg er|mit fulde navn er|mit navn er|mit navn|mit fornavn er|navnet er|"
    r"navnet|navn er|navn|fulde navn|kontaktperson(?:en)?(?: er| hedder)?|kontakt|hedder|i kan kalde mig|"
    r"(?:bare )?kald mig(?: bare)?|skriv(?: bare)?|spørg efter|du taler med|her er|det er|der er)\b[\s,"
    r":.-]*)?",
    re.IGNORECASE,
)
_ENDINGS = re.compile(r"(?:[\s,]+(?:her|hedder jeg|er mit navn|er navnet|og du\b\??|tak))*[\s,.!;:]*$", re.IGNORECASE)
_NO_NAME = re.compile(
    r"^(?:ja|nej|ok|okay|jo|tak|ja tak|nej tak|ved ikke|det vil jeg (?:helst )?ikke (?:sige|oplyse)|helst "
    r"ikke|hvorfor.*|hvad.*|ingen|anonym|vil ikke.*|.*\?)$",
    re.IGNORECASE,
)


def navn(text: str) -> str | None:
    """The name in a text ("jeg hedder Bo Ny" → "Bo Ny"); None where there is none, or a refusal or a question stands there."""
    trimmed = tekst(text)
    if trimmed is None:
        return None
    bare = _ENDINGS.sub("", _OPENINGS.sub("", trimmed)).strip(" ,.!\"'“”")
    if not any(char.isalpha() for char in bare) or _NO_NAME.match(bare) or _NO_NAME.match(trimmed.removesuffix("og du?").strip()):
        return None
    return bare
