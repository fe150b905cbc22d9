"""What a first message already answers, so that it is not asked again. Only what is plainly said of the company itself.

"vi er 12 ansatte og vil ansætte 3 ingeniører fra Indien" tells 12 employees, and nothing of where the company lies.
What is wrongly taken here is never asked, so each reading needs words that bind it to the company.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from bot.language.fold import fold
from bot.svar.ansatte import ansatte
from bot.svar.beliggenhed import judged, places
from bot.svar.cvr import labelled
from bot.svar.email import email
from bot.svar.stadie import stadie
from bot.svar.talord import find
from bot.svar.telefon import telefon
from bot.svar.tokens import prepared, split

Value = int | bool | str | list[int | None]

_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+(?=\S)")
_FIRM = (
    r"\w*(?:firma|virksomhed|selskab|butik|forretning|cafe|restaurant|pizzeria|spisested|bar|klinik|salon|"
    r"bureau|tegnestue|varksted|hotel|hostel|bageri|bryggeri|fabrik|kontor|lager|kiosk|webshop|studie|"
    r"praksis|galleri|catering|foodtruck|vinbar|kaffebar|lokale|grillbar|isbutik|startup)"
    r"(?:et|en|s|ten)?"
)
_COUNTED = (
    r"(?:ansatte|medarbejdere|fuldtidsansatte|fastansatte|arsvark|personer|mand|ejere|partnere|mennesker|"
    r"kollegar|kolleger|fuldtidsmedarbejdere)"
)
_SAYS_COUNT = re.compile(
    rf"(?:^|\b(?:vi er|er vi|vi har|har vi|jeg har|har jeg|har|med|taller|beskaftiger|i dag|"
    rf"(?:firma|virksomhed|butik|selskab|hus|bureau|kontor|tegnestue) pa)) (?:nu |i dag |pt |kun |bare |"
    rf"ca\.? |cirka |omkring |over |under |knap |godt |nasten |i alt |lige nu |allerede |til sammen |"
    rf"sammenlagt |mere end |mellem )*(?P<tal>[\w.]+(?:(?: ?- ?| til | og | eller )[\w.]+){{0,2}}) "
    rf"{_COUNTED}\b(?!,? (?:der|som|hvor|pa (?:barsel|orlov|kursus|deltid)|fra|under|syge|pr|om|til))"
)
_SAYS_ALONE = re.compile(
    r"\b(?:enkeltmandsfirma\w*|enkeltmandsvirksomhed\w*|enmandsfirma\w*|enmandsvirksomhed\w*|kun mig selv|"
    r"bare mig selv|jeg er alene (?:i|om)|selvstandig (?:alene|uden ansatte)|ingen ansatte|uden ansatte|"
    r"eneste ansatte)\b"
)
_OURSELVES = re.compile(r"\b(?:jeg|vi|mig|os|min|mit|vores)\b")
_NOT_OURS = re.compile(
    r"\b(?:deres|kunde|kunden|kunders|en af vores|af vores|nabo|nabon|leverandor\w*|konkurrent\w*|"
    r"arrangement|motionslob|event|gaster|deltagere)\b"
)

_SAYS_STAGE = re.compile(
    r"\b(?:nystart\w*|nyopstart\w*|nyetabler\w*|nystift\w*|(?:er|har) (?:en|et) startup|vi er (?:en "
    r")?start-?up|(?:startede|abnede|stiftede|grundlagde|etablerede) (?:\w+ ){0,4}?(?:sidste|for|i|den|"
    r"her|siden)\b"
    r"|(?:har|er) (?:lige |netop |nylig |for nylig |nu |selv )*(?:startet|abnet|stiftet|etableret) (?:\w+ "
    r"){0,2}?(?:eget|egen|mit|min|vores|firma|virksomhed|selv|op|enkeltmands\w*|en|et|i)"
    r"|(?:stiftet|grundlagt|etableret) (?:i )?(?:19|20)\d\d|(?:kort|eksisteret|drevet \w+|varet i gang|"
    r"varet selvstandig|haft (?:\w+ )?\w+) (?:i|siden) [\w.]+ ?(?:ar|maneder|uger)?|siden (?:18|19|20)\d\d"
    r"|(?:har|fik|fat) (?:kun |bare )?(?:en|et) ide(?:en)? (?:til|om|til at)|(?:vil|onsker|gerne|"
    r"overvejer|drommer om|planlagger|tanker pa|skal til|ved) (?:\w+ ){0,2}?(?:at )?(?:starte|blive "
    r"selvstandig|etablere|stifte) (?:\w+ ){0,3}?(?:op|firma|virksomhed|selvstandig|eget|egen|for mig "
    r"selv|\w+firma|cafe|restaurant|butik)|blive selvstandig"
    r"|for (?:\w+ ){1,3}siden (?:startede|abnede|stiftede)|(?:startede|abnede) (?:vi|jeg) (?:for|i|"
    r"sidste)|sidste ar (?:startede|abnede)|startede sidste (?:ar|maned|uge)|etableret virksomhed|fik "
    r"cvr)"
)
_OTHER_START = re.compile(
    r"\b(?:kursus|kurset|sagen|byggeri\w*|projekt\w*|arbejdet|ansat|arrangement\w*|skole|praktik\w*|ny medarbejder|sygemeld\w*)\b"
)

_SAYS_PLACE = re.compile(
    rf"(?:\b{_FIRM}|\bligger|\bholder til|\bholdt til|\bbaseret|\bhjemmehorende|\bhovedkontor|\bafdeling|"
    rf"\bfilial|\bvi er(?: \w+)? fra|\bflytter (?:\w+ ){{0,3}}?til|\bhar adresse|\badressen er|"
    rf"\bhjemsted)(?: \w+){{0,3}}? ?(?:i|pa|ved|fra|til|,)? ?(?:den )?(?:\d{{4}} )?$"
)
_NO_PLACE = re.compile(
    r"\b(?:ansatte|ansat|rekrutter\w*|hyre|hente|ingenior\w*|medarbejder\w*|kunder|arbejdskraft|parker\w*|"
    r"leverand\w*|varer|folk) (?:\w+ ){0,3}?(?:fra|i|pa)$|\bhvor\b|\bkonkurrent"
)

_TRADES = (
    r"arkitekt|tømrer|snedker|murer|elektriker|maler|vvs'?er|blikkenslager|smed|frisør|kosmetolog|"
    r"fotograf|grafiker|designer|grafisk designer|webdesigner|programmør|softwareudvikler|advokat|revisor|"
    r"bogholder|psykolog|fysioterapeut|kiropraktor|massør|tandlæge|dyrlæge|læge|vognmand|kok|bager|"
    r"konditor|slagter|gartner|anlægsgartner|cykelhandler|cykelsmed|boghandler|guldsmed|skrædder|"
    r"keramiker|journalist|tekstforfatter|oversætter|konsulent|it-konsulent|ingeniør|entreprenør|"
    r"rengøringsassistent|ejendomsmægler|optiker|urmager|tatovør|vinhandler|købmand|kunstner|musiker|"
    r"landskabsarkitekt|indretningsarkitekt|barber|neglekosmetolog|terapeut|akupunktør|zoneterapeut|coach|"
    r"glarmester|kloakmester|brolægger|mekaniker"
)
_BUSINESS = (
    r"[\wæøåé]+-?(?:firma|virksomhed|butik|forretning|klinik|salon|bureau|værksted|handel|fabrik|bar|"
    r"bryggeri|restaurant|studie|skole|kontor|hotel|service|mester|mægler)|café|cafe|restaurant|pizzeria|"
    r"spisested|tegnestue|hotel|hostel|bageri|kiosk|webshop|pølsevogn|foodtruck|food truck|galleri|"
    r"autoværksted|bar|vinbar|yogastudie|frisørsalon|smørrebrødsforretning|mikrobryggeri|"
    r"produktionsvirksomhed|vikarbureau"
)
_SAYS_TRADE = re.compile(
    rf"\b(?:(?:jeg|vi) (?:har|driver|ejer|åbnede|startede|starter|åbner|overtager|overtog|er)|(?:starte|"
    rf"åbne|overtage|drive|startet|åbnet|overtaget)|vores|mit|min)(?: (?:en|et|eget|egen|lille|mindre|ny|"
    rf"nyt|stor|større|mit|min|vores|eget lille|dansk|mellemstor|familieejet|økologisk|lokal|lokalt|"
    rf"etableret|nystartet))* (?P<trade>{_BUSINESS})\b",
    re.IGNORECASE,
)
_SAYS_PROFESSION = re.compile(
    rf"\b(?:jeg er|vi er)(?: (?:en|et|to|tre|selvstændig|uddannet|nyuddannet|nystartet|freelance|"
    rf"privatpraktiserende))* (?P<trade>{_TRADES})(?:e|er|ere)?\b(?! (?:på jagt|til))",
    re.IGNORECASE,
)
_TRADE_IN = re.compile(rf"\b(?:jeg|vi) er (?:\w+ )?(?:{fold(_TRADES)})e?(?:r|re)? (?:i|pa|fra|ved)$")
_PLAIN = re.compile(
    r"^(?:enkeltmands|enmands|en-?mands|familie|konkurrent|iværksætter|produktions|nystartet)(?:firma|"
    r"virksomhed)$|^(?:firma|virksomhed)$",
    re.IGNORECASE,
)
_SAYS_PHONE = re.compile(r"\+\d{2}|\b(?:tlf|telefon\w*|mobil\w*|ring\w*|træffes|nummer|fanges)\b", re.IGNORECASE)


def opportunistic(text: str, slots: Iterable[str], today: date | None = None) -> dict[str, Value]:
    """What ``text`` plainly tells of the company, by slot; only slots asked for, only those of which something is said.

    Reads ``ansatte``, ``stadie``, ``beliggenhed``, ``branche``, ``cvr`` (labelled), ``telefon`` (labelled) and ``email``.
    """
    wanted = set(slots)
    readers = {
        "ansatte": _ansatte,
        "beliggenhed": _beliggenhed,
        "branche": _branche,
        "cvr": labelled,
        "telefon": _telefon,
        "email": _email,
    }
    found: dict[str, Value] = {}
    for slot, reader in readers.items():
        if slot in wanted:
            value = reader(text)
            if value is not None:
                found[slot] = value
    if "stadie" in wanted and (stage := _stadie(text, today)) is not None:
        found["stadie"] = stage
    return found


def _ansatte(text: str) -> Value | None:
    for sentence in _SENTENCE.split(text):
        folded = prepared(sentence)
        if _NOT_OURS.search(folded):
            continue
        alone = _SAYS_ALONE.search(folded) and _OURSELVES.search(folded)
        for match in _SAYS_COUNT.finditer(folded):
            if find(split(match.group("tal"))):
                return ansatte(sentence)
        if alone:
            value = ansatte(sentence)
            return value if value in (0, 1) else None
    return None


def _stadie(text: str, today: date | None) -> Value | None:
    for sentence in _SENTENCE.split(text):
        folded = prepared(sentence)
        ours = _OURSELVES.search(folded) or folded.startswith(("start", "nystart", "nyopstart", "abnede", "etableret"))
        if ours and _SAYS_STAGE.search(folded) and not _OTHER_START.search(folded) and not _NOT_OURS.search(folded):
            value = stadie(sentence, today)
            if value is not None:
                return value
    return None


def _beliggenhed(text: str) -> Value | None:
    for sentence in _SENTENCE.split(text):
        folded = prepared(sentence)
        if folded.endswith("?") and not re.search(r"\b(?:vi|jeg|vores|min|mit)\b", folded):
            continue
        named = [place for place in places(split(folded)) if _says_place(place.before) and not _NO_PLACE.search(place.before)]
        value = judged(named, folded) if named else None
        if value is not None:
            return value
    return None


def _says_place(before: str) -> bool:
    return bool(_SAYS_PLACE.search(before + " ") or _TRADE_IN.search(before))


def _branche(text: str) -> Value | None:
    for pattern in (_SAYS_PROFESSION, _SAYS_TRADE):
        for match in pattern.finditer(text):
            trade = match.group("trade")
            if not _PLAIN.match(trade) and not prepared(text[match.end() : match.end() + 12]).startswith("i praktik"):
                return trade
    return None


def _telefon(text: str) -> Value | None:
    return telefon(text) if _SAYS_PHONE.search(text) else None


def _email(text: str) -> Value | None:
    return email(text) if "@" in text else None
