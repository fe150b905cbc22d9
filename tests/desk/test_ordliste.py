"""Every value that a table allows has a word on the desk."""

from connectors.crm.delopgaver import STATUSSER as DELOPGAVE_STATUSSER
from connectors.crm.korrespondance import FORMER, RETNINGER
from connectors.crm.models import KANALER, STATUSSER, UDFALD
from connectors.desk import ordliste


def test_every_value_has_a_word() -> None:
    assert tuple(ordliste.KANALER) == KANALER
    assert tuple(ordliste.STATUSSER) == STATUSSER
    assert tuple(ordliste.UDFALD) == UDFALD
    assert tuple(ordliste.DELOPGAVE_STATUSSER) == DELOPGAVE_STATUSSER
    assert set(ordliste.RETNINGER) == set(RETNINGER)
    assert set(ordliste.FORMER) == set(FORMER)


def test_the_templates_know_every_list() -> None:
    known = ordliste.alle()
    assert known["UDFALD"]["loest"] == "Løst"
    assert all(isinstance(words, dict) and words for words in known.values())
