"""A night as it is asked: claims by person and identifier, books by thing, months by worker, all from one file."""

from __future__ import annotations

import datetime as dt
import zlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from features.errors import BadInput
from features.folds.things import KINDS, thing_column
from features.limits import COMPARED_CLAIMS
from features.online.blocks import NONE
from features.online.books import Block
from features.online.night_claims import CLAIM_COLUMNS
from features.online.night_file import NightFile
from features.online.night_work import MONTH
from features.online.tables import DAYS
from features.rowwise.compiled import Row
from features.snapshots.claims import WRITTEN

Claim = Mapping[str, Any]  # `claim.*` and `thing.*` by name, and claim_id, number, last_number, last_paid
_NAMES = (
    "claim_id", "person", "number", "last_number", "last_paid", *(f"claim.{name}" for name in WRITTEN), *map(thing_column, KINDS),
)  # fmt: skip
_OF_DAYS = tuple(at for at, name in enumerate(CLAIM_COLUMNS) if name in DAYS or name == "last_paid")


class Night:
    """An open night. `as_of`: its day; `registers` and `folds`: what there was to prepare it from."""

    def __init__(self, path: Path) -> None:
        """NotFound where nothing was prepared."""
        self._file = NightFile(path)
        self.about: Mapping[str, Any] = dict(self._file.all("about"))
        self.as_of = dt.date.fromisoformat(self.about["as_of"])
        self.registers, self.folds = (frozenset(self.about[name].split()) for name in ("registers", "folds"))
        first = self.about["beginning"]
        self.beginning = None if first is None else dt.date.fromordinal(first)
        employers = self._file.all("employers")
        self._employer = [employer for _, employer, _ in employers]
        self._region = {employer: region for _, employer, region in employers}
        self._amounts = {peers: memoryview(steps).cast("q") for peers, steps in self._file.all("amounts")}

    def close(self) -> None:
        """Close its file."""
        self._file.close()

    def blocks(self, things: Sequence[str]) -> dict[str, Block]:
        """The books of those of `things` (`kind:thing`) that have any."""
        return {thing: memoryview(block).cast("q") for thing, block in self._file.some("books", "thing", things)}

    def claims(self, claim_ids: Sequence[str]) -> list[Claim]:
        """Those of the claims that were known, as they stand."""
        return [_claim(row) for row in self._file.some("claims", "claim_id", claim_ids)] if claim_ids else []

    def of_person(self, person: str) -> list[Claim]:
        """The newest COMPARED_CLAIMS claims that stand under an identity number."""
        return [_claim(row) for row in self._file.newest("claims", "person", person, "number", COMPARED_CLAIMS)]

    def insured(self, person: str) -> tuple[Any, ...] | None:
        """The insured person's columns (features.snapshots.insured.COLUMNS); None where none is known."""
        row = self._file.one("insured", "person", person)
        if row is None:
            return None
        name, born, sex, region, address, phone, died, known = row[1:]
        return (name, _day(born), sex, region, address, phone, _day(died), _day(known))

    def months(self, worker: str) -> list[dict[str, Any]]:
        """The months of a worker, each by name of MONTH, with `employer_id` and `month`."""
        row = self._file.one("months", "worker", worker)
        if row is None:
            return []
        numbers = memoryview(zlib.decompress(row[1])).cast("q").tolist()
        count = len(numbers) // len(MONTH)
        return [self._month(numbers[at::count]) for at in range(count)]

    def _month(self, numbers: Sequence[int]) -> dict[str, Any]:
        told: dict[str, Any] = dict(zip(MONTH, (None if number == NONE else number for number in numbers), strict=True))
        year, month = divmod(told["number"], 12)
        employer_id = self._employer[told["employer"]]
        return {
            **told,
            "employer_id": employer_id,
            "month": dt.date(year, month + 1, 1),
            "paid_on": _day(told["paid_on"]),
        }

    def region(self, employer_id: str) -> str | None:
        """The region of an employer that a register of work names."""
        return self._region.get(employer_id)

    def insured_there(self, employer_id: str, month: int) -> int:
        """Workers insured at the employer in the month of that number."""
        row = self._file.one("insured_there", "employer_id", employer_id)
        if row is None:
            return 0
        both = memoryview(row[1]).cast("q")
        count = len(both) // 2
        at = bisect_left(both, month, 0, count)
        return both[count + at] if at < count and both[at] == month else 0

    def there(self, place: str, first: int) -> int:
        """Persons whose newest claim that names the place (an employer, or it and an agent) was filed on `first` or later."""
        row = self._file.one("there", "employer", place)
        if row is None:
            return 0
        days = memoryview(row[1]).cast("q")
        return len(days) - bisect_left(days, first)

    def amounts(self, peers: str, step: int) -> tuple[int, int, int]:
        """How many claims of the peers (`kind:thing`) there are in all, in steps below, and in the step."""
        both = self._amounts.get(peers)
        if both is None:
            return 0, 0, 0
        count = len(both) // 2
        at = bisect_left(both, step, 0, count)
        less = both[count + at - 1] if at else 0
        return both[-1], less, both[count + at] - less if at < count and both[at] == step else 0

    def ring(self, key: str) -> str | None:
        """What is kept of a person's ring, or of a ring (night_rings)."""
        row = self._file.one("rings", "person", key)
        return None if row is None else str(row[1])


def open_night(path: Path) -> Night:
    """The night at `path`; BadInput where it was prepared by other code than this."""
    from features.fingerprint import definition

    night = Night(path)
    if night.about["definition"] != definition("features.online.prepare"):
        night.close()
        raise BadInput(
            "what was prepared for online scores was prepared by other code than this",
            found=str(path),
            expected="a night prepared by this release, with its limits",
            do="run: plumbline online build --as-of DAY",
        )
    return night


def _claim(row: Row) -> Claim:
    values = list(row)
    for at in _OF_DAYS:
        values[at] = _day(values[at])
    return dict(zip(_NAMES, values, strict=True))


def _day(number: int | None) -> dt.date | None:
    return None if number is None else dt.date.fromordinal(number)
