"""What workers were due and paid, and what was contributed for them."""

from features.registers.declaration import Register, Text, choice, date, known_on, money, month, text

SCHEMES = "pension unemployment work_injury medical maternity"

PAYROLL = Register(
    "payroll",
    Text("A worker's pay for a month", "劳动者月工资"),
    key=("employer_id", "worker_id", "month"),
    natural="month",
    partition="month",
    columns=(
        text("employer_id", "The employer", "用人单位标识", required=True),
        text(
            "worker_id",
            "National identity number of the worker, or what stands for it",
            "劳动者身份证号码或替代标识",
            required=True,
        ),
        month("month", "Month the work was done, as its first day", "工资所属月份（当月第一日）", required=True),
        money("wage_due", "Wage due for the month", "应发工资", required=True),
        money(
            "wage_paid",
            "Wage paid; counts as not paid before paid_on",
            "实发工资；paid_on之前视为未付",
            learned_on="paid_on",
        ),
        date("paid_on", "Day the wage was paid", "工资支付日期"),
        known_on("last day of the month", "当月最后一日", not_before="month"),
    ),
)

CONTRIBUTIONS = Register(
    "contributions",
    Text("A worker's contribution to one scheme for a month", "劳动者月度单项社会保险缴费"),
    key=("employer_id", "worker_id", "month", "scheme"),
    natural="month",
    partition="month",
    columns=(
        text("employer_id", "The employer", "用人单位标识", required=True),
        text(
            "worker_id",
            "National identity number of the worker, or what stands for it",
            "劳动者身份证号码或替代标识",
            required=True,
        ),
        month("month", "Month insured, as its first day", "费款所属月份（当月第一日）", required=True, days="prepaid"),
        choice("scheme", SCHEMES, "Scheme of insurance", "险种", required=True),
        money("base", "Wage that the contribution is reckoned from", "缴费基数"),
        money("due", "Contribution due", "应缴金额", required=True),
        money(
            "paid",
            "Contribution paid; counts as not paid before paid_on",
            "实缴金额；paid_on之前视为未缴",
            learned_on="paid_on",
        ),
        date("paid_on", "Day the contribution was paid", "缴费日期"),
        known_on("last day of the month", "当月最后一日"),
    ),
)
