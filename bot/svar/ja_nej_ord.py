"""The words and set phrases (folded) by which Danes say yes, no and "don't know"."""

import re


def _phrases(*parts: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)")


NO_ANSWER = _phrases(
    r"ja ?(?:eller|/|og/eller) ?nej",
    r"hvad (?:mener|betyder|menes|er det)\b.*",
    r"forsta(?:r|et)? (?:jeg |vi )?(?:ikke|ik)",
    r"hvorfor (?:vil|skal|sporger)\b.*",
)
QUESTION_START = re.compile(r"^(?:hvorfor(?! ikke$)|hvad|hvordan|hvem|hvornar|hvilken|hvilke|hvilket|hvor)\b")

DOUBT = _phrases(
    r"(?:det )?ved (?:jeg |vi |det |endnu |faktisk |desvarre |arlig talt |helt arligt |sgu |virkelig |nu "
    r")*(?:ikke|ik+)",
    r"vedikke",
    r"ved ik+",
    r"aner (?:det |jeg |vi )*(?:ikke|ik)",
    r"ingen (?:anelse|ide|aning)",
    r"kommer (?:lidt |meget |helt )?an(?: pa)?",
    r"afhanger",
    r"afhangigt",
    r"bade og",
    r"bade ja.*",
    r"ja og nej",
    r"jo og nej",
    r"nej og ja",
    r"maske",
    r"muligvis",
    r"eventuelt",
    r"evt",
    r"usikre?",
    r"ikke (?:helt |sa |fuldstandig )?(?:sikker|sikkert|sikre)(?: pa)?",
    r"i tvivl",
    r"svart at (?:sige|svare)",
    r"ikke til at sige",
    r"uafklaret",
    r"ikke (?:helt |endelig |endeligt )?(?:afklaret|besluttet|afgjort|bestemt mig|bestemt os|fundet ud "
    r"af)",
    r"taget (?:endelig )?stilling",
    r"(?:skal|ma) (?:jeg |vi )?(?:lige )?(?:tanke|undersoge|finde ud af|snakke|tale|vende det|sove)",
    r"overvejer",
    r"tanker over",
    r"tanke over",
    r"tanke mig om",
    r"vente og se",
    r"pas",
    r"det kan (?:godt )?vare",
    r"kan (?:jeg |vi )?(?:desvarre )?ikke (?:jeg |vi )?(?:huske|svare|sige|vurdere|overskue)",
    r"lidt svart",
    r"lidt af hvert",
    r"delvist?",
    r"til dels",
    r"nogle gange",
    r"en gang imellem",
    r"ind imellem",
    r"finder (?:vi|jeg) ud af",
    r"far (?:vi|jeg|at) se",
    r"(?:vi|jeg) far se",
    r"tiden vise",
    r"ved at (?:undersoge|finde ud af)",
    r"tja+h?",
    r"tjo+h?",
    r"njae?h?",
    r"nja+h?",
    r"nj[ao]",
    r"mja+h?",
    r"mjo",
    r"dunno",
    r"idk",
    r"halvt om halvt",
    r"(?:kun )?hvis (?:det|jeg|vi|i|nu)",
    r"i princippet$",
    r"lige ?gyldigt",
    r"lige ?meget",
    r"ikke nodvendigvis",
    r"nogenlunde",
    r"ikke (?:overvejet|tankt over) det",
)
STRONG_DOUBT = frozenset(
    {
        "hvis det",
        "hvis jeg",
        "hvis vi",
        "hvis i",
        "hvis nu",
        "kun hvis det",
        "kun hvis vi",
        "kun hvis jeg",
        "kun hvis i",
        "kun hvis nu",
    }
)

# Yes by way of a "not".
YES_DESPITE_NOT = _phrases(
    r"ikke (?:noget |nogen |et |det mindste )?problem",
    r"intet problem",
    r"ingen problem(?:er)?",
    r"(?:ikke|intet|ingenting|ingen ting)(?: noget| spor)? (?:imod|i mod)",
    r"ikke (?:noget|nogen) (?:i vejen|indvendinger|indvending)",
    r"ingen indvendinger",
    r"hvorfor ikke",
    r"ingen tvivl",
    r"ikke afvisende",
    r"mon ikke",
    r"kunne ikke vare bedre",
    r"ikke nej",
    r"siger ikke nej(?: tak)?",
    r"ikke det modsatte",
    r"ikke i tvivl",
    r"ikke uinteresseret",
)

