"""One look over the bytes of a file before it is read: its digest, its lines, its encoding."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

BLOCK = 4 << 20
LONGEST_LINE = 1 << 20  # bytes; a longer one is put aside
UTF8, GB18030 = "utf-8", "gb18030"
ODD_SPACES = [character.encode() for character in "\v\f\u00a0\u3000\ufeff"]
BOM16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass
class Scan:
    """What the bytes of a file are like. `lines` are physical ones, a last one without an end included."""

    sha256: str = ""
    size: int = 0
    lines: int = 0
    newlines: int = 0
    carriage_returns: int = 0
    crlf: int = 0
    nul_bytes: bool = False
    tabs: bool = False
    odd_spaces: bool = False  # such as stand in Chinese spreadsheets; only looked for in UTF-8
    too_long: bool = False
    utf16: bool = False
    encoding: str = UTF8
    decodable: bool = True
    loose_quotes: bool = False  # a blank beside a quote, which readers understand differently

    @property
    def lines_end_alike(self) -> bool:
        r"""All lines end in '\n', or all in '\r\n'."""
        return self.carriage_returns == 0 or self.carriage_returns == self.crlf == self.newlines

    @property
    def regular(self) -> bool:
        """Nothing in the bytes speaks against the fast path."""
        return not (self.nul_bytes or self.too_long or self.loose_quotes) and self.lines_end_alike and self.decodable


def digest(path: Path) -> str:
    """The sha256 of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def scan(path: Path) -> Scan:
    """Look over a text file once (twice where it is not UTF-8); memory does not grow with the file."""
    result = Scan()
    digest = hashlib.sha256()
    ruler = _Ruler()
    decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder(UTF8)()
    previous = b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if not result.size:
                result.utf16 = _is_utf16(block)
            digest.update(block)
            _count(result, previous, block)
            result.too_long = result.too_long or ruler.too_long(block)
            decoder = decoder and _still_utf8(decoder, block)
            previous = block
    result.sha256 = digest.hexdigest()
    result.lines = result.newlines + (result.size > 0 and not previous.endswith(b"\n"))
    if decoder is None or not _still_utf8(decoder, b"", final=True):
        result.encoding, result.decodable = _likeliest_encoding(path)
    return result


def _count(result: Scan, previous: bytes, block: bytes) -> None:
    """Add a block. Looking whether a byte is there at all costs a tenth of counting it."""
    result.size += len(block)
    result.newlines += block.count(b"\n")
    result.nul_bytes = result.nul_bytes or b"\0" in block
    result.tabs = result.tabs or b"\t" in block
    joined = previous[-2:] + block
    result.odd_spaces = result.odd_spaces or _has_odd_space(joined)
    if b'"' in joined:
        result.loose_quotes = result.loose_quotes or b' "' in joined or b'" ' in joined
    if b"\r" in block or previous.endswith(b"\r"):
        result.carriage_returns += block.count(b"\r")
        result.crlf += block.count(b"\r\n") + (previous.endswith(b"\r") and block.startswith(b"\n"))


def _has_odd_space(block: bytes) -> bool:
    spaces = ODD_SPACES[:2] if block.isascii() else ODD_SPACES
    return any(space in block for space in spaces)


def _is_utf16(start: bytes) -> bool:
    sample = start[:4096]
    return start.startswith(BOM16) or sample.count(b"\0") * 3 > len(sample)


def _still_utf8(
    decoder: codecs.IncrementalDecoder, block: bytes, final: bool = False
) -> codecs.IncrementalDecoder | None:
    if block.isascii() and not decoder.getstate()[0]:
        return decoder
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return None
    return decoder


class _Ruler:
    """Finds a line longer than LONGEST_LINE, in jumps of that length."""

    def __init__(self) -> None:
        self.carried = 0  # bytes of the present line in earlier blocks

    def too_long(self, block: bytes) -> bool:
        start = -self.carried
        while start < len(block):
            end = start + LONGEST_LINE + 1
            newline = block.rfind(b"\n", max(start, 0), max(end, 0))
            if newline < 0:
                if end <= len(block):
                    return True
                break
            start = newline + 1
        self.carried = len(block) - start
        return False


def _likeliest_encoding(path: Path) -> tuple[str, bool]:
    """The encoding that most lines beyond ASCII are written in, and whether all of them surely are.

    Almost any bytes are some GB18030, while Chinese text in GB18030 is hardly ever UTF-8 by chance: so a
    UTF-8 file with a few damaged lines stays UTF-8.
    """
    beyond = utf8 = gb18030 = chinese_utf8 = 0
    with path.open("rb") as file:
        while line := file.readline(LONGEST_LINE):
            if not line.isascii():
                beyond += 1
                utf8 += _decodes(line, UTF8)
                gb18030 += _decodes(line, GB18030)
                chinese_utf8 += is_chinese_utf8(line)
    if utf8 * 2 > beyond or gb18030 == 0:
        return UTF8, utf8 == beyond
    return GB18030, gb18030 == beyond and not chinese_utf8


def is_chinese_utf8(line: bytes) -> bool:
    """Whether all of a line is UTF-8 with Chinese in it, which text in GB18030 hardly ever is by chance.

    Bytes that are UTF-8 by chance give other letters: 联通 in GB18030 reads as two of the Arabic block.
    """
    try:
        return any("\u4e00" <= character <= "\u9fff" for character in line.decode(UTF8))
    except UnicodeDecodeError:
        return False


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def open_binary(path: Path) -> BinaryIO:
    """The file for reading bytes, placed after a byte order mark."""
    file = path.open("rb")
    if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
        file.seek(0)
    return file
