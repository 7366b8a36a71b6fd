"""The limits of sign-in, sessions and unmasking, read once from `limits.toml`."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib.resources import files

_LIMITS = {
    name: limit["value"]
    for name, limit in tomllib.loads(files("serving.people").joinpath("limits.toml").read_text("utf-8")).items()
}


def _seconds(name: str) -> dt.timedelta:
    return dt.timedelta(seconds=_LIMITS[name])


ARGON2_MEMORY_KIB: int = _LIMITS["argon2"]["memory_kib"]
ARGON2_PASSES: int = _LIMITS["argon2"]["passes"]
ARGON2_LANES: int = _LIMITS["argon2"]["lanes"]
PASSWORDS_AT_ONCE: int = _LIMITS["passwords_at_once"]
LEAST_PASSWORD: int = _LIMITS["least_password"]
MOST_PASSWORD: int = _LIMITS["most_password"]
LEAST_DIFFERENT: int = _LIMITS["least_different"]
FREE_TRIES: dict[str, int] = _LIMITS["free_tries"]
FIRST_WAIT = _seconds("first_wait")
LONGEST_WAIT = _seconds("longest_wait")
TRIES_FORGOTTEN = _seconds("tries_forgotten")
FAMILIAR_ADDRESS = dt.timedelta(days=_LIMITS["familiar_address"])
SESSION_IDLE = _seconds("session_idle")
SESSION_LONGEST = _seconds("session_longest")
SEEN_EVERY = _seconds("seen_every")
SIGN_IN_STARTED = _seconds("sign_in_started")
TOKEN_DAYS: int = _LIMITS["token_days"]["usual"]
MOST_TOKEN_DAYS: int = _LIMITS["token_days"]["longest"]
LEAST_REASON: int = _LIMITS["least_reason"]
UNMASKINGS_AN_HOUR: int = _LIMITS["unmaskings_an_hour"]
CLOCKS_APART: int = _LIMITS["clocks_apart"]
PROVIDER_WAIT: float = _LIMITS["provider_wait"]
