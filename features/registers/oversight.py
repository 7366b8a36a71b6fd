"""What workers complained of and what inspectors found."""

from features.registers.declaration import Register, Text, chance, choice, count, date, known_on, money, text

COMPLAINTS = Register(
    "complaints",
    Text("A complaint about an employer", "针对用人单位的投诉"),
    key=("complaint_id",),
    natural="filed_on",
    columns=(
        text("complaint_id", "Identifier of the complaint", "投诉编号", required=True),
        text("employer_id", "The employer complained of", "被投诉用人单位标识", required=True),
        date("filed_on", "Day it was filed", "投诉日期", required=True),
        choice("topic", "wages contributions contract overtime other", "What it is about", "投诉事项"),
        count("workers", 1, "Workers it speaks for", "涉及劳动者人数"),
        money("amount_claimed", "Amount claimed", "投诉金额"),
        choice(
            "outcome",
            "proven unproven withdrawn settled duplicate",
            "What was decided; unknown before decided_on",
            "处理结果；decided_on之前视为未知",
            learned_on="decided_on",
        ),
        money(
            "amount_proven",
            "Amount found to be owed; unknown before decided_on",
            "认定欠付金额；decided_on之前视为未知",
            learned_on="decided_on",
        ),
        date("decided_on", "Day of the decision", "处理决定日期", not_before="filed_on"),
        money(
            "amount_recovered",
            "Amount recovered for workers; unknown before decided_on",
            "追回金额；decided_on之前视为未知",
            learned_on="decided_on",
        ),
        known_on("filed_on", "投诉日期", not_before="filed_on"),
    ),
)

INSPECTIONS = Register(
    "inspections",
    Text("An inspection of an employer", "对用人单位的劳动监察"),
    key=("inspection_id",),
    natural="opened_on",
    columns=(
        text("inspection_id", "Identifier of the inspection", "监察编号", required=True),
        text("employer_id", "The employer inspected", "被监察用人单位标识", required=True),
        date("opened_on", "Day it was opened", "立案日期", required=True),
        choice("trigger", "complaint watchlist random campaign routine", "Why this employer was chosen", "监察来源"),
        chance(
            "chance",
            "Probability with which a list drew this employer: 1 where it was listed for certain; empty where it is not known",
            "名单抽取该单位的概率：确定列入的为1；不明时留空",
        ),
        date("closed_on", "Day it was closed", "结案日期", not_before="opened_on"),
        choice(
            "finding",
            "arrears contribution_arrears other_violation clean not_found",
            "What was found; unknown before closed_on",
            "监察结论；closed_on之前视为未知",
            learned_on="closed_on",
        ),
        count(
            "workers_owed",
            0,
            "Workers found to be owed; unknown before closed_on",
            "被欠薪人数；closed_on之前视为未知",
            learned_on="closed_on",
        ),
        money(
            "amount_owed",
            "Amount found to be owed; unknown before closed_on",
            "查实欠付金额；closed_on之前视为未知",
            learned_on="closed_on",
        ),
        money(
            "amount_recovered",
            "Amount recovered for workers; unknown before closed_on",
            "追回金额；closed_on之前视为未知",
            learned_on="closed_on",
        ),
        known_on("opened_on", "立案日期", not_before="opened_on"),
    ),
)
