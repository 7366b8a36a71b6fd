"""Where things stand in a YAML file, so that an error can name line and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from features.errors import BadInput
from features.rules.words import HALF_CHARACTER

YAML_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Place:
    """A place in the file, both from 1."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}"


def compose(text: str, called: str) -> yaml.Node | None:
    """The document as nodes that know their places, every key a word; BadInput where `text` is no such YAML."""
    try:
        document = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Place(mark.line + 1, mark.column + 1) if mark else "somewhere"
        raise _no_yaml(called, f"{where}: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise _no_yaml(called, str(error)) from error
    except RecursionError as error:
        raise _no_yaml(called, "parts within parts, too many to be read") from error
    for node in _parts(document):
        for part, fault in _faults_of(node):
            raise _no_yaml(called, f"{place_of(part)}: {fault}")
    return document


def _parts(document: yaml.Node | None) -> Iterator[yaml.Node]:
    """Every node once, however often it is referred to."""
    seen: set[int] = set()
    waiting = [document] if document else []
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def _faults_of(node: yaml.Node) -> Iterator[tuple[yaml.Node, str]]:
    if isinstance(node, yaml.ScalarNode) and HALF_CHARACTER.search(node.value):
        yield node, "half of a character, which no file can hold"
    keys = [key for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    for key in keys:
        if not isinstance(key, yaml.ScalarNode):
            yield key, "a list or mapping where a key is wanted"


def value_of(node: yaml.Node) -> Any:
    """What a node says: texts, numbers, dates, lists and mappings. Raises ValueError for a date that there is not, and for
    whatever else is not what its tag says."""
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"no value of the tag {node.tag.removeprefix(YAML_TAG)}") from error
    finally:
        loader.dispose()


def place_of(node: yaml.Node) -> Place:
    """Where a node begins."""
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)


def place_in(node: yaml.ScalarNode, offset: int, text: str) -> Place:
    """Where the character at `offset` of a scalar's value stands in the file's `text`, however it is written there.

    Quoting, folding and indenting change only the blanks: so the letters before it are counted.
    """
    before = len("".join(node.value[:offset].split()))
    start, end = node.start_mark.index, node.end_mark.index
    raw = _letters_alone(text[start:end], node.style)
    seen = 0
    for index, letter in enumerate(raw):
        if letter.isspace():
            continue
        if seen == before:
            return _place_at(text, start + index)
        seen += 1
    return _place_at(text, max(end - 1, start))


def _letters_alone(raw: str, style: str | None) -> str:
    """`raw`, as long as before, with blanks for what is not of the value: a block's header, quotes, escapes."""
    if style in ("|", ">"):
        head = raw.index("\n") if "\n" in raw else len(raw)
        return " " * head + raw[head:]
    if style in ("'", '"'):
        inside = raw[1:-1].replace("''", " '") if style == "'" else raw[1:-1].replace('\\"', ' "')
        return f" {inside} "
    return raw


def _place_at(text: str, index: int) -> Place:
    line_start = text.rfind("\n", 0, index) + 1
    return Place(text.count("\n", 0, index) + 1, index - line_start + 1)


def _no_yaml(called: str, found: str) -> BadInput:
    return BadInput(
        f"the rules in {called} are not YAML",
        found=found,
        expected="a list of rules under `rules:`, each begun with a dash",
        do="put the file right; a value with a colon or quotes goes in a block begun with |",
    )
