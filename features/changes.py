"""What an employer can do about a feature: the acts, and what each makes of a feature once it is done.

Features that tell of the same rows move together, or they would contradict each other: who pays the wages
it owes has neither a share nor an amount unpaid, and has paid late. So an act is declared once, with what it
moves in the registers' books, and each feature that rests on it says where the act takes it, or why nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from features.minimum_wages import GRADES

Floats = npt.NDArray[np.float64]
USUAL: Literal["usual"] = "usual"


@dataclass(frozen=True)
class Facts:
    """What is known of some employers before an act: each feature's values, shape (employers,), and its usual value."""

    values: Mapping[str, Floats]
    usual: Mapping[str, float]
    count: int

    def __getitem__(self, name: str) -> Floats:
        """The feature's values; NaN where it is not known, and for everybody if it is not at hand."""
        found = self.values.get(name)
        return np.full(self.count, np.nan) if found is None else found


Reckoning = Callable[[Facts], Floats]  # a feature's values then, from the facts before; NaN where it cannot be told
Value = float | Literal["usual"] | Reckoning | None


@dataclass(frozen=True)
class Act:
    """Something an employer can do, as the end of "if ..." in both languages. `after`: what has to be done first.

    `untold_en`, `untold_zh`: what cannot be told of it, and how it is taken. `moves`: the measures of the books
    that it changes, as "register.measure".
    """

    name: str
    en: str
    zh: str
    after: str | None = None
    untold_en: str = ""
    untold_zh: str = ""
    moves: frozenset[str] = frozenset()

    def to(self, value: Value) -> Change:
        """The change that takes a feature to `value`; None: to not being there; USUAL: to what others usually have."""
        return Change(self, "takes", value)

    def at_worst(self, value: Value) -> Change:
        """The change of a feature that may end anywhere up to `value`, on the side of more risk, and is put there."""
        return Change(self, "bounds", value)

    def perhaps(self, value: Value) -> Change:
        """The change of a feature of which more may mean either, or that may become known: left, and put to `value`.

        The higher risk of the two is told.
        """
        return Change(self, "perhaps", value)

    def leaves(self, why: str) -> Change:
        """No change, though what the feature rests on moves; `why` no employer looks better by that than it would be."""
        return Change(self, "leaves", None, why)


@dataclass(frozen=True)
class Change:
    """What an act makes of a feature. One that `takes` it leaves an employer that is already better where it is."""

    act: Act
    how: Literal["takes", "bounds", "perhaps", "leaves"]
    value: Value
    why: str = ""

    def record(self) -> dict[str, Any]:
        """The change as plain data; a reckoning by what its docstring says."""
        value = (self.value.__doc__ or "").strip() if callable(self.value) else self.value
        act = {name: found for name, found in asdict(self.act).items() if name != "moves"}
        return {"act": act, "how": self.how, "value": value, "why": self.why}


def _of(register: str, measures: str) -> frozenset[str]:
    return frozenset(f"{register}.{measure}" for measure in measures.split())


LATENESS = _of("payroll", "paid_late late_workers long_late very_long_late late_days")
CONTRIBUTIONS_LATENESS = _of("contributions", "late_lines late_days paid_back")

PAY_WAGES = Act(
    "pay_wages", en="all wages due were paid", zh="全部应付工资付清",
    untold_en="wages paid only now count as paid very late, so it may be too high", untold_zh="现在补发的工资按迟发较久计算，概率可能偏高",
    moves=LATENESS | _of("payroll", "paid unpaid unpaid_workers paid_workers paid_whole paid_part round_lumps"),
)  # fmt: skip
PAY_WAGES_ON_TIME = Act(
    "pay_wages_on_time", en="wages had been paid on time for a year", zh="工资一年来均按时发放", after="pay_wages",
    untold_en="complaints stay as they are", untold_zh="已有投诉视为不变", moves=LATENESS,
)  # fmt: skip
PAY_CONTRIBUTIONS = Act(
    "pay_contributions", en="all contributions due were paid", zh="全部应缴社会保险费缴清",
    untold_en="contributions paid only now count as paid very late, so it may be too high", untold_zh="现在补缴的社会保险费按迟缴较久计算，概率可能偏高",
    moves=CONTRIBUTIONS_LATENESS
    | _of("contributions", "paid unpaid unpaid_pension unpaid_medical unpaid_other paid_lines"),
)  # fmt: skip
PAY_CONTRIBUTIONS_ON_TIME = Act(
    "pay_contributions_on_time", en="contributions had been paid on time for a year",
    zh="社会保险费一年来均按时缴纳", after="pay_contributions",
    untold_en="what was paid back within two years stays as it is", untold_zh="两年内的补缴情况视为不变",
    moves=CONTRIBUTIONS_LATENESS,
)  # fmt: skip
INSURE = Act(
    "insure",
    en="as many workers had been insured, on as much of their wages, as is usual",
    zh="参保人数和缴费基数一直达到一般水平",
    untold_en="the share of contributions overdue or late stays as it is",
    untold_zh="逾期和迟缴所占比例视为不变",
    moves=_of("contributions", "lines insured base due paid paid_lines due_pension due_medical due_other")
    | _of("contributions", " ".join(f"at_least_{grade}" for grade in GRADES))
    | _of("insured", "paid_only insured"),
)
PAY_DECISIONS = Act(
    "pay_decisions", en="all that was found owed were paid", zh="已认定的欠付金额全部履行",
    moves=_of("complaints", "recovered still_owed unpaid") | _of("inspections", "recovered still_owed unpaid"),
)  # fmt: skip
