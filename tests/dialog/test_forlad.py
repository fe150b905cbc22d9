"""Out of the queue by a word: only where it is plainly said."""

import pytest

from bot.dialog.forlad import vil_forlade


@pytest.mark.parametrize(
    "text",
    [
        "jeg vil hellere tale med computeren",
        "Tilbage til computeren, tak",
        "kan jeg fortsætte med botten?",
        "lad mig komme tilbage til den digitale assistent",
        "jeg gider ikke vente længere",
        "vi kan ikke vente",
        "jeg vil ud af køen",
        "forlad køen",
        "Stop!",
        "glem det",
    ],
)
def test_plainly_said(text: str) -> None:
    assert vil_forlade(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "det er om vores skilt på facaden",
        "computeren sagde, at vi skal søge om en bevilling",
        "vi skal tilbage til vores gamle adresse",
        "kan I stoppe sagen, vi har fortrudt ansøgningen",
        "jeg venter gerne",
        "vi sælger computere og robotter",
        "hvor lang er køen?",
        "vi har altid lang kø foran butikken",
    ],
)
def test_about_the_matter_it_is_kept_for_the_person(text: str) -> None:
    assert vil_forlade(text) is False
