"""The benefits of one block of employers: chance in, registers and truth out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from experiments.province.arrays import at
from experiments.province.benefits.claims import NOBODY, Claims, joined, once, pensions, unemployment
from experiments.province.benefits.frauds import repeated, represented, rings, shams, with_slips
from experiments.province.benefits.layoffs import filed_together
from experiments.province.benefits.people import People, draw_people
from experiments.province.benefits.registers import (
    claims_table,
    claims_truth_table,
    decisions_table,
    payouts_table,
    persons_table,
)
from experiments.province.benefits.reviews import draw_payouts, draw_reviews
from experiments.province.benefits.shells import Shells, draw_shells, sham_contributions
from experiments.province.benefits.stretches import stretches_of
from experiments.province.chance import stream
from experiments.province.employers import Employers
from experiments.province.knobs import Knobs
from experiments.province.months import Months
from experiments.province.staff import Staff

WORKERS_OF_AN_AGENT = 3_000


@dataclass(frozen=True)
class Benefits:
    """Registers of benefits by name, contributions that shell employers pay, and the truth about claims."""

    registers: dict[str, pa.Table]
    contributions: pa.Table
    truth: pa.Table


def draw_benefits(block: int, staff: Staff, employers: Employers, months: Months, knobs: Knobs, seed: int) -> Benefits:
    """Persons of the block, their claims, what is paid and reviewed; with chance of its own, so that work stays as it is."""
    rng = stream(seed, f"benefits {block}")
    shells = draw_shells(employers, months, knobs, rng)
    people = draw_people(block, staff, employers, len(shells.employer), months, knobs, rng)
    claims = _claims(staff, people, shells, employers, months, knobs, rng)
    ids = np.array([f"SL{block:04d}{serial:08d}" for serial in range(1, len(claims) + 1)], dtype=object)
    reviews = draw_reviews(claims, people, months, knobs, rng)
    payouts = draw_payouts(claims, reviews, months, rng)
    order = np.argsort(payouts["paid_at"], kind="stable")
    payouts = {name: column[order] for name, column in payouts.items()}
    return Benefits(
        registers={
            "persons": persons_table(block, people, months),
            "claims": claims_table(block, ids, claims, people, employers, rng),
            "payouts": payouts_table(block, ids, payouts, claims),
            "claim_decisions": decisions_table(ids, claims, reviews, payouts, people, rng),
        },
        contributions=sham_contributions(shells, people, employers, months, knobs, rng),
        truth=claims_truth_table(ids, claims, payouts, people),
    )


def _claims(
    staff: Staff,
    people: People,
    shells: Shells,
    employers: Employers,
    months: Months,
    knobs: Knobs,
    rng: np.random.Generator,
) -> Claims:
    """All claims filed by the end, in the order of filing."""
    work, workers = stretches_of(staff), len(staff.worker_ids)
    agents = 2 + workers // WORKERS_OF_AN_AGENT
    honest = joined(
        pensions(people, months, rng),
        filed_together(unemployment(work, people, employers, months, knobs, rng), agents, knobs, rng),
        once(work, people, months, knobs, rng),
    )
    claims = joined(
        represented(with_slips(repeated(honest, knobs, rng), knobs, rng), agents, knobs, rng),
        rings(people, workers, agents, months, knobs, rng),
        shams(people, shells.employer, shells.last, agents, months, rng),
    )
    order = np.argsort(claims.filed_at, kind="stable")
    order = order[claims.filed_at[order] < months.end + np.timedelta64(1, "D")]
    place = np.full(len(claims) + 1, NOBODY)
    place[order] = np.arange(len(order))
    return replace(at(claims, order), original=place[claims.original[order]])
