"""What each kind of value may look like, and what is put aside."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from tests.features.lake.office import Office


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.05", 0.05),
        ("1", 1.0),
        ("1e-3", 0.001),
        ("", None),
        ("0", "chance_not_a_probability"),
        ("1.01", "chance_not_a_probability"),
        ("-0.5", "chance_not_a_probability"),
        ("5%", "chance_not_a_probability"),
        ("0_1", "chance_not_a_probability"),
        ("nan", "chance_not_a_probability"),
    ],
)
def test_chances_are_above_0_and_at_most_1(office: Office, text: str, expected: object) -> None:
    office.ingest(inspections=f"inspection_id;employer_id;opened_on;chance\n1;1;2024-05-02;{text}\n")
    rows = office.rows("inspections")
    assert (rows[0]["chance"] if rows else office.aside()[0][1]) == expected


def read(office: Office, column: str, text: str) -> Any:
    """The value in the lake of a complaint whose `column` is written `text`, or the rules it broke."""
    row = {"complaint_id": "1", "employer_id": "1", "filed_on": "2024-05-02"} | {column: text}
    office.ingest(complaints=";".join(row) + "\n" + ";".join(row.values()) + "\n")
    rows = office.rows("complaints")
    return rows[0][column] if rows else office.aside()[0][1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        (" 2024-02-29 ", date(2024, 2, 29)),
        ("2024-02-30", "filed_on_not_a_date"),
        ("2024-2-9", "filed_on_not_a_date"),
        ("2024/02/09", "filed_on_not_a_date"),
        ("20240209", "filed_on_not_a_date"),
        ("2024-02-09 00:00:00", "filed_on_not_a_date"),
        ("infinity", "filed_on_not_a_date"),
        ("today", "filed_on_not_a_date"),
        ("", "filed_on_missing"),
        ("　", "filed_on_missing"),
    ],
)
def test_dates_are_iso(office: Office, text: str, expected: object) -> None:
    assert read(office, "filed_on", text) == expected


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("filed_on", "0024-01-01", "filed_on_too_early"),
        ("filed_on", "1949-12-31", "filed_on_too_early"),
        ("filed_on", "1950-01-01", date(1950, 1, 1)),
        ("known_on", "2024-05-02", date(2024, 5, 2)),
        ("known_on", "2024-05-01", "known_on_before_filed_on"),
    ],
)
def test_days_are_plausible(office: Office, column: str, text: str, expected: object) -> None:
    assert read(office, column, text) == expected


@pytest.mark.parametrize(
    ("column", "days", "broken"),
    [
        ("filed_on", 1, None),
        ("filed_on", 2, "filed_on_in_the_future"),
        ("decided_on", 2, "decided_on_in_the_future"),
        ("known_on", 2, "known_on_in_the_future"),
    ],
)
def test_a_day_to_come_is_tomorrow_at_most(office: Office, column: str, days: int, broken: str | None) -> None:
    day = today() + timedelta(days)
    assert read(office, column, str(day)) == (broken or day)


def today() -> date:
    """Asked by each test: the tests may run over midnight."""
    return datetime.now(UTC).date()


def test_what_is_old_or_planned_may_be_so(office: Office) -> None:
    ahead = str(today() + timedelta(300))
    office.ingest(
        employers=f"employer_id,name,registered_on,closed_on\n1,a,1801-01-01,{ahead}\n2,b,1799-12-31,\n",
        employer_ties=f"employer_id,tie,value,since,until\n1,phone,5,{ahead},9999-12-31\n",
        claims="claim_id,scheme,filed_at,born_on,ends_on\n1,pension,2024-01-01 10:00,0024-01-01,2050-01-01\n"
        "2,pension,2124-01-01 10:00,,\n3,pension,2024-01-01,,\n",
        contributions=f"employer_id,worker_id,month,scheme,due\n1,2,{ahead[:7]}-01,pension,5\n",
    )
    assert office.column("employers", "employer_id") == ["1"]
    assert len(office.rows("employer_ties")) == len(office.rows("contributions")) == 1
    assert office.column("claims", "claim_id") == ["1", "3"]
    assert sorted(rule for _, rule in office.aside()) == ["filed_at_in_the_future", "registered_on_too_early"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100", Decimal("100.00")),
        ("0.005", Decimal("0.01")),
        ("1.0049999", Decimal("1.00")),
        ("-0.01", "amount_claimed_negative"),
        ("1,000", "amount_claimed_not_an_amount"),
        ("¥5", "amount_claimed_not_an_amount"),
        ("NaN", "amount_claimed_not_an_amount"),
        ("inf", "amount_claimed_not_an_amount"),
        ("1_000", "amount_claimed_not_an_amount"),
        ("12345678901234567", "amount_claimed_not_an_amount"),
        ("9007199254740993.01", Decimal("9007199254740993.01")),
        ("", None),
    ],
)
def test_money_is_exact_to_the_cent(office: Office, text: str, expected: object) -> None:
    assert read(office, "amount_claimed", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("3", 3), ("3.0", 3), ("3.5", "workers_not_a_whole_number"), ("0", "workers_below_1"), ("", None)],
)
def test_counts_are_whole(office: Office, text: str, expected: object) -> None:
    assert read(office, "workers", text) == expected


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("outcome", "proven", "proven"),
        ("outcome", "Proven!", "outcome_not_a_choice"),
        ("decided_on", "2024-05-01", "decided_on_before_filed_on"),
        ("decided_on", "2024-05-02", date(2024, 5, 2)),
        ("employer_id", " 007　", "007"),
        ("employer_id", "\u00a0\t007", "007"),
        ("employer_id", " ", "employer_id_missing"),
        ("known_on", "soon", "known_on_not_a_date"),
    ],
)
def test_other_rules(office: Office, column: str, text: str, expected: object) -> None:
    assert read(office, column, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-02 13:14:15", datetime(2024, 5, 2, 13, 14, 15)),
        ("2024-05-02T13:14:15.25", datetime(2024, 5, 2, 13, 14, 15, 250000)),
        ("2024-05-02", datetime(2024, 5, 2)),
        ("2024-05-02T13:14:15Z", None),
        ("2024-05-02 25:00", None),
    ],
)
def test_timestamps_are_local_times(office: Office, text: str, expected: datetime | None) -> None:
    office.ingest(claims=f"claim_id,scheme,filed_at\n1,pension,{text}\n")
    assert office.column("claims", "filed_at") == ([expected] if expected else [])
    assert office.aside() == ([] if expected else [(2, "filed_at_not_a_timestamp")])


@pytest.mark.parametrize(
    ("month", "expected"),
    [("2024-02-01", []), ("2024-02-02", ["month_not_first_day"]), ("2024-02", ["month_not_a_date"])],
)
def test_a_month_is_its_first_day(office: Office, month: str, expected: list[str]) -> None:
    office.ingest(payroll=f"employer_id,worker_id,month,wage_due\n1,2,{month},3\n")
    assert [rules for _, rules in office.aside()] == expected


def test_known_on_is_filled_with_the_natural_date(office: Office) -> None:
    report = office.ingest(
        payroll="employer_id,worker_id,month,wage_due,known_on\n1,2,2024-02-01,3,\n1,2,2024-03-01,3,2024-05-01\n",
        claims="claim_id,scheme,filed_at\n1,pension,2024-05-02 13:14:15\n",
        persons="person_id\n1\n",
        employers="employer_id,name,registered_on\n1,a,2020-05-01\n2,b,\n",
    )
    assert office.column("payroll", "known_on") == [date(2024, 2, 29), date(2024, 5, 1)]
    assert office.column("claims", "known_on") == [date(2024, 5, 2)]
    assert office.column("persons", "known_on") == [date(1900, 1, 1)]
    assert office.column("employers", "known_on") == [date(2020, 5, 1), date(1900, 1, 1)]
    filled = {name: register.known_on_filled for name, register in report.registers.items()}
    assert filled == {"employers": 2, "payroll": 1, "persons": 1, "claims": 1}


def test_the_month_may_stand_in_the_path_alone(office: Office) -> None:
    text = "employer_id,worker_id,wage_due\n1,2,3\n"
    office.hands_in("payroll/month=2024-02-01/a.csv", text)
    office.hands_in("payroll/month=2024-03-01/a.csv", text)  # the same bytes, another month
    office.hands_in(
        "payroll/month=2024-04-01/a.parquet", pa.table({"employer_id": [1], "worker_id": [2], "wage_due": [3]})
    )
    office.ingest()
    assert office.column("payroll", "month") == [date(2024, 2, 1), date(2024, 3, 1), date(2024, 4, 1)]
    assert [file.partition for file in office.lake.files("payroll")] == ["2024-02", "2024-03", "2024-04"]


TYPED = pa.table(
    {
        "Complaint_ID": pa.array([7, 8], pa.int32()),
        "employer_id": pa.array(["01", "02"]).dictionary_encode(),
        "filed_on": pa.array([datetime(2024, 5, 1), datetime(2024, 5, 2)], pa.timestamp("ns")),
        "topic": pa.array([None, None], pa.null()),
        "workers": pa.array([3.0, None], pa.float64()),
        "amount_claimed": pa.array([1.005, 0.1 + 0.2], pa.float64()),
        "amount_proven": pa.array([Decimal("1.1250"), None], pa.decimal128(20, 4)),
        "decided_on": pa.array([date(2024, 6, 1), None]),
    }
)


def test_typed_parquet(office: Office) -> None:
    office.ingest(complaints=TYPED)
    first, second = office.rows("complaints")
    assert (first["complaint_id"], first["employer_id"], first["filed_on"]) == ("7", "01", date(2024, 5, 1))
    assert (first["workers"], first["amount_claimed"], first["amount_proven"]) == (3, Decimal("1.01"), Decimal("1.13"))
    assert (second["workers"], second["amount_claimed"], second["decided_on"]) == (None, Decimal("0.30"), None)
    assert first["known_on"] == date(2024, 5, 1)


def test_typed_parquet_breaks_rules_too(office: Office) -> None:
    wrong = {
        "complaint_id": ["1", "2", "3", "4", None],
        "employer_id": ["1"] * 5,
        "filed_on": pa.array([datetime(2024, 5, 1, 1), *[datetime(2024, 5, 1)] * 4], pa.timestamp("us")),
        "amount_claimed": [1.0, float("nan"), float("inf"), 1.0, 1.0],
        "workers": [1.0, 1.0, 1.0, 1.5, 1.0],
    }
    office.ingest(complaints=pa.table(wrong))
    assert office.aside() == [
        (1, "filed_on_not_a_date"),
        (2, "amount_claimed_not_an_amount"),
        (3, "amount_claimed_not_an_amount"),
        (4, "workers_not_a_whole_number"),
        (5, "complaint_id_missing"),
    ]
    assert '"filed_on":"2024-05-01 01:00:00"' in office.lake.aside()["row"][0].as_py()
