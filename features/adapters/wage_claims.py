"""`plumbline adapt wage-claims`: published US wage claims into the registers `employers` and `complaints`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from features.adapters import california, states
from features.adapters.canonical import Case, Gathered
from features.adapters.outcomes import NOTES, habits_of
from features.adapters.source_files import UnreadableSource

_Reader = Callable[[list[Path], Counter[str], Counter[str]], Iterator[Case]]
_READERS: dict[str, _Reader] = {"california": california.read, "state": states.read}
SOURCES = tuple(_READERS)


@dataclass(frozen=True)
class AdaptReport:
    """What went in, what came out, and what fell away on the way."""

    source: str
    rows_in: dict[str, int]
    """Rows read, by kind (`cases`, `defendants`) or state."""
    cases: int
    """Cases with at least one complaint."""
    employers: int
    industry_corrections: int
    """Further rows of the register of employers: from that day on another industry was printed most often."""
    complaints: int
    natural_persons: int
    """Employers that are natural persons."""
    outcomes: dict[str, int]
    """Complaints by outcome; `unknown` where none is printed."""
    dropped: dict[str, int]
    """What is not in the registers, by reason."""
    changed: dict[str, int]
    """What is in them with a field left out or assumed, by reason; counted in cases."""
    notes: tuple[str, ...]
    """Assumptions that a reader of any figure from this must know."""


def adapt(source: str, files: list[Path], out: Path) -> AdaptReport:
    """Write `employers.csv` and `complaints.csv` into `out` from the files of `california` or of `state`s.

    UnreadableSource (a ValueError) where a file cannot be read, has other columns, or one of California's
    two is missing; nothing is written then.
    """
    if source not in _READERS:
        raise UnreadableSource(f"no source of wage claims is called {source!r}; there are {', '.join(SOURCES)}")
    if not files:
        raise UnreadableSource("no file given")
    read_rows, dropped = Counter[str](), Counter[str]()
    cases = list(_READERS[source](files, read_rows, dropped))
    gathered = Gathered()
    gathered.take(cases)
    gathered.write(out)
    return _report(source, gathered, read_rows, dropped + gathered.dropped)


def _report(source: str, gathered: Gathered, read_rows: Counter[str], dropped: Counter[str]) -> AdaptReport:
    regions = ["california"] if source == "california" else sorted({row.removesuffix(" rows") for row in read_rows})
    studied = dict.fromkeys(note for region in regions for note in habits_of(region).notes)
    return AdaptReport(
        source=source,
        rows_in=dict(read_rows),
        cases=gathered.cases,
        employers=len(gathered.employers),
        industry_corrections=gathered.corrections,
        complaints=len(gathered.complaints),
        natural_persons=gathered.natural_persons,
        outcomes=dict(Counter(str(row["outcome"]) or "unknown" for row in gathered.complaints)),
        dropped={reason: count for reason, count in sorted(dropped.items()) if count},
        changed=dict(sorted(gathered.oddities.items())),
        notes=(*NOTES, *studied),
    )
