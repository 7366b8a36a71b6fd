"""A key is known once a day; known on another day it is a correction."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest

from tests.features.lake.office import Office

HEADER = "employer_id,worker_id,month,wage_due,known_on\n"
ROW = "1,2,2024-01-01,100,2024-01-31\n"
OTHER = "1,2,2024-01-01,900,2024-01-31\n"
LATER = "1,2,2024-01-01,120,2024-05-01\n"
CLAIMS = "claim_id,scheme,filed_at\n"


def test_the_same_file_twice_makes_no_version(office: Office) -> None:
    assert office.ingest(payroll=HEADER + ROW).version == 1
    report = office.ingest()
    assert (report.version, report.changed, report.rows_in) == (1, False, 0)
    assert list(report.warnings()) == ["payroll.csv was skipped: it is the same as payroll.csv of version 1."]


def test_a_copy_of_a_file_is_skipped(office: Office) -> None:
    office.hands_in("payroll/copy.csv", HEADER + ROW)
    report = office.ingest(payroll=HEADER + ROW)
    assert [file.outcome for file in report.files] == ["read", "skipped"]


def test_a_repeated_row_is_put_aside(office: Office) -> None:
    office.ingest(payroll=HEADER + ROW + ROW)
    assert office.aside() == [(3, "repeated_row")]
    office.ingest(payroll=HEADER + ROW + "3,4,2024-01-01,1,\n")
    assert office.aside() == [(3, "repeated_row"), (2, "repeated_row")]
    assert office.column("payroll", "employer_id") == ["1", "3"]


@pytest.mark.parametrize("order", permutations([ROW, OTHER, ROW]))
def test_which_of_two_contradicting_rows_stays_does_not_depend_on_their_order(
    office: Office, order: tuple[str, ...]
) -> None:
    for number, row in enumerate(order):
        office.hands_in(f"payroll/{number}.csv", f"{HEADER}9,9,2024-01-01,{number},\n{row}")
    report = office.ingest()
    assert [row["wage_due"] for row in office.rows("payroll") if row["employer_id"] == "1"] == [Decimal(100)]
    assert report.registers["payroll"].rules == {"duplicate_key": 3, "repeated_row": 1}


def test_what_is_in_the_lake_stays(office: Office) -> None:
    office.ingest(payroll=HEADER + OTHER)
    office.ingest(payroll=HEADER + ROW)
    assert office.column("payroll", "wage_due") == [Decimal(900)]
    assert office.aside() == [(2, "duplicate_key")]
    assert office.lake.aside()["row"].to_pylist() == [
        '{"employer_id":"1","worker_id":"2","month":"2024-01-01","wage_due":"100","known_on":"2024-01-31"}'
    ]


def test_a_correction_is_kept_and_counted(office: Office) -> None:
    office.ingest(payroll=HEADER + ROW)
    report = office.ingest(payroll=HEADER + LATER + LATER + "3,4,2024-01-01,1,\n")
    assert report.registers["payroll"].corrections == 1
    assert office.column("payroll", "wage_due") == [Decimal(100), Decimal(120), Decimal(1)]
    assert office.aside() == [(3, "repeated_row")]


def test_registers_without_months_too(office: Office) -> None:
    office.ingest(claims=CLAIMS + "1,pension,2024-01-01\n2,pension,2024-01-01\n1,pension,2024-01-01\n")
    assert office.aside() == [(4, "repeated_row")]
    report = office.ingest(claims=CLAIMS + "1,pension,2024-01-01 10:00\n2,pension,2024-01-02\n")
    assert report.registers["claims"].corrections == 1
    assert office.aside() == [(4, "repeated_row"), (2, "duplicate_key")]


COMPLAINTS = "complaint_id,employer_id,filed_on,workers,outcome,amount_proven,decided_on\n"
OPEN = "c1,e,2024-01-10,3,,,\n"
PROVEN = "c1,e,2024-01-10,3,proven,500,2024-03-01\n"


def dated(office: Office, register: str, *columns: str) -> list[tuple[str, ...]]:
    """The rows of the lake as text, by the day they were known."""
    rows = [tuple(str(row[name]) for name in ("known_on", *columns)) for row in office.rows(register)]
    return sorted(rows)


def test_an_export_with_the_outcome_filled_in_is_a_correction_from_the_decision_on(office: Office) -> None:
    office.ingest(complaints=COMPLAINTS + OPEN)
    report = office.ingest(complaints=COMPLAINTS + PROVEN)
    assert (report.aside, report.registers["complaints"].corrections) == (0, 1)
    both = [("2024-01-10", "None"), ("2024-03-01", "proven")]
    assert dated(office, "complaints", "outcome") == both
    for again in (OPEN + "c2,e,2024-05-01,1,,,\n", PROVEN + "c3,e,2024-05-01,1,,,\n"):
        report = office.ingest(complaints=COMPLAINTS + again)
        assert report.registers["complaints"].rules == {"repeated_row": 1}
    assert dated(office, "complaints", "outcome")[:2] == [both[0], both[1]]


def test_the_correction_completes_the_row_that_stands(office: Office) -> None:
    header = COMPLAINTS.replace("\n", ",known_on\n")
    office.ingest(complaints=header + "c1,e,2024-01-10,3,,,,\nc1,e,2024-01-10,5,,,,2024-02-01\n")
    report = office.ingest(complaints=COMPLAINTS + PROVEN.replace(",3,", ",5,"))
    assert report.aside == 0
    assert dated(office, "complaints", "workers", "outcome")[-1] == ("2024-03-01", "5", "proven")


def test_what_contradicts_or_adds_nothing_dated_later_says_what_to_do(office: Office) -> None:
    office.ingest(complaints=COMPLAINTS + OPEN)
    report = office.ingest(complaints=COMPLAINTS + PROVEN.replace(",3,", ",9,"))
    assert report.registers["complaints"].rules == {"duplicate_key": 1}
    assert "give it a known_on" in next(report.warnings())


@pytest.mark.parametrize("order", permutations([OPEN, PROVEN]))
def test_of_two_rows_that_agree_the_fuller_one_stays(office: Office, order: tuple[str, ...]) -> None:
    report = office.ingest(complaints=COMPLAINTS + "".join(order))
    assert dated(office, "complaints", "outcome") == [("2024-01-10", "proven")]
    assert report.registers["complaints"].rules == {"superseded_row": 1}


@pytest.mark.parametrize(
    ("register", "header", "before", "after", "known"),
    [
        ("employers", "employer_id,name,registered_on,closed_on", "e,E,2010-01-01,", "e,E,2010-01-01,2024-05-01", "2024-05-01"),
        ("payroll", "employer_id,worker_id,month,wage_due,wage_paid,paid_on", "e,w,2024-01-01,9,,",
         "e,w,2024-01-01,9,9,2024-03-05", "2024-03-05"),
        ("inspections", "inspection_id,employer_id,opened_on,finding,closed_on", "i,e,2024-01-01,,",
         "i,e,2024-01-01,arrears,2024-02-05", "2024-02-05"),
        ("persons", "person_id,name,died_on,death_known_on", "p,P,,", "p,P,2024-01-01,2024-01-09", "2024-01-09"),
    ],
)  # fmt: skip
def test_every_register_takes_what_was_learned_later(
    office: Office, register: str, header: str, before: str, after: str, known: str
) -> None:
    office.ingest(**{register: f"{header}\n{before}\n"})
    report = office.ingest(**{register: f"{header}\n{after}\n"})
    assert report.aside == 0
    assert dated(office, register)[-1] == (known,)


def test_a_key_with_an_empty_column(office: Office) -> None:
    header = "employer_id,tie,value,since\n"
    office.ingest(employer_ties=header + "1,phone,5,\n1,phone,5,\n1,phone,5,2024-01-01\n")
    assert len(office.rows("employer_ties")) == 2
    assert office.aside() == [(3, "repeated_row")]


def test_employers_named_but_unknown_are_a_warning(office: Office) -> None:
    office.hands_in("payroll.csv", HEADER + ROW + "7,2,2024-01-01,1,\n8,2,2024-01-01,1,\n")
    report = office.ingest(employers="employer_id,name\n1,a\n")
    assert list(report.warnings()) == ["payroll: 2 employers named are not in employers."]
    assert report.aside == 0
