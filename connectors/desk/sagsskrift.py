"""What staff write in a case: notes for colleagues, and answers to the business."""

from __future__ import annotations

import hashlib
import uuid

from connectors.crm import artikler
from connectors.crm.svar import svar
from connectors.desk.sagshandling import Arbejde, Handling, Udfald

LONGEST = 10_000  # characters of an answer or a note
_MASKERET = " Et CPR-nummer blev fjernet."


def _note(work: Arbejde) -> Udfald | None:
    text = work.form.tekst("tekst", "Skriv noten, før du gemmer den.", LONGEST)
    if work.form.fejl:
        return None
    key = _noegle(work, text)
    artikler.tilfoej(work.engine, work.number, work.bruger.navn, "intern", "note", text, noegle=key, nu=work.nu)
    return Udfald("Noten er gemt." + (_MASKERET if work.form.maskeret else ""))


def _svar(work: Arbejde) -> Udfald | None:
    text = work.form.tekst("tekst", "Skriv svaret, før du sender det.", LONGEST)
    if work.form.fejl:
        return None
    way = svar(work.engine, work.library, work.number, work.bruger.navn, text, _noegle(work, text), work.nu)
    told = "Svaret er sendt i chatten." if way == "chat" else "Svaret er sendt som e-mail."
    return Udfald(told + (_MASKERET if work.form.maskeret else ""))


def _noegle(work: Arbejde, text: str) -> str:
    """The form's own key, with whose it is and what it says: the same form again with another text, as after the browser's
    way back, is something else."""
    form = work.form["noegle"][:60] or uuid.uuid4().hex
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return f"desk:{work.row.id}:{work.bruger.id}:{form}:{digest}"


HANDLINGER = (
    Handling("note", "tekst", _note, anker="#beskeder", deltager=True),
    Handling("svar", "tekst", _svar, anker="#beskeder"),
)
