"""Layoffs: many who lost their work at one employer in one month, and an agent who files for all of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from experiments.province.benefits.claims import DAY, NOBODY, Claims
from experiments.province.knobs import Knobs

MONTHS = 1 << 12  # more than there are
DAYS = (3, 20)  # from the first day of the benefit to the filing: from, up to


def filed_together(claims: Claims, agents: int, knobs: Knobs, rng: np.random.Generator) -> Claims:
    """The claims, with those of some layoffs filed within three days by one agent, who files for whoever asks."""
    row = np.flatnonzero((claims.scheme == "unemployment") & (claims.employer != NOBODY))
    month = claims.starts_on[row].astype("datetime64[M]").astype(np.int64)
    _, layoff, size = np.unique(claims.employer[row] * MONTHS + month, return_inverse=True, return_counts=True)
    chosen = (size >= knobs.layoff_people) & (rng.random(len(size)) < knobs.layoffs_filed)
    agent_of, day_of = rng.integers(0, agents, len(size)), rng.integers(*DAYS, len(size))
    row, layoff = row[chosen[layoff]], layoff[chosen[layoff]]
    days = (day_of[layoff] + rng.integers(0, 3, len(row))) * DAY
    filed_at, agent, kind = claims.filed_at.copy(), claims.agent.copy(), claims.kind.copy()
    filed_at[row] = claims.starts_on[row] + days + (claims.filed_at[row] - claims.filed_at[row].astype("datetime64[D]"))
    agent[row] = agent_of[layoff]
    kind[row] = np.where(kind[row] == "ordinary", "layoff", kind[row])
    return replace(claims, filed_at=filed_at, agent=agent, kind=kind)
