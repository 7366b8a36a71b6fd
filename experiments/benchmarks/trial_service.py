"""The trial that the service is held against: a big model with reasons in a plain BentoML service, and nothing else.

    TRIAL_MODEL=FILE TRIAL_WORKERS=N python -m experiments.benchmarks.trial_service PORT

500 trees of 63 leaves over 80 numbers, each answer with its five largest contributions; no sign-in, no check for duplicates, no
rules, no journal. Before there was a service it gave 75 to 83 requests/s, p50 13 ms at one connection, on another machine: what
it gives today says how fast today's machine is. FILE keeps the model.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import bentoml
import lightgbm as lgb
import numpy as np

from experiments.benchmarks.trial_numbers import NUMBERS, rows

MODULE = "experiments.benchmarks.trial_service"
MODEL, WORKERS = "TRIAL_MODEL", "TRIAL_WORKERS"
TREES, LEAVES, RECORDS, REASONS = 500, 63, 100_000, 5


@bentoml.service(workers=int(os.environ.get(WORKERS, "1")))
class Trial:
    """One model."""

    def __init__(self) -> None:
        self._booster = lgb.Booster(model_file=os.environ[MODEL])

    @bentoml.api(route="/v1/claims/score")  # type: ignore[untyped-decorator]  # of BentoML
    def score(self, claims: list[list[float]]) -> dict[str, Any]:
        """The score of each row of numbers, and what gave it."""
        sent = np.array(claims, dtype=np.float64)
        margin = self._booster.predict(sent, raw_score=True, num_threads=1)
        told = np.asarray(self._booster.predict(sent, pred_contrib=True, num_threads=1))[:, :NUMBERS]
        first = np.argsort(-np.abs(told), axis=1)[:, :REASONS]
        return {
            "items": [
                {
                    "score": float(1 / (1 + np.exp(-each))),
                    "reasons": [{"number": int(i), "adds": float(adds[i])} for i in most],
                }
                for each, adds, most in zip(np.asarray(margin), told, first, strict=True)
            ]
        }


def trained(file: Path) -> None:
    """The model, learned from numbers drawn by lot; as long as the file is there it is not learned again."""
    if file.exists():
        return
    drawn = rows(RECORDS, seed=1)
    wrong = (drawn[:, :10].sum(axis=1) + rows(RECORDS, seed=2)[:, 0] * 3 > 4).astype(int)
    shape = {"objective": "binary", "num_leaves": LEAVES, "num_threads": 1, "seed": 1, "verbose": -1}
    lgb.train(shape, lgb.Dataset(drawn, wrong), TREES).save_model(file)


def main() -> None:
    """Serve, with so many processes, until it is ended."""
    trained(Path(os.environ[MODEL]))
    from _bentoml_impl.server import serve_http  # as `plumbline serve` does

    Trial.inject_config()  # type: ignore[attr-defined]  # it is a service by now
    serve_http(f"{MODULE}:Trial", working_dir=os.getcwd(), host="127.0.0.1", port=int(sys.argv[1]))


if __name__ == "__main__":
    main()
