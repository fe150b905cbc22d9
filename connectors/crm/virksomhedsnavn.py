"""By what a company without CVR number is known again."""

from __future__ import annotations

import re

from bot.language.fold import fold

LONGEST = 200
# With the stroke or the stops: without them "is" and "as" are words ("Paradis Is").
_LEGAL_FORM = re.compile(r"\b(?:aps|ivs|a[/.]s|i[/.]s|k[/.]s|p[/.]s|[afs]\.?m\.?b\.?a)(?!\w)\.?")
_NO_SIGN = re.compile(r"[\W_]+")


def navnenoegle(navn: str | None) -> str | None:
    """``navn`` folded (``bot.language.fold``), without legal form, blanks and signs, "&" as "og"; None where nothing is
    left. "Prøve-Tegnestuen ApS" and "PROEVETEGNESTUEN" have the same."""
    folded = fold(navn or "").replace("&", " og ")
    bare = _NO_SIGN.sub("", _LEGAL_FORM.sub(" ", folded)) or _NO_SIGN.sub("", folded)
    return bare[:LONGEST] or None
