"""Who works for whom: main contractors and their subcontractors. No register holds it, but for some ties."""

from __future__ import annotations

import numpy as np

from experiments.province.arrays import Array, Floats, Ints
from experiments.province.employers import Firms
from experiments.province.kinds import INDUSTRIES
from experiments.province.knobs import Knobs


def draw_contractors(firms: Firms, knobs: Knobs, rng: np.random.Generator) -> Ints:
    """By employer: the row number of its main contractor, an employer of its industry with more places; -1.

    Contractors have contractors, so there are chains; as places grow along them there is no circle. Who is large has
    many subcontractors.
    """
    contractor = np.full(len(firms), -1)
    chance = INDUSTRIES["subcontracting"].to_numpy()[firms.industry]
    subcontracts = rng.random(len(firms)) < chance
    near = rng.random(len(firms)) < knobs.near_contractor
    anywhere, here = firms.industry, firms.industry + len(INDUSTRIES) * (firms.region + 1)
    for circle, seeking in ((here, subcontracts & near), (anywhere, subcontracts & ~near)):
        for kind in np.unique(circle[seeking]):
            members = np.flatnonzero(circle == kind)
            subs = np.flatnonzero(seeking & (circle == kind))
            contractor[subs] = _larger(subs, members, firms.places.astype(float), firms.opens, rng)
    return contractor


def _larger(subs: Ints, members: Ints, places: Floats, opens: Ints, rng: np.random.Generator) -> Array:
    """One of `members` for each of `subs`, drawn by places; -1 where the draw is no larger or opens later."""
    drawn = rng.choice(members, len(subs), p=places[members] / places[members].sum())
    fit = (places[drawn] > places[subs]) & (opens[drawn] <= opens[subs])
    return np.where(fit, drawn, -1)
