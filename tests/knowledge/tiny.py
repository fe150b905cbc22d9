"""A small catalogue without errors, for tests that break it."""

from __future__ import annotations

from pathlib import Path

YDELSE = """\
id: {id}
navn: "{navn}"
kort: "Det er en ydelse."
for_hvem: "For alle."
naeste_skridt: "Du søger."
forvaltning: TMF
enhed: tmf-byliv
ydelsesomraade: "{part}"
servicetype: [myndighed]
kanaler: [telefon]
eksempler:
  - "må jeg noget"
stand: 2014-07
kilder: ["rapporten"]
"""
PROEVE = "ydelse: {id}\nspoergsmaal: [må jeg noget]\n"
FILES = {
    "enheder/tmf-byliv.yml": (
        "id: tmf-byliv\nnavn: Byliv\nforvaltning: TMF\ntype: backoffice\nkort: Byens liv.\nkilder: [rapporten]\n"
    ),
    "enheder/frontfunktion.yml": (
        "id: frontfunktion\nnavn: Front\nforvaltning: KES\ntype: front\nkort: Indgangen.\nkilder: [rapporten]\n"
    ),
    "omraader/5.yml": (
        'id: "5"\nnavn: Byens rum\nkort: Gader.\nydelsesomraader:\n'
        '  - {id: "5.1", navn: Fortov, kort: Fortove.}\nkilder: [rapporten]\n'
    ),
    "omraader/6.yml": (
        'id: "6"\nnavn: Bevillinger\nkort: Bevillinger.\nydelsesomraader:\n'
        '  - {id: "6.1", navn: Servering, kort: Servering.}\nkilder: [rapporten]\n'
    ),
    "eksterne/politiet.yml": "id: politiet\nnavn: Politiet\nkort: Ordenen.\nkilder: [rapporten]\n",
    "ydelser/5-byens-rum/udeservering.yml": YDELSE.format(id="udeservering", navn="Udeservering", part="5.1"),
    "ydelser/6-bevillinger/alkoholbevilling.yml": YDELSE.format(id="alkoholbevilling", navn="Alkoholbevilling", part="6.1"),
    "proever/udeservering.yml": PROEVE.format(id="udeservering"),
    "proever/alkoholbevilling.yml": PROEVE.format(id="alkoholbevilling"),
    "spoergsmaal/stadie.yml": (
        "id: stadie\ntype: stadie\ntekst: Hvor langt?\nhvorfor: Fordi.\nforklaring: Skriv det.\nopsummering: Stadie\n"
        "valg:\n  - {titel: Idé, vaerdi: idé}\n  - {titel: Etableret, vaerdi: etableret}\n"
    ),
    "spoergsmaal/ansatte.yml": (
        "id: ansatte\ntype: ansatte\ntekst: Hvor mange?\nhvorfor: Fordi.\nforklaring: Et tal.\nopsummering: Antal\n"
    ),
    "servicepakker/cafepakke.yml": """\
id: cafepakke
navn: Cafépakken
kort: Til caféer.
formaal: At samle.
maalgruppe: Caféer.
eksempler: [jeg vil åbne café]
kanaler: [indgående]
team: tmf-byliv
spoergsmaal:
  - slot: stadie
kriterier:
  - naar: {stadie: idé}
    udfald: passer_ikke
    hvorfor: For tidligt.
  - udfald: passer
    hvorfor: Den passer.
ydelser:
  - {id: udeservering, giver: Borde ude.}
stand: 2014-07
kilder: [rapporten]
""",
    "tekster/proeve.yml": "emne: proeve\ntekster:\n  hilsen: Hej {navn}\n",
    "svaere-par.yml": "par:\n  - [udeservering, alkoholbevilling]\n",
    "aabningstider.yml": """\
eksempel: true
dage:
  mandag: [{fra: "09:00", til: "12:00"}, {fra: "12:30", til: "15:00"}]
  torsdag:
    - {fra: "09:00", til: "17:00"}
undtagelser:
  - {dato: 2026-12-23, tider: [{fra: "09:00", til: "12:00"}], grund: kort dag}
  - {dato: 2027-01-04, grund: personaledag}
""",
    "kommune.yml": """\
navn: Kommunen
kontakt:
  - {titel: Telefon, vaerdi: fastsættes, eksempel: true}
svarfrister:
  tmf-byliv: {arbejdsdage: 2, eksempel: true}
svarfrist_ellers: {arbejdsdage: 5, eksempel: true}
svarfrist_klokken: "16:00"
lukkedage: {eksempel: true, dage: [2026-12-28], faste: ["24-12"]}
opbevaring: {maaneder: 12, eksempel: true}
""",
}
UDE = "ydelser/5-byens-rum/udeservering.yml"
ALKOHOL = "ydelser/6-bevillinger/alkoholbevilling.yml"
PAKKE = "servicepakker/cafepakke.yml"


def make(folder: Path) -> Path:
    """Write the catalogue into ``folder`` and return it."""
    for name, text in FILES.items():
        write(folder, name, text)
    return folder


def write(folder: Path, name: str, text: str) -> None:
    """Write one file, with the folders above it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Replace one passage of a file. Fails where the passage is not there, so that no test edits nothing."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, (name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
