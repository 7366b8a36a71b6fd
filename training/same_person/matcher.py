"""A matcher: the pair model, the frequencies and the settings it was made with, as one artefact of text and JSON.

A pair's probability depends on the two records and the matcher alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np

from features.errors import BadInput, NotFound
from features.same_person import secret as secrets
from features.same_person.columns import Floats, Ints
from features.same_person.compared import Compared, rarities
from features.same_person.comparisons import matrix, names_of
from features.same_person.evidence import Weights
from features.same_person.frequencies import Frequencies, as_plain, from_plain
from features.same_person.keys import Key
from features.same_person.limits import HOPELESS, HOPELESS_FROM
from features.same_person.records import Records

TREES_FILE, FILE = "pair_model.txt", "matcher.json"
AT_ONCE = 100_000  # pairs that are compared at a time


def _threads() -> int:
    """As many as may run: OMP_NUM_THREADS where it says, else the processors of this process."""
    said = os.environ.get("OMP_NUM_THREADS", "")
    return int(said) if said.isdigit() and int(said) else len(os.sched_getaffinity(0))


@dataclass(frozen=True, eq=False)
class Matcher:
    """What turns two records into the probability that they are one person's.

    `least_shared`: how much in common two records must have to be compared (shared_values.py); `facts`: how it was made.
    """

    booster: lgb.Booster
    columns: tuple[str, ...]
    keys: tuple[Key, ...]
    least_shared: int
    frequencies: Frequencies
    weights: Weights
    day_first: bool
    facts: dict[str, Any]

    def probability(self, records: Records, left: Ints, right: Ints, secret: bytes) -> Floats:
        """(m,) probabilities that the records at `left` and `right` are one person's."""
        self.refuse_other_columns(records)
        rarity = rarities(records, self.frequencies, secret)

        def of(at: int) -> Floats:
            pairs = Compared(records, left[at : at + AT_ONCE], right[at : at + AT_ONCE], rarity)
            return self.judged(matrix(pairs))

        if len(left) <= AT_ONCE:
            return of(0) if len(left) else np.zeros(0)
        with ThreadPoolExecutor(_threads()) as at_once:  # what they call leaves Python's lock to others
            return np.concatenate([np.zeros(0), *at_once.map(of, range(0, len(left), AT_ONCE))])

    def judged(self, comparisons: Floats) -> Floats:
        """(m,) probabilities from the comparisons (m, k) of pairs: by the trees, and 0 where the evidence of enough records
        leaves as good as no chance, without asking them."""
        compared = with_evidence(comparisons, self.weights, names_of(self.columns))
        records = max((counts.rows for counts in self.frequencies.values()), default=0)
        hopeless = HOPELESS if records >= HOPELESS_FROM else 0.0
        asked = self.weights.probability(compared[:, -1]) >= hopeless
        judged = np.zeros(len(compared))
        if asked.any():
            judged[asked] = self.booster.predict(compared[asked], num_threads=1)
        return judged

    def refuse_other_columns(self, records: Records) -> None:
        """BadInput where records lack a column that the matcher compares, or have others."""
        if set(records.columns) != set(self.columns):
            raise BadInput(
                "these records have other columns than those the matcher was made with",
                found=", ".join(sorted(records.columns)),
                expected=", ".join(sorted(self.columns)),
                do="map the same columns, or make a matcher for these records",
            )

    def save(self, folder: Path) -> None:
        """Write the artefact into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        self.booster.save_model(str(folder / TREES_FILE))
        said = {
            "columns": list(self.columns),
            "comparisons": list(names_of(self.columns)),
            "keys": [list(key.pieces) for key in self.keys],
            "least_shared": self.least_shared,
            "day_first": self.day_first,
            "facts": self.facts,
            "weights": self.weights.as_plain(),
            "frequencies": as_plain(self.frequencies),
        }
        (folder / FILE).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def with_evidence(comparisons: Floats, weights: Weights, names: Sequence[str]) -> Floats:
    """(m, k + 1): comparisons (m, k), then the evidence they amount to."""
    return np.column_stack([comparisons, weights.of(comparisons, names)])


def load_matcher(folder: Path, secret: bytes) -> Matcher:
    """The matcher in `folder`. NotFound: none there; BadInput: made with other comparisons or another secret."""
    if not (folder / FILE).is_file():
        raise NotFound(
            "there is no matcher",
            found=str(folder),
            expected=f"{FILE} and {TREES_FILE}",
            do="make one with plumbline match --save",
        )
    said = json.loads((folder / FILE).read_text(encoding="utf-8"))
    _refuse_other_comparisons(said["columns"], said["comparisons"])
    secrets.refuse_other(secret, said["facts"]["secret"])
    return Matcher(
        lgb.Booster(model_file=str(folder / TREES_FILE)),
        tuple(said["columns"]),
        tuple(Key(tuple(pieces)) for pieces in said["keys"]),
        said["least_shared"],
        from_plain(said["frequencies"]),
        Weights.from_plain(said["weights"]),
        said["day_first"],
        said["facts"],
    )


def _refuse_other_comparisons(columns: Sequence[str], recorded: Sequence[str]) -> None:
    now = names_of(tuple(columns))
    if list(now) != list(recorded):
        raise BadInput(
            "the matcher was made with other comparisons than this version makes",
            found=", ".join(recorded),
            expected=", ".join(now),
            do="make the matcher again",
        )
