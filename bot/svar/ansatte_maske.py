"""Numbers that can't be employees are taken out first: phone numbers, dates, years, addresses, money, shares."""

import re

_MONTHS = (
    r"(?:jan(?:uar)?|feb(?:ruar)?|mar(?:ts)?|apr(?:il)?|maj|juni?|juli?|aug(?:ust)?|sept?(?:ember)?|"
    r"okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_ROAD = (
    r"[a-z]{3,}(?:vej|gade|alle|strade|boulevard|torv|plads|kaj|kanal|bakken|toften|vange|haven|"
    r"gaden|vejen|stien|brygge|dok)"
)
_PEOPLE_AHEAD = r"(?! ?(?:\w+ )?(?:ansat|medarb|mand|person|folk|stk|styk|menn))"
_MASKS = [
    r"\b(?:og )?ikke (?:kun|bare|alene|blot) (?:mig|os|en|1)\b(?: selv)?",
    r"\S+@\S+",
    r"(?:https?://|www\.)\S+",
    r"\b\d{6} ?- ?\d{4}\b",
    r"(?:\+|\b00)\d{2}[ .-]?(?:\d[ .-]?){6,11}\d\b",
    r"\b(?:tlf|telefon|mobil|cvr|se|p)[ .:-]*(?:nr|nummer(?:et)?)?[ .:]*(?:er )?(?:dk)?[ .:-]*\d(?:[ .-]?\d){7,9}\b",
    r"(?<!\d[ .])(?<![\d.])\d{2}[ .-]\d{2}[ .-]\d{2}[ .-]\d{2}(?![\d])(?![ .-]\d)",
    r"(?<!\d)\d{4}[ .-]\d{4}(?!\d)",
    r"\b\d{7,}\b",
    r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}\b",
    rf"\b(?:d\.? ?|den )?\d{{1,2}}\.? ?{_MONTHS}\b(?: (?:19|20)\d\d)?",
    r"\b(?:d\.? ?|den )\d{1,2}(?:\.|/\d{1,2}\b)",
    rf"\b{_MONTHS} (?:19|20)\d\d\b",
    r"\bkl(?:okken)?\.? ?\d{1,2}(?:[.:]\d{2})?(?: ?- ?\d{1,2}(?:[.:]\d{2})?)?\b",
    r"\b\d{1,2}:\d{2}\b",
    r"\b24 ?[-/] ?7\b|\b50 ?[-/] ?50\b",
    r"\b(?:19[3-9]|20[0-4])0? ?'?er(?:ne)?\b",
    r"\b(?:i|siden|fra|ar|aret|anno|primo|ultimo|efter|for|medio|sommeren|foraret|efteraret|vinteren|"
    r"start|starten af|slutningen af) (?:19|20)\d\d\b" + _PEOPLE_AHEAD,
    r"\b(?:19[3-9]\d|20[0-4][1-9]|20[1-4]0)\b" + _PEOPLE_AHEAD,
    rf"\b{_ROAD} \d{{1,3}} ?[a-z]?\b(?! ?[a-z]*(?:ansat|medarb))(?:,? ?(?:st|kl|\d{{1,2}})\.? ?(?:sal|tv|"
    rf"th|mf)\.?(?: (?:tv|th|mf)\.?)?)?",
    r"\b\d{4} (?=(?:kobenhavn|kbh|frederiksberg|valby|vanlose|bronshoj|kastrup|hellerup|herlev|odense|[a-z]+ [nsvo]\b))",
    r"\b(?:nr|nummer|uge|side|lokale|sal|par|version|kap|kapitel|punkt|opgang)\.? ?\d+\b|§ ?\d+",
    r"\b\d{1,2}\. (?=(?:sal|kvartal|generation|halvar|division|gang|etage|klasse|sasons?|del|prioritet)\b)",
    r"\b\d+(?:\.\d+)? ?(?:%|procent|pct|kr\b|kroner|dkk|mio|mia|m2|kvm|€|\$)",
    r"(?:\$|€|£|\bdkk|\bkr\.?) ?\d[\d.]*",
]
_PATTERN = re.compile("|".join(f"(?:{mask})" for mask in _MASKS))


def mask(text: str) -> str:
    """A prepared text with each number that can't count people replaced by "§"."""
    return _PATTERN.sub(" § ", text)


_NAME = (
    r"(?!(?:Kun|Bare|Det|Der|Og|Vi|Jeg|Min|Mit|Mig|Ingen|Ja|Nej|Hej|To|Tre|Fire|Fem|En|Et|Os|Ca|Danmark)\b)[A-ZÆØÅ][a-zæøåéü]+"
)
_WITH_ME = re.compile(
    rf"((?:{_NAME}, )*{_NAME})(?= (?:og|\+|&|plus) (?:mig|jeg)\b)|(?<=\bmig og )({_NAME})|(?<=\bmig selv "
    rf"og )({_NAME})|(?<=\bjeg og )({_NAME})"
)


def names(text: str) -> str:
    """A text as typed with first names beside the speaker ("Lars og mig") as "min ven": one person each."""
    return _WITH_ME.sub(lambda match: re.sub(_NAME, "min ven", match.group()), text)
