"""What a matcher's results rest on besides the records: limits, words and the kinds of identity numbers, as digests."""

from __future__ import annotations

import hashlib
from importlib.resources import files

from features.limits import limits_text
from features.same_person.identity import FILE as IDENTITY_FILE

SETTINGS: dict[str, str] = {
    name: hashlib.sha256(text.encode()).hexdigest()[:16]
    for name, text in {
        "identity_numbers": limits_text(IDENTITY_FILE),
        "limits": files("features.same_person").joinpath("limits.toml").read_text(encoding="utf-8"),
        "words": files("features.same_person").joinpath("words.toml").read_text(encoding="utf-8"),
        "learning": files(__package__).joinpath("limits.toml").read_text(encoding="utf-8"),
        "slips": files(__package__).joinpath("slips.toml").read_text(encoding="utf-8"),
    }.items()
}
