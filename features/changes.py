"""What an employer can do about a feature: the acts, and the value each feature has once an act is done.

Features that tell of the same rows move together, or they would contradict each other: who pays the wages
it owes has neither a share nor an amount unpaid. So an act is declared once, and each feature says where the
act takes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

USUAL: Literal["usual"] = "usual"


@dataclass(frozen=True)
class Act:
    """Something an employer can do, as the end of "if ..." in both languages. `after`: what has to be done first."""

    name: str
    en: str
    zh: str
    after: str | None = None

    def to(self, value: float | Literal["usual"] | None, owed: str | None = None) -> Change:
        """The change that takes a feature to `value`; None: to not being there; USUAL: to what others usually have.

        `owed`: the feature whose share counts as late once it is paid.
        """
        return Change(self, value, owed)


@dataclass(frozen=True)
class Change:
    """Where an act takes a feature. An employer that is already better stays where it is."""

    act: Act
    value: float | Literal["usual"] | None
    owed: str | None = None


PAY_WAGES = Act("pay_wages", en="all wages due were paid", zh="全部应付工资付清")
PAY_WAGES_ON_TIME = Act(
    "pay_wages_on_time", en="wages were paid on time for a year", zh="连续一年按时发放工资", after="pay_wages"
)
PAY_CONTRIBUTIONS = Act("pay_contributions", en="all contributions due were paid", zh="全部应缴社会保险费缴清")
PAY_CONTRIBUTIONS_ON_TIME = Act(
    "pay_contributions_on_time", en="contributions were paid on time for a year",
    zh="连续一年按时缴纳社会保险费", after="pay_contributions",
)  # fmt: skip
INSURE = Act(
    "insure",
    en="as many workers were insured, on as much of their wages, as is usual",
    zh="参保人数和缴费基数达到一般水平",
)
PAY_DECISIONS = Act("pay_decisions", en="all that was found owed were paid", zh="已认定的欠付金额全部履行")
