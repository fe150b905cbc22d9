"""Places (folded): what lies in the municipality of Copenhagen and what does not; postal codes.

Quarters are those of the municipality's ten districts (Indre By, Østerbro, Nørrebro, Vesterbro-Kongens Enghave, Valby,
Vanløse, Brønshøj-Husum, Bispebjerg, Amager Øst, Amager Vest); the other 97 municipalities and the larger towns are
outside, Frederiksberg too, though it lies in the middle. Folding is ``bot.language.fold``: "Ærø" stands here as "aro".
"""

from bot.language.fold import fold

_COPENHAGEN = """
kobenhavn, kbh, kbhv, kbhn, kbhs, kbhk,
kobenhavns kommune, copenhagen, cph, kobenhavner, kobenhavnsk, kobenhavnske, kopenhagen, byen kobenhavn,
hovedstaden, kobenhavn by
indre by, city, inderbyen, indreby, christianshavn, christiania, holmen, nyholm, slotsholmen, refshaleoen, margretheholm,
frederiksstaden, nyboder, kastellet, nyhavn, stroget, kongens nytorv, radhuspladsen, norreport, vesterport, osterport,
latinerkvarteret, pisserenden, kobmagergade, gammelholm, papiroen, kalvebod brygge, langelinie, torvehallerne,
israels plads, sankt hans torv, sankt peders strade, gothersgade, bredgade, store kongensgade, hc andersens boulevard,
hovedbanegarden, tivoli
osterbro, ydre osterbro, nordhavn, nordhavnen, svanemollen, ryvang, ryparken, rosenvanget, trianglen, osterbrogade,
arhusgade, arhusgadekvarteret, kartoffelrakkerne, vibenshus runddel, falledparken, lyngbyvej, kbh o, yderste osterbro
norrebro, ydre norrebro, indre norrebro, norrebrogade, jagersborggade, blagarden, blagardsgade, elmegade, stefansgade,
mjolnerparken, norrebros runddel, haraldsgade, haraldsgadekvarteret, superkilen, ravnsborggade, rantzausgade, tagensvej,
mimersparken, mimersgade, heimdalsgade
vesterbro, vesterbros torv, vesterbrogade, istedgade, kodbyen, den hvide kodby, hvide kodby, den brune kodby, carlsberg,
carlsberg byen, carlsbergbyen, humleby, humlebyen, sonder boulevard, enghave plads, enghavevej, halmtorvet, dybbolsbro,
havneholmen, fisketorvet, kongens enghave, sydhavn, sydhavnen, kbh sydhavn, sluseholmen, teglholmen, enghave brygge,
otto busses vej, jernbanebyen, mozarts plads
valby, vigerslev, toftegards plads, langgade, valby langgade, folehaven, gronttorvet, f l smidth, kulbanekvarteret,
lyshojgardsvej, ny ellebjerg, kobenhavn syd
vanlose, katrinedal, grondalsvange, damhusengen, jyllingevej
bronshoj, husum, tingbjerg, bellahoj, bronshoj husum, gadelandet, utterslevhuse, degnemosen, frederikssundsvej,
brønshøj torv
bispebjerg, nordvest, nordvestkvarteret, nv, utterslev, emdrup, fuglekvarteret, rentemestervej, frederiksborgvej,
lundehus, lersoparken, provestevej, dortheavej
amager, amagerbro, amagerbrogade, amager ost, amager vest, amager strand, amagerstrand, amager falled, sundby,
sundbyoster, sundbyvester, sundbyernes, islands brygge, bryggen, orestad, orestaden, orestad city, orestad syd,
orestad nord, vestamager, urbanplanen, klovermarken, holmbladsgade, lergravsparken, prags boulevard, strandlodsvej,
royal arena, fields, bella center, bellacenter, bella kvarter, dr byen, kraftvarksvej, uplandsgade, raffinaderivej,
njalsgade, havnestad, tommerup, kobenhavn s, orestads boulevard, amagerfalledvej
"""

