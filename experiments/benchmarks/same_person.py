"""A million claims: which are of one person? Ours beside exact rules, fuzzy rules and Splink, on the same machine.

    python -m experiments.benchmarks.same_person --claims 1000000 --seed 1

Makes the claims (written_claims.py), runs each way in a process of its own (wall seconds, CPU seconds, peak resident
memory) and prints JSON with precision, recall and F1 over pairs of claims. Splink comes with the extra `benchmarks`.
What ours learns from reviews is drawn as reviewers would see them: pairs that it took for likely or doubtful before.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from experiments.benchmarks.hand_rules import exact_pairs, fuzzy_pairs, joined
from experiments.benchmarks.measuring import measured, ran_as_step
from experiments.benchmarks.pairs_found import pairs_found
from experiments.benchmarks.written_claims import draw_claims
from experiments.province.arrays import Array
from features.same_person.columns import Column
from training.same_person.match import match

MODULE = "experiments.benchmarks.same_person"
SPLINK_THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9995, 0.9999, 0.99995, 0.99999, 0.999999)
REVIEWS = (0, 2_000, 20_000)
SECRET = bytes(range(32))  # of made claims
FIELDS = {
    "name": "name", "born_on": "born_on", "identity": "person_id", "phone": "phone", "account": "account",
    "address": "address",
}  # fmt: skip
CLAIMS, TRUTH, CANDIDATES = "claims.parquet", "truth.parquet", "candidates.parquet"
Figures = dict[str, Any]


def run_make(folder: str, claims: str, seed: str) -> int:
    """Write the claims and the truth."""
    written, truth = draw_claims(int(claims), int(seed))
    pq.write_table(written, Path(folder, CLAIMS))
    pq.write_table(truth, Path(folder, TRUTH))
    return int(written.num_rows)


def run_exact(folder: str) -> dict[str, float]:
    """Equal identity number, or equal name and birth date."""
    return _kept(folder, "exact", *exact_pairs(Path(folder, CLAIMS)))


def run_fuzzy(folder: str) -> dict[str, float]:
    """Rules by hand over edit distances."""
    return _kept(folder, "fuzzy", *fuzzy_pairs(Path(folder, CLAIMS)))


def run_splink(folder: str) -> dict[str, float]:
    """Training, predictions, and clusters at .95."""
    from experiments.benchmarks.splink_peer import splink_pairs  # of the extra `benchmarks`

    return _kept(folder, "splink", *splink_pairs(Path(folder, CLAIMS)))


def run_ours(folder: str, reviews: str) -> dict[str, float]:
    """Ours, with so many reviews of pairs that the run without any took for likely or doubtful; from 0 on."""
    table = pq.read_table(Path(folder, CLAIMS))
    raw = {field: Column.of(table[column]) for field, column in FIELDS.items()}
    reviewed = _reviews(Path(folder), int(reviews)) if int(reviews) else None
    found = match(table["claim_id"].to_pylist(), table["known_on"], raw, SECRET, reviews=reviewed)
    if reviewed is None:
        pq.write_table(found.pairs(), Path(folder, CANDIDATES))
    row = np.argsort(np.argsort(found.records.ids))  # claims are in the order of claim_id
    return _kept(folder, f"ours_{reviews}", row, row[found.cluster]) | {"pairs_compared": len(found.blocked)}


def _reviews(folder: Path, number: int) -> pa.Table:
    """Half of them of doubtful pairs, half of any worth keeping; reviewers find the truth."""
    pairs = pq.read_table(folder / CANDIDATES)
    chance, probability = np.random.default_rng(number), pairs["probability"].to_numpy()
    doubtful = np.flatnonzero((probability > 0.05) & (probability < 0.95))
    half = chance.choice(doubtful, min(number // 2, len(doubtful)), replace=False)
    others = np.setdiff1d(np.arange(len(probability)), half)
    drawn = pairs.take(np.r_[half, chance.choice(others, number - len(half), replace=False)])
    truth = pq.read_table(folder / TRUTH)
    one, other = (_persons(truth, drawn[name]) for name in ("id", "other_id"))
    return pa.table({"id": drawn["id"], "other_id": drawn["other_id"], "same": one == other})


def _persons(truth: pa.Table, claims: pa.ChunkedArray) -> Array:
    return np.asarray(truth["person_id"].take(pc.index_in(claims, truth["claim_id"].combine_chunks())).to_numpy())


def _kept(folder: str, way: str, left: Array, right: Array, probability: Array | None = None) -> dict[str, float]:
    given = np.ones(len(left)) if probability is None else probability
    pq.write_table(pa.table({"left": left, "right": right, "probability": given}), Path(folder, f"{way}.parquet"))
    return {"pairs_kept": len(left)}


def judged(folder: Path, way: str, threshold: float = 0.0) -> dict[str, float]:
    """What the pairs of `way` at `threshold` or above are worth, joined into groups."""
    truth = pq.read_table(folder / TRUTH)["person_id"].to_numpy()
    pairs = pq.read_table(folder / f"{way}.parquet")
    left, right, probability = (pairs[name].to_numpy() for name in pairs.column_names)
    kept = probability >= threshold
    return pairs_found(joined(len(truth), (left[kept], right[kept])), truth)


def pairs_alone(folder: Path, way: str) -> float:
    """F1 of the pairs as they are, nothing joined."""
    truth = pq.read_table(folder / TRUTH)["person_id"].to_numpy()
    pairs = pq.read_table(folder / f"{way}.parquet")
    right = int((truth[pairs["left"].to_numpy()] == truth[pairs["right"].to_numpy()]).sum())
    sizes = np.unique(truth, return_counts=True)[1].astype(np.int64)
    return round(2 * right / (int(pairs.num_rows) + int((sizes * (sizes - 1) // 2).sum())), 4)


STEPS: dict[str, Callable[..., int | dict[str, float]]] = {
    "make": run_make, "exact": run_exact, "fuzzy": run_fuzzy, "ours": run_ours, "splink": run_splink,
}  # fmt: skip


def compare(folder: Path, claims: int, seed: int) -> Figures:
    """All ways over the same claims."""
    results: Figures = {"make": measured(MODULE, "make", folder, claims, seed)}
    for way in ("exact", "fuzzy"):
        took = measured(MODULE, way, folder)
        results[way] = took | judged(folder, way) | {"f1_of_pairs_alone": pairs_alone(folder, way)}
    for reviews in REVIEWS:
        took = measured(MODULE, "ours", folder, reviews)
        results[f"ours_{reviews}"] = took | judged(folder, f"ours_{reviews}")
    took = measured(MODULE, "splink", folder)
    by_threshold = {each: judged(folder, "splink", each) for each in SPLINK_THRESHOLDS}
    best = max(by_threshold, key=lambda each: by_threshold[each]["f1"])
    results["splink"] = took | {"at_.95": by_threshold[0.95], "best": {"threshold": best, **by_threshold[best]}}
    return results


def main() -> None:
    """Parse the options, measure, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="plumbline-claims-") as folder:
        results = compare(Path(folder), options.claims, options.seed)
    print(json.dumps(results, indent=1))


if __name__ == "__main__" and not ran_as_step(STEPS, sys.argv[1:]):
    main()
