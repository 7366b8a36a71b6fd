"""The province from a seed: the world, its oversight, the registers they leave behind, and the truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from experiments.province.chance import stream
from experiments.province.columns import words
from experiments.province.complaints import complaints_table
from experiments.province.contributions import contributions_table, made_up_on
from experiments.province.debts import next_day, owed_cents
from experiments.province.inspections import inspections_table
from experiments.province.knobs import Knobs
from experiments.province.oversight import oversee
from experiments.province.payroll import payroll_table
from experiments.province.registration import employers_table
from experiments.province.staff import make_places
from experiments.province.truth import truth_table
from experiments.province.work import unpaid_before, worked_months
from experiments.province.world import make_world


@dataclass(frozen=True)
class Province:
    """`registers`: tables by name, in canonical columns, of rows known by the end. `truth`: what nobody could see.

    Identifiers in registers with many rows are dictionary columns; amounts are DECIMAL(18, 2).
    """

    registers: dict[str, pa.Table]
    truth: pa.Table


def simulate(knobs: Knobs, seed: int) -> Province:
    """The province of a seed, the same on every run. 3,000 employers over 24 months take seconds."""
    world = make_world(knobs, seed)
    oversight = oversee(world, seed)
    places = make_places(knobs, world.employers, seed)
    settled, made_up = next_day(world.months, oversight.settled_day), made_up_on(world)
    pools = words(world.employers.ids), words(places.worker_ids)
    filing, insuring = stream(seed, "payroll"), stream(seed, "contributions")
    unpaid = unpaid_before(world)
    payroll: list[pa.Table] = []
    contributions: list[pa.Table] = []
    for worked in worked_months(world, places, seed):
        unpaid[:, worked.month + 1] = np.bincount(worked.employer, worked.unpaid, len(world.employers))
        payroll.append(payroll_table(world, worked, settled, pools, filing))
        contributions.append(contributions_table(world, places, worked, made_up, pools, insuring))
    owed = owed_cents(unpaid, oversight.settled_day)
    registers = {
        "employers": employers_table(world, seed),
        "payroll": pa.concat_tables(payroll),
        "contributions": pa.concat_tables(contributions),
        "complaints": complaints_table(world, oversight.complaints, owed, settled, seed),
        "inspections": inspections_table(world, oversight.inspections, owed, settled, seed),
    }
    end = pa.scalar(knobs.end)
    known = {name: table.filter(pc.less_equal(table["known_on"], end)) for name, table in registers.items()}
    return Province(known, truth_table(world, unpaid, owed, pools[0]))
