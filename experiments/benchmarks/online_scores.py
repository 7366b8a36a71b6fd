"""A claim scored as it is filed, a million claims known: milliseconds of the processor by part, and how long it takes in all.

    python -m experiments.benchmarks.online_scores --home HOME --claims FILE.csv --persons 1000000

HOME has a night (`plumbline online build`), models and the lake it came from; FILE.csv are claims filed after it. The store of
the same-person check is filled up with made residents (filled_home.py) to so many records. Everything else is of the night. Each
claim is scored alone, with reasons in both languages, and kept (a full sync) before it counts as answered. Prints JSON.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from experiments.benchmarks.filled_home import claims_after, filled_home
from features.claims import CLAIM_FEATURES
from features.rules.read import read_rules
from features.settings import Settings
from serving.claim_scores import KINDS
from serving.levels import read_levels
from serving.online.folder import current_name
from serving.online.opened import Online
from training.registry import Registry


def measured(online: Online, claims: list[dict[str, Any]], rounds: int) -> dict[str, Any]:
    """Milliseconds by part of the processor, and of whole scores by the clock."""
    scorer, parts = online.claims, defaultdict[str, float](float)
    _timed(scorer, scorer._checked, "same person", parts)
    _timed(scorer, scorer._risks, "both models", parts)
    _timed(scorer, scorer._explained, "reasons", parts)
    _timed(scorer.facts, scorer.facts.write, "as written", parts)
    _timed(scorer.facts, scorer.facts.tell, "features", parts)
    for claim in claims[:20]:
        scorer.score([claim])
    parts.clear()
    seconds, processor = [], time.process_time()
    for number in range(rounds):
        claim = claims[number % len(claims)] | {"claim_id": f"bench-{number}"}
        begin, cpu = time.perf_counter(), time.thread_time()
        scorer.score([claim])
        parts["all of the thread"] += time.thread_time() - cpu
        seconds.append(time.perf_counter() - begin)
    p50, p95, p99 = np.percentile(1000 * np.array(seconds), [50, 95, 99])
    return {
        "processor_ms": {name: round(1000 * spent / rounds, 3) for name, spent in parts.items()},
        "processor_ms_with_journal": round(1000 * (time.process_time() - processor) / rounds, 3),
        "p50_ms": round(p50, 2), "p95_ms": round(p95, 2), "p99_ms": round(p99, 2),
    }  # fmt: skip


def _timed(of: Any, method: Callable[..., Any], told: str, parts: dict[str, float]) -> None:
    def timed(*given: Any) -> Any:
        begin = time.thread_time()
        answer = method(*given)
        parts[told] += time.thread_time() - begin
        return answer

    setattr(of, method.__name__, timed)


def main() -> None:
    """Parse the options, measure, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=1_000)
    options = parser.parse_args()
    settings, night = Settings(home=options.home), current_name(options.home)
    models = Registry(settings.tracking, settings.artefacts).find_each(_day(night), KINDS, "claims")
    with tempfile.TemporaryDirectory(prefix="plumbline-online-scores-") as folder:
        home, records = filled_home(options.home, options.persons, Path(folder))
        used = {("claims", label): model for label, model in models.items()}
        online = Online(home, lambda: used, read_rules(CLAIM_FEATURES), read_levels())
        told = measured(online, claims_after(options.claims, night), options.rounds)
        online.close()
    print(json.dumps({"records": records, "night": night, **told}, indent=1))


def _day(night: str) -> dt.date:

    return dt.date.fromisoformat(night[:10])


if __name__ == "__main__":
    main()
