"""Masking of CPR numbers; every number here is fictitious."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.cpr import MASK, mask

MASKED = [
    ("010190-1234", "[CPR]"),
    ("010190 1234", "[CPR]"),
    ("0101901234", "[CPR]"),
    ("01 01 90 1234", "[CPR]"),
    ("01 01 90 12 34", "[CPR]"),
    ("01-01-90-1234", "[CPR]"),
    ("01.01.90-1234", "[CPR]"),
    ("01.01.90.1234", "[CPR]"),
    ("01/01/90-1234", "[CPR]"),
    ("01/01-90 1234", "[CPR]"),
    ("0101 90 1234", "[CPR]"),
    ("0101 901234", "[CPR]"),
    ("010190 - 1234", "[CPR]"),
    ("010190- 1234", "[CPR]"),
    ("010190–1234", "[CPR]"),
    ("010190—1234", "[CPR]"),
    ("010190‐1234", "[CPR]"),
    ("010190\u20111234", "[CPR]"),
    ("010190−1234", "[CPR]"),
    ("010190\u00a01234", "[CPR]"),
    ("010190\u202f1234", "[CPR]"),
    ("010190\u2009-\u20091234", "[CPR]"),
    ("010190\u200b1234", "[CPR]"),
    ("01\u200b01\u200b90\u200b-\u200b1234", "[CPR]"),
    ("0\u200d1\ufeff0\u20601\u00ad901234", "[CPR]"),
    ("010190\t1234", "[CPR]"),
    ("010190\n1234", "[CPR]"),
    ("010190.1234", "[CPR]"),
    ("010190/1234", "[CPR]"),
    ("010190_1234", "[CPR]"),
    ("010190:1234", "[CPR]"),
    ("010190,1234", "[CPR]"),
    ("010190 (1234)", "[CPR])"),
    ("010190 bindestreg 1234", "[CPR]"),
    ("0 1 0 1 9 0 1 2 3 4", "[CPR]"),
    ("0-1-0-1-9-0-1-2-3-4", "[CPR]"),
    ("０１０１９０-１２３４", "[CPR]"),
    ("٠١٠١٩٠-١٢٣٤", "[CPR]"),
    ("1\ufe0f\u20e31\ufe0f\u20e30190-1234", "[CPR]"),
    ("01011990-1234", "[CPR]"),
    ("010119901234", "[CPR]"),
    ("01.01.1990-1234", "[CPR]"),
    ("01-01-2001 1234", "[CPR]"),
    ("1.1.90-1234", "[CPR]"),
    ("1/1-1990-1234", "[CPR]"),
    ("10190-1234", "[CPR]"),
    ("610190-1234", "[CPR]"),
    ("9112901234", "[CPR]"),
    ("3112991111", "[CPR]"),
    ("290200-0000", "[CPR]"),
    ("mit cpr er 010190-1234.", "mit cpr er [CPR]."),
    ("cpr0101901234", "cpr[CPR]"),
    ("CPR-nr.: 010190-1234", "CPR-nr.: [CPR]"),
    ("CPR nr 3201901234", "CPR nr [CPR]"),
    ("cpr-nummer 010 190 1234", "cpr-nummer [CPR]"),
    ("personnummer: 0101 9012 34", "personnummer: [CPR]"),
    ("Ole (010190-1234) ejer den", "Ole ([CPR]) ejer den"),
    ("010190-1234 og 020285-4321", "[CPR] og [CPR]"),
    ("20417703 0101901234", "20417703 [CPR]"),
    ("tlf 20 41 77 03, cpr 010190-1234", "tlf 20 41 77 03, cpr [CPR]"),
    ("P-nr. 1010101234, cpr 1501901234", "P-nr. 1010101234, cpr [CPR]"),
    ("010190-1234, P-nr. 1010101234", "[CPR], P-nr. 1010101234"),
    ("1501901234, P-nr. 1010101234", "[CPR], P-nr. 1010101234"),
    ("P-nr. kender jeg ikke, mit cpr er 1010101234", "P-nr. kender jeg ikke, mit cpr er [CPR]"),
    ("P-nr. 0101901234", "P-nr. [CPR]"),
    ("p-nummer 010190-1234", "p-nummer [CPR]"),
    ("1010101234", "[CPR]"),
    ("+010190-1234", "+[CPR]"),
    ("010190*1234", "[CPR]"),
    ("010190 + 1234", "[CPR]"),
    ('"010190"-"1234"', '"[CPR]"'),
    ("født 010190, de sidste fire er 1234", "født [CPR]"),
    ("010190 og sidste 4 cifre: 1234", "[CPR]"),
    ("CVR 97225249 og 010190-1234", "CVR 97225249 og [CPR]"),
    ("KBH-2026-000123 for 010190-1234", "KBH-2026-000123 for [CPR]"),
]

KEPT = [
    "P-nr. 1010101234",
    "p-nummer: 1010101234",
    "pnr 1010101234",
    "P nummer 1010101234",
    "p.nr. 1010101234",
    "P-nummeret er 1010101234",
    "Vores P-nummer i Valby er 1010101234",
    "produktionsenhed 1010101234",
    "P-enhed nr. 1010101234",
    "P-numre 1010101234, 1010105678 og 1012109876",
    "P-nr. 10 10 10 12 34",
    "1010101234 er vores P-nummer",
    "1010101234 (P-nr.)",
    "+45 12 34 56 78",
    "+4512345678",
    "0045 12345678",
    "004512345678",
    "+45 20 12 90 12",
    "+45 20129012",
    "45 20 12 90 12",
    "20417703",
    "20 12 90 12",
    "2012 9012",
    "+31 10 190 1234",
    "+46 8 123 456 78",
    "97225249",
    "CVR: DK 10 12 19 84",
    "CVR 12111975 2100 København Ø",
    "KBH-2026-000123",
    "KBH-2012-001234",
    "kbh 2012 001234",
    "5790000123456",
    "EAN 5790001010123",
    "EAN-nummer 5798 0098 1201 2",
    "Skal jeg bruge cpr eller cvr 97225249 10 ansatte",
    "cpr/cvr 97225249, 12 ansatte",
    "den 12.11.26 14.00",
    "12-11-26 kl. 14:00",
    "fra 01.01.26-31.12.26",
    "fra 010126-311226",
    "01-01-2026 til 31-12-2026",
    "2.000.000 kr. om året",
    "tlf. 20 41 77 03, 1050 København",
    "Vi er 12 ansatte og omsætter for 1234567890 kr.",
    "3401901234",
    "0113901234",
    "",
    "Hvad koster en tilladelse?",
    "§ 8, stk. 2",
]


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_masked(text: str, expected: str) -> None:
    masked, count = mask(text)
    assert masked == expected
    assert count == expected.count(MASK)


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert mask(text) == (text, 0)


@given(st.text(), st.text())
def test_a_plain_number_never_survives_between_other_words(before: str, after: str) -> None:
    text = f"{before} x 010190-1234 x {after}"
    assert "010190-1234" not in mask(text)[0]


@given(st.text(max_size=300))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once, _ = mask(text)
    assert mask(once) == (once, 0)


@given(st.text(alphabet=st.characters(categories=("L", "P", "Z")), max_size=200))
def test_text_without_digits_is_left_alone(text: str) -> None:
    assert mask(text) == (text, 0)
