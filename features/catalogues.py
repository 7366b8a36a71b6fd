"""The catalogues of features there are, by whom they speak of as the command line names them."""

from __future__ import annotations

from features.claims import CLAIM_FEATURES
from features.employers import EMPLOYER_FEATURES
from features.errors import BadInput
from features.feature import Catalogue

CATALOGUES: dict[str, Catalogue] = {"employers": EMPLOYER_FEATURES, "claims": CLAIM_FEATURES}


def catalogues(subject: str | None = None) -> list[Catalogue]:
    """The catalogue of `subject`, or all for None; BadInput where there is none of that name."""
    if subject is None:
        return list(CATALOGUES.values())
    if subject not in CATALOGUES:
        raise BadInput(
            f"there are no features of {subject!r}",
            found=subject,
            expected=" or ".join(CATALOGUES),
            do="name one of these, or leave the subject out for all",
        )
    return [CATALOGUES[subject]]