YES = _phrases(
    r"hellere end gerne",
    r"(?<!vil )(?<!vil meget )(?<!vil rigtig )(?<!vil da )gerne",
    r"vil (?:meget |rigtig |da )?gerne(?: det)?$",
    r"det (?:er|var|ville vare|kunne vare) (?:helt |da |rigtig |meget |virkelig )?(?:rigtigt|korrekt|"
    r"sandt|ok|okay|i orden|fint|godt|dejligt|rart|skont|perfekt|super|det)",
    r"(?:det )?kan (?:du|i|vi|jeg) (?:godt|roligt|sagtens|tro)",
    r"(?:det )?(?:har|gor|er|skal|vil|kan) (?:vi|jeg|det|i|man|den|de|der) (?:da |jo |nemlig |bestemt |"
    r"godt |faktisk |ogsa |allerede |absolut |helt sikkert |sgu )+",
    r"det ma (?:du|i) (?:gerne|godt)",
    r"i ma (?:gerne|godt)",
    r"i orden",
    r"helt sikkert",
    r"helt klart",
    r"(?:det )?tror (?:jeg|vi)(?: nok| da| godt)?",
    r"(?:jeg |vi )?tror det",
    r"det regner (?:jeg|vi) med",
    r"(?:det )?mener (?:jeg|vi)",
    r"skulle jeg mene",
    r"selvfolgelig",
    r"naturligvis",
    r"uden tvivl",
    r"lad os (?:gore|sige) det",
    r"lyder (?:godt|fint|rigtigt)",
    r"passer(?: fint| godt| perfekt)?",
    r"stemmer",
    r"bare kor",
    r"kor bare",
    r"(?:bare )?gor det(?: bare)?",
    r"i ret i",
    r"det er der",
    r"det (?:gor|har|er|vil|skal|onsker|kan|kunne) (?:vi|jeg|det|den|de)(?: godt)?",
    r"(?:har|gor|er|vil|skal) (?:vi|jeg)$",
    r"siger ja",
    r"takker ja",
    r"formentlig",
    r"formentligt",
    r"sandsynligvis",
    r"formodentlig",
    r"pracis",
    r"altid",
    r"rart ville det vare",
    r"kunne vi godt",
    r"er aben for",
    r"aben for det",
)

NO = _phrases(
    r"det forstar",
    r"ellers (?:mange )?tak",
    r"ingen (?:af delene|planer|interesse|grund|behov|vegne)",
    r"hverken",
    r"(?:slippe|vare) fri",
    r"(?:gerne|hellere|helst) (?:undga|slippe|vente|springe)(?: over)?",
    r"tak nej",
    r"aldrig(?: i livet)?",
    r"nappe",
    r"forkert",
    r"ingenlunde",
    r"glem det",
    r"(?:du|i|godt) glemme",
    r"mon dog",
    r"desvarre",
    r"takker nej",
    r"(?:ikke|ik|ikk|ikek|ike)",
    r"nej+",
    r"ingen(?:ting)?",
    r"intet",
    r"springer over",
    r"uden for",
)

YES_WORDS = frozenset(
    "ja jaa jaaa jaaaa jo joo jooo jep jeps jepper jeppers yep yes yess yeah yup yea ya jaja jojo jada "
    "joda javel javist jovist jovisst jaeh jah jae jahm jerp jeap jup ok okay okey okej oki "
    "klart klar absolut bestemt korrekt rigtigt sikkert enig fint godt perfekt jatak jotak sandt nemlig "
    "accepteret godkendt accepterer bekraftes bekrafter bekraftet aftale super j y true top jesp "
    "selfolgelig selvf selvfolgeligt sagtens glimrende jamen jamern gerne jajaja yesyes jahh joh javisst "
    "jawohl dejligt fedt".split()
)
NO_WORDS = frozenset(
    "nej nejj nejjj neej nejnej nope nop nix niks nah na nae naeh nahh naah no non niet ne nejdog nejtak "
    "njet nejda nai naj n false nenej nul neh negativt afvist nejlj nwj nrj".split()
)
# What may stand before the answer itself.
OPENINGS = frozenset("oh ohm ah ahh hm hmm hmmm nar altsa jamen tja oh hej hov uh uhm goddag hejsa".split())
FILLER = frozenset(
    "det er jeg vi tror da jo sgu sikkert nok vel bare lige meget rigtig helt ganske tusind mange tak et "
    "en klart kort sagt ma vare sa vidt ved egentlig siger for mig os med ser ud til altsa".split()
)
