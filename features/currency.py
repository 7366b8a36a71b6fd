"""How an amount of money is written in every language of the pages; which currency it is of is data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from features.errors import BadInput
from features.languages import LANGUAGES
from features.limits import limits_text

FILE = "currency.toml"


@dataclass(frozen=True)
class Currency:
    """`amount`: by language, the text with {amount} in it; `unit`: what the main unit is called."""

    amount: Mapping[str, str]
    unit: Mapping[str, str]

    def say(self, amount: float, language: str) -> str:
        """`amount`, in main units, without decimals."""
        return self.amount[language].format(amount=f"{amount:,.0f}")


def read_currency(text: str) -> Currency:
    """The currency of a file like `currency.toml`. BadInput where it cannot be used."""
    try:
        read = tomllib.loads(text)
        currency = Currency(**{part: {language: read[part][language] for language in LANGUAGES} for part in read})
        told = [currency.say(1234, language) for language in LANGUAGES]
        if not all("1,234" in each for each in told):
            raise ValueError(f"1,234 is told as {' and '.join(told)}")
    except (tomllib.TOMLDecodeError, TypeError, LookupError, ValueError, AttributeError) as error:
        raise BadInput(
            f"{FILE} cannot be used",
            found=f"{type(error).__name__} {error}",
            expected="amount and unit, each with a text in en and zh, and {amount} in those of amount",
            do=f"correct {FILE} in the folder of PLUMBLINE_LIMITS",
        ) from error
    return currency


CURRENCY = read_currency(limits_text(FILE))
