"""What every body that is sent has in common: no key that is not declared, no number that is none, no unreadable text."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


class Sent(BaseModel):
    """The base of all that clients send."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _readable(cls, sent: Any) -> Any:
        """No NUL and no half character anywhere: no store takes them, and the error would be a 500."""
        if not readable(sent):
            raise ValueError("text that cannot be written")
        return sent


def readable(sent: Any) -> bool:
    """Whether all text in plain data can be written in UTF-8 and kept in a store."""
    if isinstance(sent, str):
        return "\0" not in sent and (sent.isascii() or not any("\ud800" <= c <= "\udfff" for c in sent))
    if isinstance(sent, dict):
        return all(readable(key) and readable(value) for key, value in sent.items())
    return all(map(readable, sent)) if isinstance(sent, list) else True
