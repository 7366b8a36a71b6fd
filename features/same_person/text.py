"""Text as it is compared: one width, one case, one form of each hanzi, no accents, one kind of separator."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc
from pypinyin import Style, pinyin

_HANZI = range(0x3400, 0xA000)
_NOT_A_WORD = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Words without case, accents or punctuation, between single spaces; variant and traditional hanzi simplified.

    >>> folded("  O’Brien-Müller，張偉 ")
    'o brien muller 张伟'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
        text = "".join(letter for letter in text if not unicodedata.combining(letter)).translate(_simplified())
        text = unicodedata.normalize("NFC", text)  # Korean syllables whole again
    return _NOT_A_WORD.sub(" ", text.casefold()).strip()


def compact(text: str) -> str:
    """Letters and digits alone, in capitals: what is left of a number however it is separated.

    >>> compact("ＡＢ-12 34/5")
    'AB12345'
    """
    if text.isascii() and text.isalnum():  # as most are: the same, quicker
        return text.upper()
    return folded(text).replace(" ", "").upper()


def digits(text: str) -> str:
    """The digits alone, of any script or width, as 0 to 9."""
    if text.isascii() and text.isdigit():
        return text
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.digit(letter)) for letter in plain if letter.isdigit())


def has_hanzi(text: str) -> bool:
    """Whether any character is a hanzi."""
    return not text.isascii() and any(ord(letter) in _HANZI for letter in text)


@cache
def syllable(hanzi: str) -> str:
    """A hanzi as it is read, without tone, in ASCII; another character as it is."""
    read = pinyin(hanzi, style=Style.NORMAL, v_to_u=False)[0][0]
    return unicodedata.normalize("NFKD", read).encode("ascii", "ignore").decode() if has_hanzi(hanzi) else hanzi


@cache
def _simplified() -> dict[int, str]:
    """Each hanzi that has a simplified form. By character, not by phrase: a character then never depends on others."""
    convert = opencc.OpenCC("t2s").convert
    letters = [chr(code) for code in _HANZI]
    once = convert("\n".join(letters)).split("\n")
    twice = convert("\n".join(once)).split("\n")  # a few are simplified to what is simplified further
    return {ord(a): b for a, b in zip(letters, twice, strict=True) if len(b) == 1 and a != b}
