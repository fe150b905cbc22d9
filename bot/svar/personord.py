"""Folded Danish words that say whether a number counts people at work, and who counts without a number."""

PERSONS = frozenset(
    """
    ansat ansatte
    ansate ansattte medarbejder medarbejdere medarbjdere medarbejderne medarbejer mand mands person personer folk stk
    stykker styk styks pers mennesker ejer ejere ejerne indehaver indehavere medejer medejere partner partnere kompagnon
    kompagnoner makker makkere direktor direktorer chef chefer leder ledere elev elever larling larlinge larlingen
    praktikant praktikanter trainee trainees svend svende mester mestre kok kokke tjener tjenere opvasker opvaskere
    vikar vikarer arsvark fuldtid fuldtids deltid deltids halvtid timelonnet timelonnede lose los losansat losansatte
    fastansat fastansatte faste fast fuldtidsansat fuldtidsansatte fuldtidsmedarbejder fuldtidsmedarbejdere
    deltidsansat deltidsansatte deltidsmedarbejder deltidsmedarbejdere halvdagsansat halvdagsansatte
    timeansat timeansatte fuldtidsstilling fuldtidsstillinger deltidsstilling deltidsstillinger stilling stillinger
    studiejob studiejobber studiejobbere studerende studenter student studiemedhjalper studiemedhjalpere
    studentermedhjalper studentermedhjalpere studentermedarbejder medhjalper medhjalpere hjalper hjalpere ungarbejder ungarbejdere
    flexjobber flexjobbere fleksjobber fleksjobbere fleksjob flexjob hoveder sjale gutter gut pige piger dreng drenge
    kvinde kvinder dame damer fyr fyre brodre sostre bror soster son sonner datter dotre venner veninder
    familiemedlem familiemedlemmer kollega kolleger kollegar ivarksatter ivarksattere stifter stiftere medstifter
    medstiftere founder founders cofounder cofounders tekniker teknikere frisor frisorer ingenior ingeniorer
    montor montorer chauffor chaufforer bogholder bogholdere sekretar sekretarer kontordame kontordamer
    butiksassistent butiksassistenter barista baristar bartender bartendere designer designere udvikler udviklere
    programmor programmorer arkitekt arkitekter pilot piloter lager lagerfolk bud sosu salger salgere handvarker handvarkere
    pensionist pensionister barn born foraldre unge ung polakker rumaner svensker svenskere tyskere fastlonnet fastlonnede
    hjalpekok kokkeelev kontorelev kontorelever tjenerelev voksenlarling voksenlarlinge revisor revisorer advokat advokater
    ledig ledige stiftende lonnede lonnet grundlagger grundlaggere afloser aflosere sasonarbejder sasonarbejdere
    sasonansatte teammedlemmer ude familiefolk soskende andre ansatter ansattede medabejdere medabejder fuldtidere deltidere
    teamet fuldtidsfolk deltidsfolk lonmodtagere
    """.split()
)
_PERSON_ENDINGS = (
    "mand",
    "folk",
    "medarbejder",
    "medarbejdere",
    "ister",
    "enter",
    "loger",
    "nomer",
    "orer",
    "ansatte",
    "ansat",
    "larling",
    "larlinge",
    "elever",
    "jobbere",
    "arbejdere",
    "arbejder",
    "damer",
    "piger",
    "assistent",
    "elev",
)
_PLURAL_ERE = "ere"

NOT_PERSONS = frozenset(
    """
    ar aret arig arige arene maned maneder maneders uge uger ugers dag dage dages time timer timers
    minut minutter kr kroner dkk mio mia euro
    million millioner milliard milliarder tusindkroner procent pct m km m2 kvm kvadratmeter kvadrat meter kilometer kilo kg
    ton liter kunder kunde butik butikker afdeling afdelinger lokation lokationer adresse adresser bil biler varevogn
    varevogne lastbil lastbiler borde bord plads pladser siddepladser gaster gast sal sals etage etager projekt projekter gang
    gange lejlighed lejligheder lokale lokaler kontor kontorer vare varer produkt produkter maskine maskiner computere
    computer printere containere container scootere trailere brugere bruger leverandorer leverandor klienter patienter
    konkurrenter lejere lejer investorer investor aktionarer abonnenter medlemmer frivillige frivillig freelancere
    freelancer freelance konsulenthuse firmar firma selskab selskaber virksomhed virksomheder hold varelser varelser
    klubber sprog lande land byer by kommuner kommune steder sted dele del grunde grund sporgsmal ting ideer ide slags
    kopier bestillinger ordre ordrer opgaver opgave restauranter restaurant cafeer cafe barer bar kokkener stole senge rum
    cykler cykel telefon telefoner nummer numre timers ugentligt ugentlig personbiler minutters lag mader tilladelser tilladelse
    generation kvartal halvar aften aftener nat natter weekender weekend bestyrelsesmedlem bestyrelsesmedlemmer
    arbejdspladser websider hjemmesider kasser paller skibe fly klokken filialer filial hoteller hotel gader
    arrangementer kurser kursus moder mode abonnementer donationer saloner salon vogne vogn bode boder stande
    """.split()
)

# Relations who are one person each in "mig og min mand"; to have a partner means that the speaker is in it too.
KIN = frozenset(
    """
    kone konen mand manden hustru agtefalle bror broder broren soster sosteren son sonnen datter datteren mor moren far faren
    svoger svigerinde  svigerson svigerfar svigermor kareste karesten ven vennen veninde veninden fatter nevo niece fatter
    kusine onkel moster tante samlever papfar stedfar mutter
    """.split()
)
PARTNERS = frozenset(
    """
    kompagnon kompagnonen partner partneren makker makkeren medejer medejeren medstifter medstifteren cofounder
    forretningspartner forretningspartneren medindehaver kollega kollegan companion
    """.split()
)
SINGLES = frozenset(
    """
    larling larlingen elev eleven praktikant praktikanten svend svenden medhjalper medhjalperen studentermedhjalper
    studentermedhjalperen studiemedhjalper ungarbejder ungarbejderen bogholder bogholderen sekretar kontordame flexjobber
    fleksjobber vikar vikaren kok kokken tjener tjeneren medarbejder medarbejderen assistent studerende
    """.split()
)
POSSESSIVES = frozenset("min mit mine vores vor hans hendes sin en et den".split())
ALONE = frozenset(
    "alene solo eneste enmandsfirma enmandsvirksomhed enkeltmandsvirksomhed enkeltmandsfirma enmandshar enmandsband enkeltmand "
    " enlig ene enmands ensom solopreneur enkeltmandsvirksomhet enmand".split()
)
NOTHING = frozenset(
    "anelse ide aning kommentar grund problem problemer plan planer tal svar mening tvivl info oplysninger".split()
)
MANY = frozenset("mange flere nogle nogen flok masse hoben bunke snesevis dusinvis hundredvis".split())


def is_person(token: str) -> bool:
    """Whether a folded noun, adjective or word of employment after a number says that it counts people at work."""
    if token in NOT_PERSONS:
        return False
    if token in PERSONS or token in KIN:
        return True
    return len(token) > 5 and token.endswith((*_PERSON_ENDINGS, _PLURAL_ERE))


def is_unit(token: str) -> bool:
    """Whether a folded word after a number says that it counts something else than people at work."""
    return token in NOT_PERSONS or token.startswith(("kvadratm", "mill"))
