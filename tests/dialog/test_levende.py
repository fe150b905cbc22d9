"""The running bot takes up what editors drop in, without training or restart."""

import asyncio
from pathlib import Path

import pytest
import yaml

from tests import drikkevandspost
from tests.talk import Talk

PAKKE = """id: forurenende-virksomheder
navn: Pakke for særligt forurenende virksomheder
kort: Samlet forløb for virksomheder, der skal have miljøgodkendelse, tilsyn og spildevandstilladelse.
formaal: At samle processen og godkendelserne.
maalgruppe: Særligt forurenende virksomheder i København.
synonymer: [forureningspakke, pakke for forurenende virksomheder]
eksempler:
  - vi er en forurenende virksomhed og skal have styr på det hele med miljøgodkendelse, tilsyn og spildevand på én gang
  - galvanisering med alle miljøtilladelser samlet i ét forløb
  - samlet forløb for forurenende virksomhed
kanaler: [indgående]
team: tmf-miljoe
spoergsmaal:
  - slot: beliggenhed
  - slot: behov
kriterier:
  - naar: {beliggenhed: udenfor}
    udfald: passer_ikke
    hvorfor: Pakken er for virksomheder i København.
    henvis_til: [egen-kommune]
  - udfald: passer
    hvorfor: I har flere miljøsager, der hænger sammen.
ydelser:
  - {id: miljoegodkendelse, giver: "I får godkendt det, I laver."}
  - {id: miljoetilsyn, giver: "I ved, hvad tilsynet ser på."}
stand: "2014-07"
kilder: [rapporten kapitel 4]
"""


async def _until(talk: Talk, text: str, kind: str, ident: str) -> None:
    """Ask until the edit is in force; a few seconds at most, or the test fails."""
    for _ in range(40):
        await talk.say(text)
        if any(m["data"].get("type") == kind and m["data"].get("id") == ident for m in talk.last):
            return
        await asyncio.sleep(0.25)
    pytest.fail(f"{ident} blev ikke fundet: {talk.last}")


async def test_a_97th_service_is_found_before_any_training(talk: Talk, knowledge: Path) -> None:
    path = knowledge / drikkevandspost.FILE
    path.write_text(drikkevandspost.YDELSE, encoding="utf-8")
    try:
        await _until(talk, drikkevandspost.ASKED, "ydelse", "drikkevandspost")
    finally:
        path.unlink()


async def test_a_change_of_wording_takes_effect_and_a_bad_file_does_not(talk: Talk, knowledge: Path) -> None:
    path = knowledge / "ydelser" / "3-miljoe-og-groen-omstilling" / "skadedyr.yml"
    good = path.read_text(encoding="utf-8")
    content = yaml.safe_load(good)
    changed = {**content, "kort": "Ny ordlyd om rotter til prøven."}
    try:
        path.write_text(yaml.safe_dump(changed, allow_unicode=True, sort_keys=False), encoding="utf-8")
        for _ in range(40):
            await talk.say("rotter i baggården bag restauranten")
            if "Ny ordlyd om rotter" in talk.text:
                break
            await asyncio.sleep(0.25)
        assert "Ny ordlyd om rotter" in talk.text
        bad = {("kortt" if key == "kort" else key): value for key, value in changed.items()}
        path.write_text(yaml.safe_dump(bad, allow_unicode=True, sort_keys=False), encoding="utf-8")
        await asyncio.sleep(1.5)
        await talk.say("rotter i baggården bag restauranten")
        assert "Ny ordlyd om rotter" in talk.text
    finally:
        path.write_text(good, encoding="utf-8")


async def test_an_eighth_package_is_found_screened_and_makes_a_case(talk: Talk, knowledge: Path) -> None:
    path = knowledge / "servicepakker" / "forurenende-virksomheder.yml"
    path.write_text(PAKKE, encoding="utf-8")
    try:
        await _until(talk, "samlet forløb for vores forurenende virksomhed", "pakke", "forurenende-virksomheder")
        await talk.press("Begynd")
        await talk.say("i Valby")
        await talk.say("vi skal have godkendt en ny linje til overfladebehandling")
        assert talk.data("anbefaling")["passer"] is True
        await talk.press("Det hele")
        await talk.press("Ja, opret")
        await talk.say("Ib Prøvesen")
        await talk.say("20417703")
        await talk.press("Har ikke")
        await talk.press("Har ikke")
        await talk.press("Ja, send det")
        assert talk.data("henvendelse")["team"] == "tmf-miljoe"
    finally:
        path.unlink()