_OUTSIDE = """
albertslund, allerod, assens, ballerup, billund, bornholm, brondby, bronderslev, dragor, egedal, esbjerg, fano, favrskov,
faxe, fredensborg, fredericia, frederiksberg, frederikshavn, frederikssund, furesoe, fureso, faborg midtfyn, faborg,
gentofte, gladsaxe, glostrup, greve, gribskov, guldborgsund, haderslev, halsnas, hedensted, helsingor, herlev, herning,
hillerod, hjorring, holbak, holstebro, horsens, hvidovre, hoje taastrup, hoje tastrup, tastrup, horsholm, ikast brande,
ikast, brande, ishoj, jammerbugt, kalundborg, kerteminde, kolding, koge, langeland, lejre, lemvig, lolland,
lyngby taarbak, lyngby tarbak, lyngby, kongens lyngby, laso, mariagerfjord, middelfart, morso, norddjurs, nordfyn,
nordfyns, nyborg, nastved, odder, odense, odsherred, randers, rebild, ringkobing skjern, ringkobing, skjern, ringsted,
roskilde, rudersdal, rodovre, samso, silkeborg, skanderborg, skive, slagelse, solrod, soro, stevns, struer, svendborg,
syddjurs, sonderborg, thisted, tonder, tarnby, vallensbak, varde, vejle, vesthimmerland, vesthimmerlands, viborg,
vordingborg, aro, abenra, aalborg, alborg, arhus
frb, kastrup, kastrup lufthavn, store magleby, hellerup, charlottenlund, klampenborg, ordrup, skovshoved, vangede, dyssegard,
jagersborg, soborg, bagsvard, buddinge, mork moj, morkhoj, virum, sorgenfri, holte, narum, vedbak, birkerod, farum,
varlose, stenlose, olstykke, maalov, malov, skovlunde, hedehusene, flong, brondby strand, brondbyvester, brondbyoster,
avedore, karlslunde, tune, havdrup, jyllinge, viby sjalland, viby j, helsinge, gilleleje, hundested, frederiksvark,
humlebak, niva, kokkedal, rungsted, espergarde, hornbak, tisvilde, slangerup, lynge, skibby, jagerspris, haslev, fakse,
store heddinge, praesto, prasto, korsor, skalskor, nykobing, nakskov, maribo, saxkobing, sakskobing, rodby, stege, mon,
moen, asnas, svinninge, tollose, ringe, bogense, otterup, rudkobing, marstal, aroskobing, ronne, nexo, gudhjem, svaneke
viby, brabrand, risskov, hojbjerg, skejby, tilst, hasselager, lystrup, egaa, ega, hinnerup, hadsten, hammel, galten,
ry by, hornsyld, juelsminde, grenaa, grena, ebeltoft, ronde, auning, hobro, mariager, hadsund, skagen, hirtshals, sabyl,
saby, norresundby, svenstrup, stovring, nibe, logstor, fjerritslev, bronderslev, blokhus, hanstholm, nykobing mors,
skive by, bjerringbro, karup, kjellerup, ulfborg, vinderup, videbak, tarm, hvide sande, grindsted, brorup, holsted,
bramming, ribe, skarbak, vojens, gram, toftlund, padborg, krusa, grasten, nordborg, augustenborg, rodekro, logumkloster,
give by, jelling, borkop, brejning, egtved, lunderskov, vamdrup, christiansfeld
jylland, nordjylland, midtjylland, sonderjylland, vestjylland, ostjylland, sydjylland, jysk, jyske, fyn, fynsk, fynske,
sjalland, nordsjalland, sydsjalland, vestsjalland, midtsjalland, ostsjalland, nordsjallandsk, falster, djursland,
vendsyssel, himmerland, thy, salling, trekantsomradet, trekantomradet, vestegnen, den kobenhavnske vestegn,
kobenhavns vestegn, kobenhavns omegn, omegnskommune, omegnskommunerne, omegnen, nabokommune, nabokommunen, anden kommune,
andre kommuner, provinsen, udkantsdanmark, storebalt
"""

