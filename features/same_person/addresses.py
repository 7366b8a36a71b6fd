"""Addresses as sets of words and numbers; their order says nothing."""

from __future__ import annotations

import re

from features.same_person.text import folded, has_hanzi

# a number, a run of hanzi up to the sign of an administrative unit, or another word
_PIECES = re.compile(
    r"\d+|[\u3400-\u9fff]+?(?:省|市|区|县|镇|乡|村|街道|大道|路|街|巷|弄|号|栋|幢|单元|楼|室)|[^\W\d_]+"
)
_UNITS = re.compile(r"(?:省|市|区|县|镇|乡|村|街道|大道|路|街|巷|弄|号|栋|幢|单元|楼|室)$")


def address(text: str) -> str:
    """The pieces of an address in alphabetical order: numbers without leading zeros, words folded.

    >>> address("Flat 07, 12 Long Street") == address("12 long street flat 7")
    True
    """
    return " ".join(sorted(piece.lstrip("0") or "0" for piece in _PIECES.findall(folded(text))))


def address_numbers(address: str) -> str:
    """The numbers of a normalised address."""
    return " ".join(piece for piece in address.split(" ") if piece.isdigit())


def address_words(address: str) -> str:
    """The words of a normalised address."""
    return " ".join(piece for piece in address.split(" ") if not piece.isdigit())


def address_word(words: str) -> str:
    """The longest of the words, which tells most: of a Chinese address the longest name of a unit, without its sign."""
    bare = [_UNITS.sub("", word) if has_hanzi(word) else word for word in words.split(" ")]
    return max(bare, key=lambda word: (len(word), word), default="")
