"""Insured persons, what they claimed, what was paid to them, and what reviews found."""

from features.registers.declaration import Register, Text, chance, choice, date, known_on, money, month, text, timestamp
from features.registers.pay import SCHEMES

PERSONS = Register(
    "persons",
    Text("An insured person", "参保人员"),
    key=("person_id",),
    natural=None,
    columns=(
        text("person_id", "National identity number, or what stands for it", "身份证号码或替代标识", required=True),
        text("name", "Name", "姓名"),
        date("born_on", "Date of birth", "出生日期", days="long_ago"),
        text("sex", "Sex, kept for fairness reports only", "性别（仅用于公平性报告）"),
        text("region", "Region of residence", "居住地区"),
        text("address", "Address", "住址"),
        text("phone", "Telephone number", "电话号码"),
        date(
            "died_on",
            "Date of death; unknown before death_known_on",
            "死亡日期；death_known_on之前视为未知",
            learned_on="death_known_on",
            days="long_ago",
        ),
        date("death_known_on", "Day the authority learned of the death", "主管机关获知死亡的日期"),
        known_on("always known", "始终已知", days="long_ago"),
    ),
)

CLAIMS = Register(
    "claims",
    Text("A claim to a benefit", "待遇申领"),
    key=("claim_id",),
    natural="filed_at",
    columns=(
        text("claim_id", "Identifier of the claim", "申领编号", required=True),
        choice("scheme", f"{SCHEMES} other", "Scheme of insurance", "险种", required=True),
        timestamp("filed_at", "Moment it was filed", "申领时间", required=True),
        text(
            "person_id",
            "Identity number as written on the claim, which may be mistyped",
            "申领书所填身份证号码（可能有误）",
        ),
        text("name", "Name as written on the claim", "申领书所填姓名"),
        date("born_on", "Date of birth as written on the claim", "申领书所填出生日期", days=""),
        text("region", "Region of the claim", "申领地区"),
        date("starts_on", "First day of the benefit", "待遇起始日期", days="ahead"),
        date("ends_on", "Last day of the benefit", "待遇终止日期", days="ahead"),
        money("amount", "Amount a month, or once", "月待遇金额或一次性金额"),
        text("employer_id", "Last employer named", "最后用人单位标识"),
        text("account", "Account to pay to", "收款账户"),
        text("phone", "Telephone number given", "联系电话"),
        text("address", "Address given", "联系地址"),
        text("agent_id", "Agent who filed it", "代办人标识"),
        known_on("day of filed_at", "申领当日", not_before="filed_at"),
    ),
)

PAYOUTS = Register(
    "payouts",
    Text("A payment to a claimant", "待遇发放"),
    key=("payout_id",),
    natural="paid_at",
    columns=(
        text("payout_id", "Identifier of the payment", "发放编号", required=True),
        text("claim_id", "The claim it pays", "申领编号", required=True),
        timestamp("paid_at", "Moment it was paid", "发放时间", required=True),
        money("amount", "Amount paid", "发放金额", required=True),
        month("period", "Month it pays for", "待遇所属月份", days="prepaid"),
        text("account", "Account paid to", "收款账户"),
        known_on("day of paid_at", "发放当日", not_before="paid_at"),
    ),
)

CLAIM_DECISIONS = Register(
    "claim_decisions",
    Text("What a review of a claim found", "待遇申领复核结论"),
    key=("claim_id", "decided_on"),
    natural="decided_on",
    columns=(
        text("claim_id", "The claim reviewed", "申领编号", required=True),
        date("opened_on", "Day the review was opened", "复核开始日期"),
        date("decided_on", "Day of the decision", "复核决定日期", required=True),
        choice("finding", "genuine duplicate fraud error", "What the review found", "复核结论", required=True),
        text("duplicate_of", "The claim it duplicates", "所重复的申领编号"),
        money("amount_lost", "Amount lost", "损失金额"),
        money("amount_recovered", "Amount recovered", "追回金额"),
        choice("trigger", "alert random routine tip", "Why the claim was reviewed", "复核来源"),
        chance(
            "chance",
            "Probability with which a list drew the claim to lead an alert: 1 where it was listed for certain; empty where it is not known",
            "名单抽取该申领作为预警主申领的概率：确定列入的为1；不明时留空",
        ),
        date(
            "listed_on",
            "Day as of which that list was drawn; empty where no list brought the review",
            "该名单的截至日期；非由名单引起的复核留空",
        ),
        known_on("decided_on", "复核决定日期", not_before="decided_on"),
    ),
)
