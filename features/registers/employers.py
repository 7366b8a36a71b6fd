"""Who employs, and what employers share with one another."""

from features.registers.declaration import Register, Text, choice, date, known_on, money, text

EMPLOYERS = Register(
    "employers",
    Text("An employer", "用人单位"),
    key=("employer_id",),
    natural="registered_on",
    columns=(
        text(
            "employer_id",
            "Identifier of the employer, such as a unified social credit code",
            "用人单位标识，如统一社会信用代码",
            required=True,
        ),
        text("name", "Registered name", "登记名称", required=True),
        text("industry", "Industry, in the authority's own classification", "行业（按主管机关分类）"),
        text("region", "Region whose office is responsible", "辖区"),
        date("registered_on", "Day of registration", "登记日期", days="long_ago"),
        date(
            "closed_on",
            "Day the employer closed; unknown before it",
            "注销或停业日期；此前视为未知",
            learned_on="closed_on",
            days="ahead",
        ),
        text("ownership", "Form of ownership", "所有制形式"),
        money("registered_capital", "Registered capital", "注册资本"),
        known_on("registered_on", "登记日期", days="long_ago"),
    ),
)

EMPLOYER_TIES = Register(
    "employer_ties",
    Text("Something an employer shares or may share with another", "用人单位之间共有或可能共有的要素"),
    key=("employer_id", "tie", "value", "since"),
    natural="since",
    columns=(
        text("employer_id", "The employer", "用人单位标识", required=True),
        choice(
            "tie", "director shareholder phone address account agent", "What is shared", "共有要素的类型", required=True
        ),
        text("value", "The director, number, address, account or agent itself", "要素的值", required=True),
        date("since", "First day it held", "起始日期", days="ahead"),
        date(
            "until",
            "Last day it held; unknown before it",
            "终止日期；此前视为未知",
            learned_on="until",
            days="ahead",
        ),
        known_on("since", "起始日期", days="ahead"),
    ),
)
