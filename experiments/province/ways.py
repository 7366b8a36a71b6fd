"""What an employer is like for good: look-alikes of arrears, and what its filings hide."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Flags, Ints
from experiments.province.kinds import INDUSTRIES
from experiments.province.knobs import Knobs


@dataclass(frozen=True)
class Ways:
    """One flag an employer. Who is `chronic` or `seasonal` never owes; `reports_unmade` files, the two others do not."""

    chronic: Flags  # always pays a little late, and pays
    seasonal: Flags  # pays late and employs few in the trough of its industry, and pays
    some_workers: Flags  # in need leaves some workers without pay, where others pay all a part
    minimum_base: Flags  # contributes on the least base
    uninsured: Flags  # insures nobody
    underpays: Flags  # pays some workers less than the minimum wage
    reports_unmade: Flags  # its payroll says that everything was paid
    never_files: Flags  # files no payroll
    stops_filing: Flags  # files no payroll for months in need

    @property
    def sound(self) -> Flags:
        """Whether it never owes, whatever its cash."""
        return self.chronic | self.seasonal


def draw_ways(industry: Ints, knobs: Knobs, rng: np.random.Generator) -> Ways:
    """Ways of employers of these industries; only an industry with a season has seasonal ones."""
    number = len(industry)
    season = INDUSTRIES["season"].to_numpy()[industry] >= 0.15
    lot, filing = rng.random(number), rng.random(number)
    chronic = lot < knobs.chronic
    files_not = knobs.reports_unmade + knobs.never_files
    return Ways(
        chronic=chronic,
        seasonal=~chronic & season & (lot < knobs.chronic + knobs.seasonal / max(season.mean(), 1e-9)),
        some_workers=rng.random(number) < knobs.some_workers,
        minimum_base=rng.random(number) < knobs.minimum_base,
        uninsured=rng.random(number) < knobs.uninsured,
        underpays=rng.random(number) < knobs.underpays,
        reports_unmade=filing < knobs.reports_unmade,
        never_files=(filing >= knobs.reports_unmade) & (filing < files_not),
        stops_filing=(filing >= files_not) & (filing < files_not + knobs.stops_filing),
    )
