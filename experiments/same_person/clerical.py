"""Clerical labels of Splink's fake_1000: what people held to be one person, beside what was found."""

from __future__ import annotations

from pathlib import Path

from experiments.same_person.published import Published, found_in
from features.same_person.person_files import read_persons

SURE = 0.5  # a clerical score is 0 or 1 in this file


def clerical_agreement(folder: Path, seed: int = 1) -> dict[str, float]:
    """Of the pairs labelled by clerks: how many, precision, recall and F1 of being in one cluster."""
    labels = read_persons(folder / "fake_1000_labels.csv")
    clusters = found_in(Published(folder, "fake_1000"), seed).matched.clusters()
    cluster = dict(zip(clusters["id"].to_pylist(), clusters["cluster_id"].to_pylist(), strict=True))
    one, other = (labels[f"unique_id_{side}"].to_pylist() for side in "lr")
    found = [cluster[a] == cluster[b] for a, b in zip(one, other, strict=True)]
    true = [float(score) >= SURE for score in labels["clerical_match_score"].to_pylist()]
    right = sum(a and b for a, b in zip(found, true, strict=True))
    return {
        "pairs": len(true),
        "precision": round(right / max(sum(found), 1), 4),
        "recall": round(right / max(sum(true), 1), 4),
        "f1": round(2 * right / max(sum(found) + sum(true), 1), 4),
    }
