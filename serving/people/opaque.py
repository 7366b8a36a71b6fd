"""Tokens that mean nothing by themselves. Of each only a hash is kept: whoever reads the store can use none.

They are random and long, so a plain hash of them cannot be guessed back, as one of a password could.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

BYTES = 32  # of chance in a token
MACHINE = "plumbline_"  # how a machine's token begins, so that it is known for one wherever it turns up


def new_token(beginning: str = "") -> str:
    """A token that nobody can guess."""
    return beginning + secrets.token_urlsafe(BYTES)


def kept_of(token: str) -> str:
    """What is kept of a token, and found again by it: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def csrf_of(session_token: str) -> str:
    """The token that requests of this session carry beside its cookie. It says nothing about the session's own."""
    return hmac.new(session_token.encode(), b"csrf", hashlib.sha256).hexdigest()
