"""One rule of a file: its fields, each checked, each fault with its place."""

from __future__ import annotations

import datetime as dt
import re
import reprlib
from typing import Any

import yaml

from features.languages import LANGUAGES
from features.registers.declaration import Text
from features.registers.pay import SCHEMES
from features.rules.checks import Faults
from features.rules.expressions import Expression, read_expression
from features.rules.positions import Place, place_in, place_of, value_of
from features.rules.rule import SEVERITIES, Rule
from features.rules.sentences import faults_of, names_in
from features.rules.words import Words

REQUIRED = ("name", "valid_from", "severity", "legal_basis", "when", "says")
KNOWN = (*REQUIRED, "schemes", "valid_until")
ALL_SCHEMES = (*SCHEMES.split(), "other")
NAME = re.compile(r"[a-z][a-z0-9_]*")

Found = list[tuple[Place, str]]


class RuleReader:
    """Reads one rule. `name` is its name as soon as that could be read."""

    def __init__(self, text: str, words: Words, found: Found) -> None:
        self.text, self.words, self.found = text, words, found
        self.name = ""
        self.nodes: dict[str, yaml.Node] = {}

    def rule(self, item: yaml.Node) -> Rule | None:
        """The rule; None where it has faults."""
        before = len(self.found)
        if not self._take(item):
            return None
        self.name = self._name()
        severity = self._choice("severity", SEVERITIES)
        schemes = self._schemes()
        since, until = self._day("valid_from"), self._day("valid_until")
        if since and until and until < since:
            self._fault(self.nodes["valid_until"], f"valid_until {until} is before valid_from {since}")
        basis, when, says = self._texts("legal_basis"), self._when(), self._says()
        if len(self.found) > before or since is None or basis is None or says is None or when is None:
            return None
        return Rule(
            self.name, schemes, since, until, severity, basis, says, when, tuple(dict.fromkeys(names_in(says.en)))
        )

    def _take(self, item: yaml.Node) -> bool:
        if not isinstance(item, yaml.MappingNode):
            self._fault(item, "this is no rule; a rule is fields such as `name: ...`")
            return False
        for key, node in item.value:
            if key.value in self.nodes:
                self._fault(key, f"{key.value} is said twice")
            elif key.value not in KNOWN:
                self._fault(key, f"{key.value} is not known; known are {', '.join(KNOWN)}")
            self.nodes.setdefault(key.value, node)
        for name in REQUIRED:
            if name not in self.nodes:
                self._fault(item, f"{name} is missing")
        return True

    def _fault(self, node: yaml.Node, said: str) -> None:
        self.found.append((place_of(node), said))

    def _value(self, name: str, wanted: type | tuple[type, ...], called: str) -> Any:
        """What the field says, if it is of a type wanted; None where it is not there or something else."""
        if name not in self.nodes:
            return None
        try:
            value = value_of(self.nodes[name])
        except ValueError as error:
            self._fault(self.nodes[name], f"{name} is {error}, not {called}")
            return None
        if isinstance(value, wanted) and type(value) is not dt.datetime and value not in ("", []):
            return value
        self._fault(self.nodes[name], f"{name} is {reprlib.repr(value)}, not {called}")
        return None

    def _name(self) -> str:
        name = self._value("name", str, "a name")
        if name and not NAME.fullmatch(name):
            self._fault(self.nodes["name"], f"name {name} is not of small letters, digits and underscores")
        return name or ""

    def _choice(self, name: str, allowed: tuple[str, ...]) -> str:
        value = self._value(name, str, f"one of {', '.join(allowed)}")
        if value is not None and value not in allowed:
            self._fault(self.nodes[name], f"{name} {value} is none of {', '.join(allowed)}")
        return value or ""

    def _schemes(self) -> tuple[str, ...]:
        schemes = self._value("schemes", list, "a list of schemes")
        for one in schemes or ():
            if one not in ALL_SCHEMES:
                self._fault(self.nodes["schemes"], f"{one}: none of {', '.join(ALL_SCHEMES)}")
        return tuple(map(str, schemes or ()))

    def _day(self, name: str) -> dt.date | None:
        day: dt.date | None = self._value(name, dt.date, "a day such as 2024-06-30")
        return day

    def _texts(self, name: str) -> Text | None:
        """A text in every language."""
        node = self.nodes.get(name)
        if node is None or self._value(name, dict, "a text in each language (en, zh)") is None:
            return None
        assert isinstance(node, yaml.MappingNode)
        said = {key.value: value for key, value in node.value}
        for key, _ in node.value:
            if key.value not in LANGUAGES:
                self._fault(key, f"{key.value} is no language; {', '.join(LANGUAGES)} are")
        missing = [language for language in LANGUAGES if not _written(said.get(language))]
        if missing:
            self._fault(node, f"{name} is missing in {', '.join(missing)}")
        return None if missing else Text(**{language: " ".join(said[language].value.split()) for language in LANGUAGES})

    def _says(self) -> Text | None:
        said = self._texts("says")
        if said is None:
            return None
        node = self.nodes["says"]
        wrong = [f"{lang}: {fault}" for lang in LANGUAGES for fault in faults_of(getattr(said, lang), self.words)]
        for fault in wrong:
            self._fault(node, f"says {fault}")
        if not wrong and set(names_in(said.en)) != set(names_in(said.zh)):
            odd = sorted(set(names_in(said.en)) ^ set(names_in(said.zh)))
            self._fault(node, f"says: {', '.join(odd)} is named in one language only")
        return said

    def _when(self) -> Expression | None:
        if self._value("when", (str, bool, int, float), "an expression") is None:
            return None
        node = self.nodes["when"]
        assert isinstance(node, yaml.ScalarNode)
        faults = Faults()
        when = read_expression(node.value, self.words, faults)
        if when and not when.names:
            faults.add(0, "no feature is named in it, so it would hold for all claims or for none")
        self.found += [(place_in(node, offset, self.text), said) for offset, said in faults.found]
        return when


def _written(node: yaml.Node | None) -> bool:
    return isinstance(node, yaml.ScalarNode) and bool(node.value.strip())
