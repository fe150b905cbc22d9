"""Where a company is in its life: ``idé``, ``nystartet`` (under 3 years) or ``etableret``.

The limit is the decision table's of the target groups. A year alone counts from its middle. "et par år" is 2. The age of
a person and years of experience are not the company's; a business taken over from a parent is ``etableret``.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal

from bot.language.dato import KOEBENHAVN
from bot.svar import antal
from bot.svar.tokens import prepared, split

Stadie = Literal["idé", "nystartet", "etableret"]

YEARS_NEW = 3.0

_MONTHS = {
    name: number
    for number, name in enumerate(
        "januar februar marts april maj juni juli august september oktober november december".split(), 1
    )
}
_MONTH = "(" + "|".join(_MONTHS) + ")"
_SEASON = r"(?:foraret|forar|sommer|sommeren|efterar|efteraret|vinter|vinteren|jul|pasken|paske|nytar)"
_DAY = r"(?:mandag|tirsdag|onsdag|torsdag|fredag|lordag|sondag|weekenden)"
_BEGIN = (
    r"(?:abner|starter|lancerer|begynder|etablerer|gar i gang|gar i luften|stifter|registrerer|opretter|"
    r"overtager|satter i gang|kommer i gang)"
)
_FIRM = (
    r"(?:firma\w*|virksomhed\w*|butik\w*|forretning\w*|selskab\w*|cafe\w*|restaurant\w*|vognmand\w*|"
    r"varksted\w*|klinik\w*|salon\w*)"
)

_INHERITED = re.compile(
    r"\b(?:efter (?:min|mine|vores) (?:far|mor|forald\w*|bedste\w*|farfar|morfar|svigerfar|"
    r"svigerforald\w*|onkel)|fra (?:min|mine|vores) (?:far|mor|forald\w*|bedstefar|svigerfar)|(?:anden|"
    r"tredje|fjerde|femte|2\.?|3\.?|4\.?|5\.?) generation|i generationer|familie(?:firma|virksomhed|ejet|"
    r"drevet)\w*|familieforetagende"
    r"|min(?:e)? (?:far|mor|bedstefar|farfar|morfar|oldefar|tipoldefar|foraldre) (?:startede|grundlagde|"
    r"abnede|stiftede)|\w*oldefars|bedstefars)"
)
_NEW = re.compile(
    r"\b(?:nystart\w*|nyopstart\w*|ny opstart\w*|nyetabler\w*|nyabn\w*|nystift\w*|ny start\w*|startup|"
    r"start up|start-up|(?:lige|netop|nylig|nyligt|for nylig|lige akkurat|lige for) (?:\w+ )?(?:startet|"
    r"abnet|begyndt|etableret|stiftet|oprettet|registreret|kommet i gang|overtaget|fat cvr|fik cvr|har "
    r"startet|er startet)|for nylig|fornylig|for ganske nylig|for kort tid siden"
    r"|(?:startet|abnet|begyndt|stiftet|registreret) (?:for )?(?:lige|nylig|nyligt|netop)|i gar|"
    r"forleden(?: dag)?|i (?:denne|sidste|forrige) (?:uge|maned|kvartal)|(?:sidste|forrige) (?:uge|maned|"
    r"kvartal|ar|sommer|forar|efterar|vinter|jul|"
    + "|".join(_MONTHS)
    + r")|tidligere i ar|tidligere pa aret|her i (?:ar|foraret|sommer|efteraret|vinter)|i fjor|i forfjor|i forrige ar"
    r"|helt (?:ny|nye|nyt)\b|spritny\w*|nyt "
    + _FIRM
    + r"|(?:er|var) (?:en )?ny (?:virksomhed|butik|forretning)|(?:opstartsfasen|opstartsfase|opstartende|"
    r"forste (?:leve)?ar)\b|pa (?:vores |mit |det )?forste ar|siden (?:i )?(?:sidste )?"
    + _SEASON
    + r"|siden (?:"
    + "|".join(_MONTHS)
    + r")(?! (?:19|20)\d\d)|nybagt\w*|under (?:et|1) ar|et par (?:maneder|uger)|nogle (?:fa )?(?:maneder|"
    r"uger)|fa (?:maneder|uger))"
)
_STARTED = re.compile(
    r"\b(?:(?:har|er) (?:nu |allerede |selv |jo |vi |jeg )*(?:startet|abnet|stiftet|etableret mig|"
    r"registreret|oprettet)(?! op endnu)|er (?:kommet )?(?:godt )?i gang|er begyndt|(?:har|har jeg|har "
    r"vi) (?:fat|oprettet|registreret) (?:et )?cvr)"
)
_OLD = re.compile(
    r"\b(?:etableret|veletabler\w*|vel etabler\w*|etablerede|eksisterende|bestande|i (?:mange|en del|"
    r"flere|rigtig mange|adskillige|utallige|arevis|artier|adskillig\w*) ?(?:ar)?|mange ar|en del ar|"
    r"arevis|artier|flere artier|over et arti|et arti|hundrede ar|langst i gang|veldreven|veletableret|"
    r"gammel(?:t)? (?:firma|virksomhed|butik|forretning)"
    r"|(?:siden|fra|for|inden) (?:for )?(?:corona|covid|krigen|finanskrisen|artusindskiftet|"
    r"halvfjerdserne|firserne|halvfemserne|tresserne|nullerne|tresserne|halvtredserne)|i "
    r"(?:halvfjerdserne|firserne|halvfemserne|tresserne|nullerne|halvtredserne)|(?:\d\d|19\d\d|200\d)'?-? "
    r"?erne|altid|langt tilbage|lange|lang tid|for lange? siden|gammel virksomhed|menneskealder|"
    r"traditionsrig\w*|solid virksomhed)\b"
)
_NOT_OLD = re.compile(
    r"\b(?:ikke (?:rigtig |helt |formelt |officielt )?(?:etableret|startet|abnet|i gang|begyndt|stiftet|"
    r"oprettet|registreret|kommet i gang|kommet videre|nogen virksomhed|noget firma|et firma|en "
    r"virksomhed|virksomhed endnu|firma endnu|cvr|noget cvr|et cvr|fat cvr|nogen cvr)|ikke\b.{0,"
    r"25}\bendnu|ikke (?:sa |ret |specielt |sarlig )?lange|ingen (?:virksomhed|firma|cvr)|uden cvr|endnu "
    r"ikke (?:startet|abnet|i gang|etableret|begyndt|stiftet))\b"
)
_IDEA = re.compile(
    r"\b(?:kun (?:en |pa )?ide\w*|bare en ide|en ide|ide|ideen|ideer|idefase\w*|ide fase\w*|ideplan|"
    r"idestadie\w*|ideniveau|pa tegnebrattet|tegnebrattet|planlagningsfase\w*|planlagningsstadie\w*|for "
    r"opstart|inden opstart|forretningsplan|pa vej til at (?:starte|abne)|skal (?:lige )?til at (?:starte|"
    r"abne|i gang)|ved at (?:starte|abne|etablere|oprette|stifte|registrere)"
    r"|(?:vil|skal|kunne tanke mig|kunne tanke os|onsker|planlagger|overvejer|drommer om|har planer om|"
    r"gar med planer om|gar og tanker pa|tanker pa|tanker|haber pa|regner med|forbereder|gerne|har lyst "
    r"til|teknisk set) (?:\w+ ){0,3}?(?:at )?(?:starte|abne|etablere|stifte|oprette|lancere|blive "
    r"selvstandig|vare selvstandig|sta[r]?te op|begynde|overtage|kobe|satte gang|prove)"
    r"|gar (?:og|rundt) (?:og |med )?(?:\w+ )?(?:tanker|tanke|overvejer|planer|drommer|en drom)\w*|gar "
    r"med (?:tanker|en drom|planer|overvejelser)\w*|en drom|drommer|pa ideplan|overvejelsesfase\w*|"
    r"overvejer|ingen virksomhed endnu|kun planer|kun en plan|kun en drom|kun pa papiret|kun i hovedet|i "
    r"hovedet|i stobeskeen|under opbygning|under etablering|undervejs|spirende|kommende ivarksatter|"
    r"(?:tanken|planen|malet|habet|ideen) er|bare en tanke|ingenting endnu|nar (?:jeg|vi|lokalerne|"
    r"pengene) (?:far|har fundet|finder|er))\b"
)
_FUTURE = re.compile(
    _BEGIN
    + r" (?:\w+ ){0,5}?(?:(?:til|i|pa|fra|den|d\.?|efter|om|her|inden|forst|snart|naste|senere|engang)) (?:\w+ ){0,2}?(?:"
    + _MONTH[1:-1]
    + "|"
    + _SEASON
    + "|"
    + _DAY
    + r"|uge|uger|maned|maneder|ar|aret|\d|naste|kort|morgen|lobet)"
    rf"|\b{_BEGIN} (?:den |d\.? ?)?\d{{1,2}}(?:\.|/)|\b(?:vi|jeg) {_BEGIN} (?:op )?(?:snart|forst|til|om|i "
    rf"morgen|pa {_DAY}|naste|senere)|{_BEGIN} (?:\w+ ){{0,3}}?(?:snart|naste)|(?:til|naste) "
    rf"(?:{_MONTH[1:-1]}|{_SEASON}) {_BEGIN}"
)
_MORE = re.compile(r"\b(?:endnu en|nr\.? ?\d|nummer (?:to|tre|fire|\d)|en (?:ny )?(?:afdeling|filial)|flere butikker|ekstra)\b")
_NOT_NEW = re.compile(r"\b(?:ikke|langt fra|ingen) (?:\w+ ){0,2}?(?:nystart\w*|nye?\b|startup)")
_OTHER_YEARS = re.compile(
    r"^(?:s? ?(?:erfaring|uddannelse)|i (?:branchen|faget|den branche|samme branche)|som (?:ansat|elev|"
    r"larling|tomrer|\w+er\b)|(?:gammel )?(?:mand|kvinde)\b|inden (?:for)?)"
)


def stadie(text: str, today: date | None = None) -> Stadie | None:
    """The stage told in a text, or None. ``today`` is what years and months are reckoned from."""
    day = today or datetime.now(KOEBENHAVN).date()
    folded = re.sub(r"\bet halvt ar(?:s tid)?\b", "6 maneder", prepared(text))
    folded = re.sub(r"\btrekvart ar\b", "9 maneder", folded)
    if re.fullmatch(r"[^\w]*(?:kun )?(?:en |pa |i )?ide\w*[^\w]*", folded):
        return "idé"
    if re.fullmatch(r"(?:her )?i (?:ar|foraret|sommer|sommers|efteraret|vinter|vinters)\W*", folded):
        return "nystartet"
    if re.fullmatch(r"(?:forst |til |i )?(?:naste ar|det nye ar|det kommende ar)\W*", folded):
        return "idé"
    if _INHERITED.search(folded):
        return "etableret"
    age = _age(folded, day)
    if age is not None and age < 0:
        return "idé"
    begun = age is not None and not (_IDEA.search(folded) and not _MORE.search(folded) and age < 0.05)
    if begun and age is not None:
        return "nystartet" if age < YEARS_NEW else "etableret"
    if _NOT_NEW.search(folded):
        return "etableret"
    if _FUTURE.search(folded) and not _MORE.search(folded):
        return "idé"
    if _NEW.search(folded):
        return "nystartet"
    if _NOT_OLD.search(folded):
        return "nystartet" if re.search(r"ikke (?:sa |ret |specielt |sarlig )?lange", folded) else "idé"
    if _OLD.search(folded):
        return "etableret"
    if _STARTED.search(folded):
        return "nystartet"
    return "idé" if _IDEA.search(folded) and not _MORE.search(folded) else None


def alder(text: str, today: date | None = None) -> float | None:
    """The company's age in whole and part years as far as a text tells it; None where it doesn't."""
    return _age(prepared(text), today or datetime.now(KOEBENHAVN).date())


def _age(folded: str, day: date) -> float | None:
    """Age of the company in years as far as it is told; negative where it begins later."""
    ages = [*_durations(folded), *_from_dates(folded, day)]
    if not ages:
        return None
    # told to be to come only where nothing has begun: "åbner i 2027", not "siden 1962 … flytter i 2027"
    past = [age for age in ages if age >= 0]
    return max(past) if past else max(ages)


_UNITS = {
    "ar": 1.0,
    "ars": 1.0,
    "aret": 1.0,
    "arig": 1.0,
    "arigt": 1.0,
    "maned": 1 / 12,
    "maneder": 1 / 12,
    "maneders": 1 / 12,
    "mdr": 1 / 12,
    "md": 1 / 12,
    "maneden": 1 / 12,
    "uge": 1 / 52,
    "uger": 1 / 52,
    "ugers": 1 / 52,
    "dage": 1 / 365,
    "dag": 1 / 365,
    "artier": 10.0,
    "arti": 10.0,
}


def _durations(folded: str) -> list[float]:
    tokens = split(folded)
    ages: list[float] = []
    for amount in antal.find(tokens):
        step = amount.end + (1 if tokens[amount.end : amount.end + 1] in (["-"], ["hele"], ["gode"], ["sma"]) else 0)
        unit = tokens[step] if step < len(tokens) else ""
        if unit not in _UNITS:
            continue
        before = " ".join(tokens[max(0, amount.start - 5) : amount.start])
        after = " ".join(tokens[step + 1 : step + 4])
        if _OTHER_YEARS.search(after) or re.search(
            r"\bjeg (?:er|bliver|fylder)(?: selv)?$|\bjeg er (?:en|nu)$|\bhver(?:t)?$|\bgang(?:e)? (?:om|pr)$", before
        ):
            continue
        if after.startswith("gammel") and " jeg er" in " " + before:
            continue
        size = amount.high if amount.low is None else amount.low if amount.high is None else (amount.low + amount.high) / 2
        if size is None or re.search(r"\b(?:branchen|faget|arbejdet|uddannet|ansat|arbejdede|erfaring)\b", before):
            continue
        years = size * _UNITS[unit] - (
            0.2 if re.search(r"\b(?:snart|knap|knapt|nasten|lige ved)(?: (?:de|pa|i))?$", before) else 0
        )
        past = "siden" in after.split()[:2]
        if before.endswith((" om", "om ca")) or before == "om":
            if not past and not re.search(r"\bfylder\b", folded):
                ages.append(-years)
        else:
            ages.append(years)
    return [age for age in ages if age <= 1000]


def _from_dates(folded: str, day: date) -> list[float]:
    ages: list[float] = []
    spans: list[tuple[int, int]] = []
    for match in re.finditer(rf"\b(?:{_MONTH} )?'?((?:1[89]|20)\d\d)\b(?! ?(?:kr|ansatte|medarb|k[bo]|m2|kunder))", folded):
        year = int(match.group(2))
        if 1800 <= year <= day.year + 15:
            start = date(year, _MONTHS[match.group(1)] if match.group(1) else 7, 1)
            age = (day - start).days / 365.25
            if not match.group(1) and year == day.year:
                age = -0.1 if re.search(rf"\b{_BEGIN}\b", folded) and not _past_verb(folded) else 0.1
            ages.append(age)
            spans.append(match.span())
    if not ages and _past_verb(folded):
        # "åbnede i maj": the last May that has been
        match_month = re.search(rf"\b(?:i|den|d\.?|1\.|pr\.?|fra|siden) (?:\d+\.? )?{_MONTH}\b", folded)
        if match_month:
            ages.append(0.5)
    return ages


def _past_verb(folded: str) -> bool:
    return bool(
        re.search(
            r"\b(?:abnede|startede|begyndte|etablerede|stiftede|grundlagde|registrerede|oprettede|overtog|kobte|"
            r"fik|lancerede|har|blev|stiftet|etableret|grundlagt|startet|siden)\b",
            folded,
        )
    )
