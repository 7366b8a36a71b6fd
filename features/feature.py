"""What a feature is: one record with all that is said about it anywhere."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any, Self

import ibis.expr.types as ir

from features.changes import Change
from features.currency import CURRENCY
from features.fingerprint import called_by
from features.languages import LANGUAGES
from features.limits import LIMITS

Expression = Callable[..., ir.Value]
POINTS = {"en": " percentage points", "zh": "个百分点"}
ANSWERS = {"en": ("no", "yes"), "zh": ("否", "是")}


@dataclass(frozen=True)
class Reason:
    """A fact as a sentence with a number in it, in every language of the pages."""

    en: str
    zh: str

    def say(self, language: str, value: float | None = None) -> str:
        """The sentence with the value in it."""
        sentence: str = getattr(self, language)
        return sentence.format(value=value if value is None else _Told(value, language))


class _Told(float):
    """A number as sentences tell it: `money` as an amount in `language`, `points` as a difference of two shares; as a
    percentage a number between 0 and 1 has the decimals without which it would be told as 0 % or 100 %."""

    language: str

    def __new__(cls, value: float, language: str) -> Self:
        told = super().__new__(cls, value)
        told.language = language
        return told

    def __format__(self, how: str) -> str:
        if how == "money":
            return CURRENCY.say(self, self.language)
        if how == "points":
            return f"{100 * self:+,.1f}{POINTS[self.language]}"
        told = super().__format__(how)
        for places in range(1, 5):
            if how != ".0%" or not 0 < self < 1 or float(told.rstrip("%")) not in (0, 100):
                break
            told = super().__format__(f".{places}%")
        return told


@dataclass(frozen=True)
class YesOrNo(Reason):
    """The sentence of a value that is 1 where something holds and 0 where it does not: nobody has to read a 1 or 0."""

    def say(self, language: str, value: float | None = None) -> str:
        """The sentence with yes or no in it."""
        sentence: str = getattr(self, language)
        return sentence.format(value=ANSWERS[language][bool(value)])


@dataclass(frozen=True)
class Feature:
    """One feature. `range` is inclusive, None is no bound; `direction` +1 may only raise the risk, -1 only lower it;
    0: either, so it is weighed but never told as a reason.

    `absent` is the sentence for a value that is not there (too little history); `without_history` is
    the value of a subject of whom nothing is known in the source registers. `learned` False: a fact for
    people only, because it grows with the age of the lake, or says whether a visit would find anybody.
    `changeable`: what each act of the employer makes of it; none: the past, or what others do.
    `told_by`: the modules that make what it asks for, where the expression only names it; they are part of its definition.
    """

    name: str
    subject: str
    family: str
    sentence: str
    sentence_zh: str
    unit: str
    source: tuple[str, ...]
    reason: Reason
    absent: Reason
    range: tuple[float | None, float | None]
    direction: int
    without_history: float | None
    expression: Expression
    learned: bool
    changeable: tuple[Change, ...] = ()
    told_by: tuple[str, ...] = ()

    def changed_by(self, act: str) -> Change | None:
        """What the act of that name makes of it."""
        return next((change for change in self.changeable if change.act.name == act), None)

    @cached_property  # asked of every feature for every subject that is explained
    def needs(self) -> tuple[str, ...]:
        """What the expression reads: registers' books, `employer`, `others`."""
        return tuple(inspect.signature(self.expression).parameters)

    @property
    def among_others(self) -> bool:
        """Whether the value depends on other employers' features of the same day."""
        return "others" in self.needs

    @property
    def fingerprint(self) -> str:
        """Changes when the definition changes; a model carries those it was trained with."""
        body = inspect.getsource(self.expression).partition("def ")[2]  # without the decorator: texts may be reworded
        rest = [*called_by(self.expression), *(inspect.getsource(import_module(module)) for module in self.told_by)]
        said = f"{self.name} {self.unit} {self.direction} {self.range} {body} {rest} {LIMITS}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def record(self) -> dict[str, Any]:
        """The record as plain data, for `plumbline features --json` and the catalogue page."""
        return {
            "name": self.name,
            "subject": self.subject,
            "family": self.family,
            "unit": self.unit,
            "source": list(self.source),
            "sentence": {"en": self.sentence, "zh": self.sentence_zh},
            "reasons": {language: getattr(self.reason, language) for language in LANGUAGES},
            "absent": {language: getattr(self.absent, language) for language in LANGUAGES},
            "direction": self.direction,
            "range": list(self.range),
            "without_history": self.without_history,
            "learned": self.learned,
            "changeable": [change.record() for change in self.changeable],
            "fingerprint": self.fingerprint,
        }


class Catalogue:
    """The features of one subject, in the order of their declaration. Names are unique.

    `told_by`: the module that makes what is asked for by the name of a parameter, where that is more than a sum.
    """

    def __init__(self, subject: str, told_by: Mapping[str, str] | None = None) -> None:
        self.subject = subject
        self.told_by = dict(told_by or {})
        self._features: dict[str, Feature] = {}

    def __iter__(self) -> Iterator[Feature]:
        return iter(self._features.values())

    def __len__(self) -> int:
        return len(self._features)

    def __getitem__(self, name: str) -> Feature:
        return self._features[name]

    def __contains__(self, name: str) -> bool:
        return name in self._features

    def declare(
        self,
        *,
        family: str,
        unit: str,
        zh: str,
        reason: Reason,
        source: str | tuple[str, ...],
        range: tuple[float | None, float | None] = (0, None),
        direction: int = 0,
        absent: Reason | None = None,
        without_history: float | None = 0,
        learned: bool = True,
        changeable: Change | tuple[Change, ...] = (),
    ) -> Callable[[Expression], Expression]:
        """Declare the decorated function as a feature; its name and docstring are the feature's own."""

        def register(expression: Expression) -> Expression:
            name = expression.__name__
            if name in self._features:
                raise ValueError(f"feature {name} is declared twice")
            sentence = " ".join((inspect.getdoc(expression) or "").split())
            if not sentence:
                raise ValueError(f"feature {name} has no sentence: give its function a docstring")
            sources = (source,) if isinstance(source, str) else source
            self._features[name] = Feature(
                name, self.subject, family, sentence, zh, unit, sources, reason,
                absent or Reason(en=f"not known: {sentence}", zh=f"未知：{zh}"),
                range, direction, without_history, expression, learned,
                (changeable,) if isinstance(changeable, Change) else changeable,
                tuple(self.told_by[need] for need in inspect.signature(expression).parameters if need in self.told_by),
            )  # fmt: skip
            return expression

        return register
