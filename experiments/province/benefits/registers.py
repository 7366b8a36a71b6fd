"""The registers persons, claims, payouts and claim_decisions of a block, and the truth about its claims."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import pyarrow as pa

from experiments.province.arrays import Array, Columns, Flags, Ints
from experiments.province.benefits.claims import NOBODY, Claims
from experiments.province.benefits.people import People
from experiments.province.benefits.reviews import DEATHS, Reviews, truths
from experiments.province.benefits.writing import written_births, written_names, written_numbers
from experiments.province.columns import dates, money, texts
from experiments.province.employers import Employers
from experiments.province.kinds import REGIONS
from experiments.province.ledger import NEVER
from experiments.province.months import Months

BLOCK = 1_000_000  # numbers of things in one block at most
ESTATES = np.array(list("东西南北中上下前后里外新旧大小高长平安康"))
AGENT_PHONE = 0.6  # share of an agent's claims that give its phone
RECOVERED = {"error": 1.0, "duplicate": 0.6, "fraud": 0.3}  # chance that what was lost comes back


def persons_table(block: int, people: People, months: Months) -> pa.Table:
    """The register `persons`; deaths not yet known are absent."""
    own = np.arange(len(people))
    known = people.death_known_on <= months.end
    return pa.table(
        {
            "person_id": texts(people.person_id),
            "name": texts(people.name),
            "born_on": dates(people.born_on),
            "sex": texts(np.where(people.female, "female", "male")),
            "region": texts(REGIONS["region"].to_numpy(), people.region),
            "address": texts(addresses(people)),
            "phone": texts(numbered("0991", 9, block * BLOCK + own)),
            "died_on": dates(np.where(known, people.died_on, NEVER)),
            "death_known_on": dates(np.where(known, people.death_known_on, NEVER)),
            "known_on": dates(np.full(len(people), months.first_days[0])),
        }
    )


def claims_table(
    block: int, ids: Array, claims: Claims, people: People, employers: Employers, rng: np.random.Generator
) -> pa.Table:
    """The register `claims`, in the order of filing, as written."""
    person = claims.person
    with_agent = (claims.agent != NOBODY) & (rng.random(len(claims)) < AGENT_PHONE)
    phone = block * BLOCK + np.where(with_agent, len(people) + claims.agent, person)
    return pa.table(
        {
            "claim_id": texts(ids),
            "scheme": texts(claims.scheme),
            "filed_at": pa.array(claims.filed_at, pa.timestamp("s")),
            "person_id": texts(written_numbers(people.person_id[person], claims.slip, rng)),
            "name": texts(written_names(people.name[person], claims.slip == "name", rng)),
            "born_on": dates(written_births(people.born_on[person], claims.slip == "birth")),
            "region": texts(REGIONS["region"].to_numpy(), claims.region),
            "starts_on": dates(claims.starts_on),
            "ends_on": dates(claims.ends_on),
            "amount": money(claims.amount),
            "employer_id": texts(employers.employer_id, pa.array(claims.employer, mask=claims.employer == NOBODY)),
            "account": texts(numbered("6299", 12, block * BLOCK + claims.account)),
            "phone": texts(numbered("0991", 9, phone)),
            "address": texts(addresses(people)[person]),
            "agent_id": texts(_agents(block, claims.agent)),
            "known_on": dates(claims.filed_at.astype("datetime64[D]")),
        }
    )


def payouts_table(block: int, ids: Array, payouts: Columns, claims: Claims) -> pa.Table:
    """The register `payouts`, in the order of payment."""
    claim = payouts["claim"]
    serials = [f"FF{block:04d}{serial:09d}" for serial in range(1, len(claim) + 1)]
    return pa.table(
        {
            "payout_id": pa.array(serials, pa.string()),
            "claim_id": texts(ids, claim),
            "paid_at": pa.array(payouts["paid_at"], pa.timestamp("s")),
            "amount": money(payouts["amount"]),
            "period": dates(payouts["period"]),
            "account": texts(numbered("6299", 12, block * BLOCK + claims.account)).take(pa.array(claim)),
            "known_on": dates(payouts["paid_at"].astype("datetime64[D]")),
        }
    )


def decisions_table(
    ids: Array, claims: Claims, reviews: Reviews, payouts: Columns, people: People, rng: np.random.Generator
) -> pa.Table:
    """The register `claim_decisions`: what was decided by the end."""
    row = np.flatnonzero(~np.isnat(reviews.decided_on))
    finding = reviews.finding[row]
    lost = np.where(
        finding == "genuine", 0, _paid_wrongly(claims, payouts, people, np.ones(len(claims), dtype=bool))[row]
    )
    recovered = np.array([RECOVERED.get(each, 0.0) for each in finding])
    back = np.where(rng.random(len(row)) < recovered, lost, 0)
    original = np.where(finding == "duplicate", claims.original[row], NOBODY)
    return pa.table(
        {
            "claim_id": texts(ids, row),
            "opened_on": dates(reviews.opened_on[row]),
            "decided_on": dates(reviews.decided_on[row]),
            "finding": texts(finding),
            "duplicate_of": texts(ids, pa.array(original, mask=original == NOBODY)),
            "amount_lost": money(lost),
            "amount_recovered": money(back),
            "trigger": texts(reviews.trigger[row]),
            "chance": pa.nulls(len(row), pa.float64()),  # no list brings a review here
            "listed_on": pa.nulls(len(row), pa.date32()),
            "known_on": dates(reviews.decided_on[row]),
        }
    )


def claims_truth_table(ids: Array, claims: Claims, payouts: Columns, people: People) -> pa.Table:
    """What each claim is in truth, and what was wrongly paid on it by the end (`amount_lost`)."""
    finding = truths(claims.kind)
    return pa.table(
        {
            "claim_id": texts(ids),
            "person_id": texts(people.person_id, claims.person),
            "finding": texts(finding),
            "kind": texts(claims.kind),
            "duplicate_of": texts(ids, pa.array(claims.original, mask=claims.original == NOBODY)),
            "amount_lost": money(_paid_wrongly(claims, payouts, people, finding != "genuine")),
        }
    )


def _paid_wrongly(claims: Claims, payouts: Columns, people: People, wrong: Flags) -> Ints:
    """Cents paid on each wrong claim; on the pension of a dead person, for months after the death."""
    claim = payouts["claim"]
    counts = wrong[claim]
    dead = np.isin(claims.kind[claim], DEATHS)
    counts &= ~dead | (payouts["period"] > people.died_on[claims.person[claim]])
    return np.bincount(claim[counts], payouts["amount"][counts], len(claims)).astype(np.int64)


def numbered(prefix: str, width: int, things: Ints) -> Array:
    """A number of `width` digits after the prefix for each thing; numbers look drawn and stay apart."""
    step = crc32(prefix.encode()) // 10 * 10 + 7  # has no divisor in common with 10
    numbers = ((things % 10**width) * (step % 10 ** (width - 3)) + 54_321) % 10**width
    return np.array([f"{prefix}{number:0{width}d}" for number in numbers], dtype=object)


def addresses(people: People) -> Array:
    """Region, estate, house and room of each person's home."""
    return address_lines(people.region, people.home)


def address_lines(region: Ints, home: Ints) -> Array:
    """Region, estate, house and room of homes numbered through."""
    label = REGIONS["label"].to_numpy(dtype=str)[region]
    estate, rest = home % len(ESTATES), home // len(ESTATES)
    places = zip(label, ESTATES[estate], rest % 90 + 1, rest // 90 + 101, strict=True)
    return np.array([f"{area}{name}苑{house}栋{room}室" for area, name, house, room in places], dtype=object)


def _agents(block: int, agent: Ints) -> Array:
    return np.array([None if each == NOBODY else f"DLSB99{block:04d}{each:03d}" for each in agent], dtype=object)
