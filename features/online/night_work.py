"""What a night keeps of persons and employers: who is insured, their months at work, and who is insured where."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from features.folds.things import thing_column, written
from features.known import KNOWN_UNTIL, standing, total
from features.online.blocks import NONE, ordinals
from features.online.night_claims import Night
from features.registers import REGISTERS
from features.snapshots.insured import COLUMNS, with_insured
from features.work.asked import month_of
from features.work.months import months_of

MONTH = (
    "number",
    "employer",
    "on_payroll",
    "insured",
    "wage",
    "base",
    "paid_on",
    "paid_back",
    "filed",
)  # of a row of months
PERSON = thing_column("person")


def insured_rows(night: Night) -> Iterator[tuple[Any, ...]]:
    """person and COLUMNS of every insured person as the register had them on the day; days as Python counts them."""
    persons = night.registers["persons"]
    everybody = persons.select(person=written(persons.person_id)).filter(ibis._.person.notnull()).distinct()
    asked = everybody.cross_join(night.day).select("as_of", **{PERSON: everybody.person})
    told = with_insured(asked, persons)
    told = told.filter(told["insured.found"] == 1)
    rows = night.engine.fetch(
        told.select(person=PERSON, **{n: told[f"insured.{n}"] for n in COLUMNS}).order_by("person")
    )
    columns = [
        _days(rows[name]) if pa.types.is_date(rows[name].type) else rows[name].to_pylist() for name in rows.column_names
    ]
    return zip(*columns, strict=True)


def _days(column: pa.ChunkedArray) -> list[int | None]:
    return [None if day == NONE else day for day in ordinals(column).tolist()]


def employers_of(night: Night) -> list[tuple[int, str, str | None]]:
    """(code, employer_id, region) of every employer that any register of work names, regions as known on the day."""
    named = [
        night.registers[name].select("employer_id") for name in ("payroll", "contributions") if name in night.registers
    ]
    if not named:
        return []
    ids = named[0] if len(named) == 1 else ibis.union(*named)
    names = sorted(night.engine.fetch(ids.distinct())["employer_id"].to_pylist())
    regions: dict[str, str | None] = {}
    if "employers" in night.registers:
        known = standing(night.registers["employers"], REGISTERS["employers"].key)
        until = known[KNOWN_UNTIL]
        by_then = known.filter((known.known_on <= night.as_of) & (until.isnull() | (until > night.as_of)))
        rows = night.engine.fetch(by_then.select("employer_id", "region"))
        regions = dict(zip(rows["employer_id"].to_pylist(), rows["region"].to_pylist(), strict=True))
    return [(code, name, regions.get(name)) for code, name in enumerate(names)]


def month_rows(night: Night, codes: dict[str, int]) -> Iterator[tuple[str, bytes]]:
    """(worker, months): all months of each worker as known on the day, MONTH of each as whole numbers, packed."""
    payroll, contributions = night.registers.get("payroll"), night.registers.get("contributions")
    named = [register.select("worker_id") for register in (payroll, contributions) if register is not None]
    workers = (named[0] if len(named) == 1 else ibis.union(*named)).distinct()
    one = workers.cross_join(night.day).mutate(worker=workers.worker_id)
    asked = one.select("as_of", claim_id="worker", **{"claim.person_id": one.worker, PERSON: one.worker})
    months = months_of(asked, payroll, contributions)
    rows = night.engine.fetch(_with_filed(months, night).order_by(["claim_id", "number", "employer_id"]))
    employers = rows["employer_id"].combine_chunks().dictionary_encode()
    places = np.array([codes[name] for name in employers.dictionary.to_pylist()], np.int64)
    told = {"employer": places[np.asarray(employers.indices)], "paid_on": ordinals(rows["paid_on"])}
    table = np.column_stack([told[n] if n in told else _numbers(rows[n]) for n in MONTH])
    names = rows["claim_id"].combine_chunks().dictionary_encode()
    codes_of = np.asarray(names.indices)
    begins = np.flatnonzero(np.r_[True, codes_of[1:] != codes_of[:-1]][: len(codes_of)])
    workers_named = names.dictionary.take(pa.array(codes_of[begins])).to_pylist()
    for worker, begin, end in zip(workers_named, begins.tolist(), [*begins[1:].tolist(), len(table)], strict=True):
        yield worker, zlib.compress(table[begin:end].T.tobytes(), 1)


def _with_filed(months: ir.Table, night: Night) -> ir.Table:
    """`months` with `filed`: whether the employer had filed payroll for any worker of that month by the day."""
    if "payroll" not in night.cells:
        return months.mutate(filed=ibis.literal(0, "int64"))
    cells = night.cells["payroll"]
    known = cells.filter(cells.learned_on <= ibis.literal(night.as_of))
    filed = known.group_by(filed_by="employer_id", filed_for="event").agg(workers=total(known.workers))
    both = months.left_join(filed, [months.employer_id == filed.filed_by, months.month == filed.filed_for])
    return both.mutate(filed=(both.workers > 0).fill_null(False).cast("int64")).drop("filed_by", "filed_for", "workers")


def _numbers(column: pa.ChunkedArray) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.where(np.asarray(column.is_null()), NONE, np.asarray(column.fill_null(0)).astype(np.int64))


def insured_there_rows(night: Night) -> Iterator[tuple[str, bytes]]:
    """By employer the months (their numbers) in order, then the workers insured there in each, as known on the day."""
    cells = night.cells["contributions"]
    known = cells.filter(cells.learned_on <= ibis.literal(night.as_of))
    known = known.mutate(month=month_of(known.event))
    monthly = known.group_by(["employer_id", "month"]).agg(insured=total(known.insured))
    rows = night.engine.fetch(monthly.order_by(["employer_id", "month"]))
    by_employer: dict[str, list[tuple[int, int]]] = {}
    for employer, month, insured in zip(
        *(rows[n].to_pylist() for n in ("employer_id", "month", "insured")), strict=True
    ):
        by_employer.setdefault(employer, []).append((month, insured))
    for employer, own in by_employer.items():
        yield employer, np.array(own, np.int64).T.tobytes()


def beginning(night: Night) -> int | None:
    """The first month (its ordinal) for which any contribution was known by the day."""
    contributions = night.registers["contributions"]
    known = contributions.filter(contributions.known_on <= ibis.literal(night.as_of))
    first = night.engine.fetch(known.agg(month=known.month.min()))["month"]
    return None if first[0].as_py() is None else int(ordinals(first)[0])