_ABROAD = """
sverige, svensk, svenske, malmo, lund by, goteborg, stockholm, helsingborg, landskrona, trelleborg, skane, uppsala,
norge, norsk, norske, oslo, bergen, trondheim, stavanger, finland, helsinki, island, reykjavik, faeroerne, faroerne,
farooerne, torshavn, gronland, nuuk, tyskland, tysk, tyske, berlin, hamborg, hamburg, flensborg, flensburg, kiel, lubeck,
munchen, frankfurt, koln, holland, hollandsk, nederlandene, amsterdam, rotterdam, belgien, bruxelles, frankrig, fransk,
paris, spanien, madrid, barcelona, portugal, lissabon, italien, milano, rom, england, engelsk, storbritannien, uk,
london, manchester, skotland, edinburgh, irland, dublin, polen, polsk, warszawa, krakow, gdansk, litauen, vilnius,
letland, riga, estland, tallinn, tjekkiet, prag, ostrig, wien, schweiz, zurich, ungarn, budapest, rumanien, bukarest,
bulgarien, graekenland, gravenland, grakenland, athen, tyrkiet, istanbul, ukraine, kyiv, kiev, rusland, usa, us, amerika,
amerikansk, new york, californien, san francisco, boston, canada, mexico, brasilien, indien, indisk, bangalore, mumbai,
kina, kinesisk, shanghai, beijing, hongkong, hong kong, japan, tokyo, sydkorea, korea, seoul, singapore, thailand,
vietnam, pakistan, australien, sydney, new zealand, dubai, israel, egypten, sydafrika, nigeria, kenya, udlandet,
udenlandsk, udenbys
"""

# Names that are also common words: believed only after "i" or "på", before "kommune", or alone.
DOUBTFUL = frozenset(
    {
        "vejen",
        "ry",
        "give",
        "hals",
        "lund",
        "als",
        "mors",
        "gram",
        "ringe",
        "us",
        "rom",
        "tarm",
        "mon",
        "thy",
        "tune",
        "island",
        "brande",
        "holmen",
        "skive",
        "bryggen",
        "stroget",
        "city",
        "carlsberg",
        "nv",
        "langgade",
        "aro",
        "greve",
        "varde",
        "odder",
        "salling",
        "prag",
        "saby",
        "fields",
        "koln",
        "ega",
    }
)
# Wide names: a nearer one beside them counts instead ("Kastrup på Amager", "Valby i København").
WIDE = frozenset({"kobenhavn", "kbh", "amager", "hovedstaden", "copenhagen", "cph", "sjalland", "kobenhavner", "city"})
# Outside, but told together with Copenhagen's name as one address ("Frederiksberg, København").
SUBURBS = frozenset(
    """
    frederiksberg frb kastrup dragor tarnby hellerup gentofte hvidovre rodovre herlev glostrup brondby albertslund ballerup
    gladsaxe     soborg lyngby charlottenlund klampenborg ishoj tastrup virum vestegnen bagsvard
    """.split()
)
STREETS = frozenset({"landevej", "vej", "gade", "alle", "boulevard", "plads", "strade", "hovedgade", "torv"})


def _names(text: str) -> frozenset[str]:
    return frozenset(fold(name) for line in text.strip().splitlines() for name in line.split(",") if name.strip())


COPENHAGEN = _names(_COPENHAGEN) - {"tommerup", "brønshøj torv"}
DOMESTIC = (_names(_OUTSIDE) | {"vejen", "ry", "give", "hals", "lund", "als", "mors"}) - COPENHAGEN
OUTSIDE = (DOMESTIC | _names(_ABROAD)) - COPENHAGEN

_COPENHAGEN_CODES = {2100, 2150, 2200, 2300, 2400, 2450, 2500, 2700, 2720}


def by_postal_code(code: int) -> str | None:
    """ "københavn" or "udenfor" for a Danish postal code; None where there is no such code.

    1800–2000 are Frederiksberg's. 2700 Brønshøj, 2720 Vanløse and 2500 Valby are Copenhagen's; 2001–2099 do not exist.
    """
    if 1000 <= code <= 1799 or code in _COPENHAGEN_CODES:
        return "københavn"
    if 1800 <= code <= 2000 or 2600 <= code <= 9990:
        return "udenfor"
    return None
