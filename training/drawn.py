"""What visits, or reviews of claims, found that lists and lots drew with a known chance: a sample by design, whatever inspectors believe.

Each visit stands for 1 / chance employers (Horvitz and Thompson 1952; the share self-normalised, Hájek). One listed for
certain stands for itself, so the top of a list is in the estimate. A visit by lot of which no chance is told counts
as one of an even draw over everybody open. An employer on several lists of the horizon counts with each visit: what is
estimated is the share of visits that would find arrears if each list had everybody visited whom it could draw, lists weighing as
many employers as that. Employers whom no list and no lot could draw are not spoken of, nor are those listed for certain
where the register tells no chance of theirs. Without any visit by lot nothing is: the top of a list alone is no sample.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from training.artefact import Floats
from training.labels import EVEN, INVERSE

READ = (*INVERSE, *EVEN, "drawn_arrears", "drawn_cleared", "by_lot", "even", "untold_list")


@dataclass(frozen=True)
class Drawn:
    """By row: `label`, the weighted share of its visits that found arrears (NaN: none came to a conclusion), and `weight`.

    `even`: every visit weighs the same; `weight` is then the number of visits. `said`: counts for the report.
    """

    label: Floats
    weight: Floats
    even: bool
    said: dict[str, int]

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Rows of which a drawn visit found anything out."""
        return self.weight > 0


@dataclass(frozen=True)
class Counted:
    """By row what drawn visits found; of pairs the first counts those that found arrears, the second those that did not.

    `inverse`: how many others they stand for, where their chance is told; `even`: numbers by lot of which it is not.
    `visits`: all of both. With those without a conclusion: all `by_lot`, those of them without a chance (`even_opened`),
    and those listed, not by lot, without one (`untold_list`).
    """

    inverse: tuple[Floats, Floats]
    even: tuple[Floats, Floats]
    visits: Floats
    by_lot: Floats
    even_opened: Floats
    untold_list: Floats


def drawn_visits(rows: pd.DataFrame) -> Drawn:
    """The drawn visits of `rows`: all open employers of one day, with what happened afterwards (training.labels)."""
    counts = {name: rows[name].to_numpy(dtype=np.float64) for name in READ}
    return weighed(
        Counted(
            (counts["inverse_arrears"], counts["inverse_cleared"]),
            (counts["even_arrears"], counts["even_cleared"]),
            counts["drawn_arrears"] + counts["drawn_cleared"],
            counts["by_lot"], counts["even"], counts["untold_list"],
        )
    )  # fmt: skip


def weighed(counted: Counted) -> Drawn:
    """Label and weight of each row; without any visit by lot none has a weight."""
    opened, rows = counted.even_opened.sum(), len(counted.visits)
    each = rows / opened if opened else 0.0  # one over the chance of an even draw over all rows
    found = counted.inverse[0] + each * counted.even[0]
    weight = found + counted.inverse[1] + each * counted.even[1]
    weight = weight if counted.by_lot.any() else np.zeros(rows)
    known = weight > 0
    label = np.divide(found, weight, out=np.full(rows, np.nan), where=known)
    stands_for = weight[known] / counted.visits[known]
    even = bool(known.any()) and float(np.ptp(stands_for)) <= 1e-9 * float(stands_for.max())
    said = {
        "visits": int(counted.visits.sum()),
        "chance_not_told": int((counted.even[0] + counted.even[1]).sum()),
        "listed_without_chance": int(counted.untold_list.sum()),
    }
    return Drawn(label, counted.visits if even else weight, even, said)
