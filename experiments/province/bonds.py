"""What employers share: accounting firms, office buildings, owners, a spider's director, what a phoenix keeps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Flags, Ints
from experiments.province.cash import Fortunes
from experiments.province.employers import Firms
from experiments.province.kinds import REGIONS
from experiments.province.knobs import Knobs
from experiments.province.spiders import families

NONE = -1
HOLDING_SIZE = (3, 9)  # employers of one family of owners: from, up to
SHARED = {  # chance that a member shares a thing with the others of its kind
    "accounting": {"address": 0.4, "phone": 0.3},
    "office": {"address": 1.0},
    "holding": {"shareholder": 1.0, "director": 0.5, "address": 0.3},
    "spider": {"director": 1.0, "phone": 0.5, "address": 0.4, "account": 0.3},
}
KEPT = {"director": 0.55, "shareholder": 0.4, "phone": 0.4, "address": 0.35, "account": 0.35}  # by a phoenix
CONTRACTOR_OWNS = 0.10  # share of subcontractors whose main contractor is a shareholder
CONTRACTOR_HOUSES = 0.05  # share of subcontractors at their main contractor's address


@dataclass(frozen=True)
class Circles:
    """By employer: the number of the circle of each kind it belongs to, counted through all regions; NONE."""

    accounting: Ints
    office: Ints
    holding: Ints
    spider: Ints


@dataclass(frozen=True)
class Bonds:
    """By tie, the number of what each employer has; employers with one number share it. NONE where there is none.

    A number below twice the number of employers belongs to one of them (`2 n` and on to circles); of shareholders,
    those from `employers_from` on are employers themselves. `address_shared`: by a circle that is innocent.
    """

    has: dict[str, Ints]
    employers_from: int
    address_shared: Flags


def draw_circles(firms: Firms, knobs: Knobs, rng: np.random.Generator) -> Circles:
    """Circles lie in one region; holdings and spiders have no employer in common."""
    accounted = rng.random(len(firms)) < knobs.accounted
    housed = rng.random(len(firms)) < knobs.offices
    holding = families(firms.region, knobs.holdings, HOLDING_SIZE, rng)
    return Circles(
        accounting=_hubs(firms.region, accounted, knobs.clients, rng),
        office=_hubs(firms.region, housed, max(knobs.clients // 5, 1), rng),
        holding=np.where(firms.spider >= 0, NONE, holding),
        spider=firms.spider,
    )


def _hubs(region: Ints, chosen: Flags, clients: int, rng: np.random.Generator) -> Ints:
    """The hub of each chosen employer, one of its region; hubs have `clients` on average, and few have most of them."""
    hub, known = np.full(len(region), NONE), 0
    for here in range(len(REGIONS)):
        members = np.flatnonzero(chosen & (region == here))
        weight = 1 / np.arange(1, max(1, round(len(members) / clients)) + 1) ** 0.7
        hub[members] = known + rng.choice(len(weight), len(members), p=weight / weight.sum())
        known += len(weight)
    return hub


def draw_bonds(circles: Circles, firms: Firms, fortunes: Fortunes, rng: np.random.Generator) -> Bonds:
    """Everybody has its own of everything but an agent; circles share; subcontractors may be their contractors'."""
    number = len(firms)
    own = np.arange(number)
    has: dict[str, Ints] = {tie: own.copy() for tie in ("director", "phone", "address", "account")}
    has["shareholder"] = np.where(rng.random(number) < 0.6, own, own + number)  # the director, or another
    has["agent"] = circles.accounting.copy()
    taken = _share(has, circles, 2 * number, rng)
    address_shared = (has["address"] >= 2 * number) & (circles.spider < 0)
    subs = np.flatnonzero(fortunes.contractor >= 0)
    owned, housed = (subs[rng.random(len(subs)) < share] for share in (CONTRACTOR_OWNS, CONTRACTOR_HOUSES))
    has["shareholder"][owned] = taken + fortunes.contractor[owned]
    has["address"][housed] = has["address"][fortunes.contractor[housed]]
    _keep(has, firms.opens, fortunes.predecessor, rng)
    return Bonds(has, taken, address_shared)


def _share(has: dict[str, Ints], circles: Circles, taken: int, rng: np.random.Generator) -> int:
    """Members take what their circles share; returns the first number that no circle has."""
    for name, ties in SHARED.items():
        circle = getattr(circles, name)
        for tie, chance in ties.items():
            shares = (circle >= 0) & (rng.random(len(circle)) < chance)
            has[tie][shares] = taken + circle[shares]
        taken += int(circle.max(initial=NONE)) + 1
    return taken


def _keep(has: dict[str, Ints], opens: Ints, predecessor: Ints, rng: np.random.Generator) -> None:
    """Phoenixes keep some of what their predecessors had, one thing at least; first those that opened first."""
    phoenix = np.flatnonzero(predecessor >= 0)
    keeps = {tie: rng.random(len(phoenix)) < chance for tie, chance in KEPT.items()}
    keeps["director"] |= ~np.any(list(keeps.values()), axis=0)
    for month in np.unique(opens[phoenix]):
        for tie, kept in keeps.items():
            now = phoenix[kept & (opens[phoenix] == month)]
            has[tie][now] = has[tie][predecessor[now]]
