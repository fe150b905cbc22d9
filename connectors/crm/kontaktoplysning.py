"""Contact data in one spelling, so that the same person is known again."""

from __future__ import annotations

import phonenumbers


def normal_email(text: str) -> str:
    """Lower case, without surrounding blanks, brackets and the sentence's punctuation."""
    return text.strip().strip("<>()[]\"'").rstrip(".,;:!?").removeprefix("mailto:").casefold()


def normal_telefon(text: str) -> str | None:
    """Digits of a Danish number without +45, a foreign number as E.164; None where it is no phone number."""
    try:
        number = phonenumbers.parse(text, "DK")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    if number.country_code == 45:
        return str(number.national_number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def samme_kontakt(oplyst: str, email: str | None, telefon: str | None) -> bool:
    """Whether what somebody typed is the case's e-mail address (any case) or its phone number (any spelling)."""
    if "@" in oplyst:
        return email is not None and normal_email(oplyst) == normal_email(email)
    number = normal_telefon(oplyst)
    return number is not None and telefon is not None and number == normal_telefon(telefon)
