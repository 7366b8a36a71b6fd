"""Passwords: what is kept of them (Argon2id), whether one is right, whether one is good enough."""

from __future__ import annotations

import secrets
import unicodedata
from base64 import b64encode
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from features.errors import BadInput
from serving.people.limits import (
    ARGON2_LANES,
    ARGON2_MEMORY_KIB,
    ARGON2_PASSES,
    LEAST_DIFFERENT,
    LEAST_PASSWORD,
    MOST_PASSWORD,
    PASSWORDS_AT_ONCE,
)

_HASHER = PasswordHasher(time_cost=ARGON2_PASSES, memory_cost=ARGON2_MEMORY_KIB, parallelism=ARGON2_LANES)
_AT_ONCE = BoundedSemaphore(PASSWORDS_AT_ONCE)


def hash_of(password: str) -> str:
    """What is kept of a password: an Argon2id hash with its own salt and costs."""
    with _AT_ONCE:
        return _HASHER.hash(_written_alike(password))


def is_right(password: str, kept: str | None) -> bool:
    """Whether `kept` is of this password. Where nothing is kept (no such account) the work is the same, and the answer no."""
    fits = len(password) <= MOST_PASSWORD
    with _AT_ONCE:
        try:
            right = _HASHER.verify(kept or _nobodys(), _written_alike(password) if fits else "")
        except (VerificationError, InvalidHashError):
            return False
    return right and fits and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether `kept` was made with other costs than today's, and should be made again while the password is at hand."""
    return _HASHER.check_needs_rehash(kept)


def must_be_good(password: str, *known: str) -> None:
    """BadInput where a password is too short or too long, holds one of the words `known` of its owner, or is a pattern.

    What was typed is never said back.
    """
    short = not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD
    told = [word for word in known if len(word) > 2 and word.casefold() in password.casefold()]
    if short or told or len(set(password)) < LEAST_DIFFERENT:
        raise BadInput(
            "the password cannot be used",
            found=f"{len(password)} characters" if short else "the account's own name" if told else "a pattern",
            expected=f"{LEAST_PASSWORD} to {MOST_PASSWORD} characters, {LEAST_DIFFERENT} of them different, "
            "without the account's own name",
            do="choose a few words that do not belong together",
        )


def _written_alike(password: str) -> str:
    """The same characters however a keyboard composes them."""
    return unicodedata.normalize("NFKC", password)


def _nobodys() -> str:
    """A hash of today's costs that no password has: comparing with it takes as long as with anybody's."""
    salt, digest = (
        b64encode(secrets.token_bytes(n)).decode().rstrip("=") for n in (_HASHER.salt_len, _HASHER.hash_len)
    )
    costs = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${digest}"
