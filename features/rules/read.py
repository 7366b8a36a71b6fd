"""Read the rules of a YAML file, or refuse it with all that is wrong, each with line and column."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from features.errors import BadInput, NotFound
from features.feature import Catalogue
from features.rules.fields import RuleReader
from features.rules.positions import Place, compose, place_of, value_of
from features.rules.rule import Rule, RuleBook
from features.rules.words import Words, words_of

SHIPPED = "rules.yaml"
BESIDE = "beside_shipped"  # a key of an office's own file: its rules stand beside those shipped, else instead of them


def read_rules(catalogue: Catalogue, path: Path | None = None) -> RuleBook:
    """The rules in the file at `path`, or those that come with Plumbline, checked against the features of `catalogue`.

    A file that says `beside_shipped: true` adds its rules to those shipped; one of the same name takes its place.
    NotFound where the file cannot be read; BadInput names every fault with its line and column.
    """
    raw, called = _raw(path), str(path or SHIPPED)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"the rules in {called} are not UTF-8", found=str(error), do="save the file as UTF-8") from error
    words = words_of(catalogue)
    document = compose(text, called)
    rules, faults = _rules(document, text, words)
    if faults:
        raise BadInput(
            f"the rules in {called} cannot be used",
            found="\n  ".join(["", *(f"{place}: {said}" for place, said in sorted(faults, key=_where))]),
            expected="rules as in docs/rules.md, over features that `plumbline features` lists",
            do="put each of these places right",
        )
    if _beside(document):
        rules = _joined(read_rules(catalogue).rules, rules)
        raw += _raw(None)
    version = f"{max(rule.valid_from for rule in rules)}-{hashlib.sha256(raw).hexdigest()[:8]}"
    read = {name for rule in rules for name in rule.reads}
    return RuleBook(version, rules, {name: words[name].unit for name in sorted(read)})


def _raw(path: Path | None) -> bytes:
    try:
        return path.read_bytes() if path else files("features.rules").joinpath(SHIPPED).read_bytes()
    except OSError as error:
        raise NotFound(
            f"the file of rules {path} cannot be read: {error.strerror}", do="name a file that is there"
        ) from error


def _where(fault: tuple[Place, str]) -> tuple[int, int]:
    return fault[0].line, fault[0].column


def _rules(document: yaml.Node | None, text: str, words: Words) -> tuple[tuple[Rule, ...], list[tuple[Place, str]]]:
    faults: list[tuple[Place, str]] = []
    items = _items(document, faults)
    rules: dict[str, Rule] = {}
    first: dict[str, Place] = {}
    for item in items:
        reader = RuleReader(text, words, faults)
        rule = reader.rule(item)
        if reader.name and reader.name in first:
            faults.append((place_of(item), f"rule {reader.name} is there already, at {first[reader.name]}"))
        elif reader.name:
            first[reader.name] = place_of(item)
        if rule:
            rules[rule.name] = rule
    return tuple(rules.values()), faults


def _items(document: yaml.Node | None, faults: list[tuple[Place, str]]) -> list[yaml.Node]:
    fields = _fields(document)
    listed = fields.pop("rules", None)
    beside = fields.pop(BESIDE, None)
    if beside is not None and _says(beside) not in (True, False):
        faults.append((place_of(beside), f"{BESIDE} is true or false"))
    faults += [(place_of(key), f"{key.value} is said twice; one list has all the rules") for key in _repeated(document)]
    if isinstance(listed, yaml.SequenceNode) and listed.value and not fields:
        return list(listed.value)
    keys = ", ".join(map(str, _fields(document))) or "no keys"
    said = f"the file holds {keys}; wanted is `rules:` and a list of rules under it"
    faults.append((place_of(document) if document else Place(1, 1), said))
    return []


def _fields(document: yaml.Node | None) -> dict[str, yaml.Node]:
    return {key.value: node for key, node in document.value} if isinstance(document, yaml.MappingNode) else {}


def _repeated(document: yaml.Node | None) -> list[yaml.Node]:
    """Keys of the file that were there before: YAML itself would let the last of them win, and drop the rest."""
    keys = [key for key, _ in document.value] if isinstance(document, yaml.MappingNode) else []
    return [key for place, key in enumerate(keys) if key.value in {before.value for before in keys[:place]}]


def _says(node: yaml.Node) -> Any:
    try:
        return value_of(node)
    except ValueError:
        return None


def _beside(document: yaml.Node | None) -> bool:
    node = _fields(document).get(BESIDE)
    return node is not None and _says(node) is True


def _joined(shipped: tuple[Rule, ...], own: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple({rule.name: rule for rule in (*shipped, *own)}.values())
