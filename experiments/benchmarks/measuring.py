"""Measure a step of a benchmark in a process of its own: wall seconds, CPU seconds, peak resident memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

Steps = Mapping[str, Callable[..., int | dict[str, float]]]  # rows, or figures of its own
STEP = "--step"


def measured(module: str, step: str, *words: object) -> dict[str, float]:
    """Run `step` of `module` in a process of its own; {wall_s, cpu_s, peak_gb} and rows, rows_per_s or its own figures."""
    command = [sys.executable, "-m", module, STEP, step, *map(str, words)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    took = done.stdout.splitlines()[-1]
    print(step, *words[1:], took, file=sys.stderr, flush=True)  # a later step that fails must not lose the earlier
    return dict(json.loads(took))


def ran_as_step(steps: Steps, arguments: Sequence[str]) -> bool:
    """Where this process was started by `measured`: run the step, print what it took, and say so."""
    if not arguments or arguments[0] != STEP:
        return False
    name, *words = arguments[1:]
    start = time.perf_counter()
    found = steps[name](*words)
    wall = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    own = found if isinstance(found, dict) else {"rows": found, "rows_per_s": round(found / wall)}
    took = {
        "wall_s": round(wall, 2),
        "cpu_s": round(usage.ru_utime + usage.ru_stime, 2),
        "peak_gb": round(usage.ru_maxrss / 2**20, 2),  # Linux counts in KiB
        **own,
    }
    print(json.dumps(took))
    return True
