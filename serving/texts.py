"""All that serving says, from its files of texts, in every language of the pages."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal, cast, get_args

from features.currency import CURRENCY
from features.errors import BadInput
from features.languages import LANGUAGES

Language = Literal["en", "zh", "both"]

FILES = (("serving", "texts.toml"), ("serving", "rule_texts.toml"), ("serving.alerts", "texts.toml"))
TEXTS: dict[str, dict[str, str]] = {
    key: said
    for package, name in FILES
    for key, said in tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8")).items()
}


@dataclass(frozen=True)
class Sentence:
    """A finished sentence in every language."""

    en: str
    zh: str

    def say(self, language: Language) -> str:
        """The sentence in `language`; `both` parts the two by a slash, and says once what is the same in both."""
        if language == "en" or (language == "both" and self.en == self.zh):
            return self.en
        return self.zh if language == "zh" else f"{self.en} / {self.zh}"

    def record(self) -> dict[str, str]:
        """The sentence as plain data."""
        return {"en": self.en, "zh": self.zh}


def text(key: str, **values: object) -> Sentence:
    """The text under `key` with `values` in it; a value that is a Sentence is put in language by language.

    What columns of amounts are headed with is there as `currency`."""
    said = {}
    for language in LANGUAGES:
        own = {n: getattr(v, language) if isinstance(v, Sentence) else v for n, v in values.items()}
        said[language] = TEXTS[key][language].format(**{"currency": CURRENCY.unit[language]} | own)
    return Sentence(**said)


def told_money(amount: float | None) -> Sentence:
    """`amount`, in main units, as it is told; None: that it is not known."""
    if amount is None:
        return text("size_unknown")
    return Sentence(**{language: CURRENCY.say(amount, language) for language in LANGUAGES})


def label_name(label: str) -> Sentence:
    """What a model's label means; the label itself where it is an office's own."""
    return text(f"label_{label}") if f"label_{label}" in TEXTS else Sentence(label, label)


def language_of(asked: str) -> Language:
    """`asked` as a language; BadInput names those there are."""
    for language in get_args(Language):
        if language == asked:
            return cast(Language, language)
    raise BadInput("no such language", found=asked, expected="en, zh or both", do="choose one of these")


def plain_data(value: Any) -> Any:
    """`value` as JSON takes it: sentences in every language, records by field, days and times in ISO 8601."""
    if isinstance(value, Sentence):
        return value.record()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain_data(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: plain_data(own) for key, own in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(own) for own in value]
    return value.isoformat() if isinstance(value, dt.date) else value
