"""The catalogue that the features of employers are declared in, and what several of them say alike."""

from features.feature import Catalogue, Reason

EMPLOYER_FEATURES = Catalogue(
    "employer", told_by={"others": "features.snapshots.others", "ties": "features.ties.network"}
)
feature = EMPLOYER_FEATURES.declare

SHARE: tuple[float, float] = (0, 1)
CHANGE: tuple[float, float] = (-1, 1)
NO_PAYROLL = Reason(en="no payroll is known for the months that this is told of", zh="本项所涉月份无工资数据")


def months_of(months: int, *, due: bool = False) -> tuple[str, str]:
    """The last `months` in words, English and Chinese. `due`: of those that have fallen due."""
    if due and months == 1:
        return "the newest month that has fallen due", "最近一个已到期月份"
    if due:
        return f"the last {months} months that have fallen due", f"最近{months}个已到期月份"
    return f"the last {months} months", f"近{months}个月"


def no_payroll(months: int, *, due: bool = False) -> Reason:
    """No payroll is known for the last `months`. `due`: of those that have fallen due."""
    english, chinese = months_of(months, due=due)
    return Reason(en=f"no payroll is known for {english}", zh=f"{chinese}无工资数据")


def no_wages_paid(months: int, *, due: bool = False) -> Reason:
    """None of the wages for the last `months` is known to be paid: there may be payroll of them. `due`: as above."""
    english, chinese = months_of(months, due=due)
    return Reason(en=f"no wages are known to have been paid for {english}", zh=f"未见{chinese}的工资支付记录")


def unpaid_workers(months: int) -> Reason:
    """Of how many worker-months of the last `months` fallen due the wage is not paid in full."""
    english, chinese = months_of(months, due=True)
    return Reason(
        en=f"wages not paid in full for {{value:.0%}} of worker-months of {english}",
        zh=f"{chinese}有{{value:.0%}}的人月工资未足额支付",
    )
