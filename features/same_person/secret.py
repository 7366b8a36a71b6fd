"""The secret behind keyed hashes: of this deployment alone, made once, readable by its owner alone."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from features.errors import BadInput, Damaged

FILE = "same-person.key"
BYTES = 32


def read_secret(home: Path) -> bytes:
    """The secret in `home`, made there (mode 600) where there is none. Damaged where it is not 32 bytes in hex."""
    path = home / FILE
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return _made(path)
    except (UnicodeDecodeError, ValueError):
        secret = b""
    if len(secret) != BYTES:
        raise Damaged(
            "the secret of keyed hashes cannot be read",
            found=f"{path}: no {BYTES} bytes in hexadecimal",
            expected="the file as it was made",
            do="put it back from a copy; without it, remove it and match everything again",
        )
    return secret


def _made(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_bytes(BYTES)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # somebody else was quicker
        return read_secret(path.parent)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret.hex())
    return secret


def fingerprint(secret: bytes) -> str:
    """What tells two secrets apart and tells nothing of either."""
    return hashlib.blake2b(b"fingerprint", key=secret, digest_size=8).hexdigest()


def refuse_other(secret: bytes, recorded: str) -> None:
    """BadInput where `secret` is not the one whose fingerprint was recorded."""
    if fingerprint(secret) != recorded:
        raise BadInput(
            "these hashes were made with another secret",
            found=fingerprint(secret),
            expected=recorded,
            do=f"put back the file {FILE} they were made with, or match everything again",
        )
