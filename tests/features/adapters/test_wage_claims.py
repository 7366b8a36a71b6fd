"""From small published-looking tables to the registers."""

import csv
import gzip
import random

import pytest

from features.adapters.source_files import UnreadableSource
from features.adapters.wage_claims import adapt
from features.registers import REGISTERS

CASES = [
    *["case_id", "docket_date", "naics", "status", "decision_date"],
    *["n_defendants", "n_issue_lines", "claimed", "assessed", "paid"],
]
PARTIES = ["case_id", "defendant", "doing_business_as"]
STATE = [
    *["case_uuid", "violation_uuid", "state_name", "employer_name", "employer_dba_name", "employer_city"],
    *["violation_category", "case_status", "date_opened", "date_paid", "date_closed"],
    *["amount_claimed", "amount_assessed", "amount_paid"],
]


USUAL = {"state_name": "Ohio", "employer_name": "Acme Inc", "date_opened": "2017-01-01"}


def save(path, columns, table):
    """A text table with a header of some of the columns, as a CSV file with all of them."""
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    assert set(header) <= set(columns)
    usual = {name: USUAL.get(name, "") for name in columns}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows({**usual, **dict(zip(header, row, strict=True))} for row in rows)
    return path


def saved_registers(out):
    def rows(name):
        with (out / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return rows("employers"), rows("complaints")


@pytest.fixture
def california(tmp_path):
    def run(cases, parties):
        files = [save(tmp_path / "a.csv", PARTIES, parties), save(tmp_path / "b.csv", CASES, cases)]
        report = adapt("california", files, tmp_path / "out")
        return report, *saved_registers(tmp_path / "out")

    return run


@pytest.fixture
def state(tmp_path):
    def run(table):
        report = adapt("state", [save(tmp_path / "state.csv", STATE, table)], tmp_path / "out")
        return report, *saved_registers(tmp_path / "out")

    return run


def ends(complaints):
    fields = ("outcome", "amount_proven", "amount_recovered", "decided_on")
    return {row["complaint_id"]: tuple(row[field] for field in fields) for row in complaints}


def test_spellings_become_one_employer_and_the_columns_are_canonical(california):
    report, employers, complaints = california(
        """
        case_id | docket_date | naics
        1       | 2017-03-01  | 722511
        2       | 2017-02-01  | 44-45
        """,
        """
        case_id | defendant                                       | doing_business_as
        1       | Acme Widgets, Inc., a California corporation    |
        2       | ACME WIDGETS INC                                | Widget World
        """,
    )
    assert tuple(employers[0]) == REGISTERS["employers"].names
    assert tuple(complaints[0]) == REGISTERS["complaints"].names
    said = ("name", "industry", "region", "ownership", "known_on")
    assert [tuple(row[field] for field in said) for row in employers] == [
        ("ACME WIDGETS INC", "44-45", "California", "company", "2017-02-01")
    ]
    said = ("complaint_id", "filed_on", "known_on", "topic")
    assert [tuple(row[field] for field in said) for row in complaints] == [
        ("2", "2017-02-01", "2017-02-01", "wages"),
        ("1", "2017-03-01", "2017-03-01", "wages"),
    ]
    assert (report.cases, report.employers, report.complaints, report.natural_persons) == (2, 1, 2, 0)


def test_an_outcome_is_what_was_printed_and_dated(california):
    _, _, complaints = california(
        """
        case_id | docket_date | status            | decision_date | n_issue_lines | claimed | assessed | paid
        silent  | 2017-01-01  | Closed            | 2017-05-01    | 0             |         |          |
        open    | 2017-01-01  | Pending           |               | 2             | 100     |          |
        hearing | 2017-01-01  | Hearing Scheduled | 2017-05-01    | 2             | 100     | 100      | 0
        proven  | 2017-01-01  | Closed            | 2017-05-01    | 2             | 100     | 80       | 60
        paid    | 2017-01-01  | Closed            |               | 2             | 100     | 0        | 60
        lost    | 2017-01-01  | Judgment Issued   |               | 2             | 100     | 0        | 0
        early   | 2017-01-01  | Closed            | 2016-05-01    | 2             | 100     | 80       | 0
        late    | 2020-06-01  | Closed            |               | 2             | 100     | 80       | 0
        """,
        """
        case_id | defendant
        silent  | Acme Inc
        open    | Acme Inc
        hearing | Acme Inc
        proven  | Acme Inc
        paid    | Acme Inc
        lost    | Acme Inc
        early   | Acme Inc
        late    | Acme Inc
        """,
    )
    assert ends(complaints) == {
        "silent": ("", "", "", ""),
        "open": ("", "", "", ""),
        "hearing": ("", "", "", ""),
        "proven": ("proven", "80.00", "60.00", "2017-05-01"),
        "paid": ("proven", "60.00", "60.00", "2018-01-01"),
        "lost": ("unproven", "", "", "2018-01-01"),
        "early": ("proven", "80.00", "0.00", "2018-01-01"),
        "late": ("proven", "80.00", "0.00", "2021-06-01"),
    }


def test_an_owner_beside_a_company_is_no_employer_and_alone_is_one(california):
    report, employers, complaints = california(
        """
        case_id | docket_date
        1       | 2017-01-01
        2       | 2017-01-02
        """,
        """
        case_id | defendant
        1       | Maria Lopez
        1       | Acme Inc
        1       | Zorvan Qeleshi
        2       | LOPEZ, MARIA
        """,
    )
    assert {row["name"]: row["ownership"] for row in employers} == {
        "Acme Inc": "company",
        "LOPEZ, MARIA": "natural_person",
    }
    assert [row["complaint_id"] for row in complaints] == ["1", "2"]
    assert report.dropped == {"natural person beside a company in one case": 2}
    assert report.natural_persons == 1


def test_each_company_of_a_case_has_a_complaint_and_one_named_twice_has_one(california):
    report, employers, complaints = california(
        """
        case_id | docket_date
        1       | 2017-01-01
        """,
        """
        case_id | defendant         | doing_business_as
        1       | Acme Inc          | Widget World
        1       | ACME, INC.        | Widget World
        1       | Widget World      |
        1       | Bolt Staffing LLC |
        """,
    )
    assert [row["complaint_id"] for row in complaints] == ["1", "1-2"]
    assert {row["name"] for row in employers} == {"Acme Inc", "Bolt Staffing LLC"}
    assert report.dropped == {"employer named again in one case": 2}


def test_the_industry_is_the_one_printed_most_often_by_the_day(california):
    report, employers, _ = california(
        """
        case_id | docket_date | naics
        1       | 2017-01-01  | 561720
        2       | 2017-02-01  | 452319
        3       | 2017-03-01  | 452311
        4       | 2017-04-01  | 561720
        5       | 2017-05-01  | 561720
        6       | 2017-05-01  | 445110
        """,
        """
        case_id | defendant
        1       | Acme Inc
        2       | Acme Inc
        3       | Acme Inc
        4       | Acme Inc
        5       | Acme Inc
        6       | Acme Inc
        """,
    )
    assert [(row["industry"], row["known_on"]) for row in employers] == [
        ("56", "2017-01-01"),
        ("44-45", "2017-03-01"),
    ]
    assert report.industry_corrections == 1


def test_an_industry_printed_later_is_a_correction_and_the_first_one_stands(california):
    report, employers, _ = california(
        """
        case_id | docket_date | naics
        1       | 2017-01-01  |
        2       | 2017-02-01  | 23
        3       | 2017-03-01  | 72
        """,
        """
        case_id | defendant
        1       | Acme Inc
        2       | Acme Inc
        3       | Acme Inc
        """,
    )
    assert {(row["industry"], row["known_on"]) for row in employers} == {
        ("", "2017-01-01"),
        ("23", "2017-02-01"),
    }
    assert len({row["employer_id"] for row in employers}) == 1
    assert report.industry_corrections == 1


def test_every_row_that_falls_away_is_counted(california):
    report, _, complaints = california(
        """
        case_id | docket_date | naics | status | n_issue_lines | claimed | assessed       | paid
        1       |             |       |        | 0             |         |                |
        2       | 2017-01-01  |       |        | 0             |         |                |
        2       | 2017-01-01  |       |        | 0             |         |                |
        3       | 2017-01-01  |       |        | 0             |         |                |
        4       | 2017-01-01  | 99    | Closed | 2             | -5      | 24300000000000 | x
        """,
        """
        case_id | defendant
        1       | Acme Inc
        2       | Restaurant
        4       | Acme Inc
        9       | Acme Inc
        """,
    )
    assert report.rows_in == {"defendants": 4, "cases": 5}
    assert report.dropped == {
        "case without a usable docket date": 1,
        "case number repeated": 1,
        "case without a defendant": 1,
        "case of which no defendant names an employer": 1,
        "defendant's name names nobody (empty, generic, Doe)": 1,
        "defendant of no case that was kept": 2,
    }
    assert [row["complaint_id"] for row in complaints] == ["4"]
    assert ends(complaints) == {"4": ("", "", "", "")}  # an award that is no amount is not none
    assert report.changed["amount left out (not a number, negative or absurd)"] == 3
    assert report.changed["industry left out (not a NAICS code)"] == 1


NAMES = ["Acme Inc", "ACME", "Acme Inc. dba Widget World", "Widget World", "Maria Lopez", "Bolt, Maria"]


def test_later_rows_and_another_order_change_nothing_that_was_known(california):
    drawn = random.Random(7)
    cases = [f"{n} | 2017-{1 + n // 4:02}-15 | {drawn.choice(['', '23', '72'])}" for n in range(40)]
    parties = [f"{n} | {drawn.choice(NAMES)} | {drawn.choice(['', 'Widget World'])}" for n in range(40) for _ in "ab"]

    def adapted(cases):
        head = "case_id | docket_date | naics"
        return california("\n".join([head, *cases]), "\n".join([" | ".join(PARTIES), *parties]))[1:]

    whole = adapted(cases)
    assert adapted(cases[::-1]) == whole
    assert adapted(cases[:20]) == tuple([row for row in rows if row["known_on"] < "2017-06-01"] for rows in whole)


def test_each_state_is_read_by_its_own_habits(state):
    _, employers, complaints = state(
        """
        case_uuid | state_name     | case_status    | date_closed | amount_assessed | amount_paid
        il-paid   | Illinois       | paid           |             |                 |
        il-appeal | Illinois       | pending appeal |             |                 |
        il-empty  | Illinois       |                |             |                 |
        ia-none   | Iowa           |                |             | 0               | 0
        ia-paid   | Iowa           |                |             | 0               | 40
        ks-closed | Kansas         |                | 2017-03-01  |                 |
        ks-paid   | Kansas         |                | 2017-03-01  |                 | 30
        ks-gone   | Kansas         | withdrawn      | 2017-03-01  |                 |
        mt-closed | Montana        | closed         |             |                 |
        mt-won    | Montana        | closed         |             | 20              |
        sc-won    | South Carolina | closed         | 2017-03-01  | 70              | 100
        sc-lost   | South Carolina | closed         | 2017-03-01  |                 |
        oh-closed | Ohio           | closed         | 2017-03-01  |                 |
        """
    )
    assert ends(complaints) == {
        "il-paid": ("proven", "", "", "2018-01-01"),
        "il-appeal": ("", "", "", ""),
        "il-empty": ("", "", "", ""),
        "ia-none": ("", "", "", ""),
        "ia-paid": ("proven", "40.00", "40.00", "2018-01-01"),
        "ks-closed": ("", "", "", ""),
        "ks-paid": ("proven", "30.00", "30.00", "2017-03-01"),
        "ks-gone": ("withdrawn", "", "", "2017-03-01"),
        "mt-closed": ("unproven", "", "", "2018-01-01"),
        "mt-won": ("proven", "20.00", "", "2018-01-01"),
        "sc-won": ("proven", "70.00", "", "2017-03-01"),
        "sc-lost": ("unproven", "", "", "2017-03-01"),
        "oh-closed": ("", "", "", ""),
    }
    assert len(employers) == 6  # offices do not share employers


def test_the_city_is_the_region_where_it_is_printed(state):
    _, employers, _ = state(
        """
        case_uuid | state_name | employer_name | employer_city
        a         | Iowa       | Acme Inc      | Ames
        b         | Iowa       | Bolt Inc      |
        """
    )
    assert {row["name"]: row["region"] for row in employers} == {"Acme Inc": "Ames", "Bolt Inc": "Iowa"}


def test_rows_of_one_case_are_one_complaint(state):
    report, _, complaints = state(
        """
        case_uuid | violation_uuid | date_opened | date_closed | amount_claimed | amount_assessed | amount_paid
        c         | v1             | 2017-02-01  | 2017-03-01  | 50             | 10              |
        c         | v2             | 2017-01-01  | 2017-04-01  | 60             | 20              | 5
        c         | v2             | 2017-01-01  | 2017-04-01  | 60             | 20              | 5
        d         | v3             | -           |             |                |                 |
        """
    )
    assert [(row["filed_on"], row["amount_claimed"]) for row in complaints] == [("2017-01-01", "110.00")]
    assert ends(complaints) == {"c": ("proven", "30.00", "5.00", "2017-04-01")}
    assert report.dropped == {
        "row joined to another of its case": 1,
        "row repeated (same violation_uuid)": 1,
        "row without a usable date_opened": 1,
    }


def test_a_gzipped_file_and_odd_bytes_are_read(tmp_path):
    plain = save(tmp_path / "iowa.csv", STATE, "case_uuid | employer_name \n c | Caf? Inc")
    (tmp_path / "iowa.csv.gz").write_bytes(gzip.compress(plain.read_bytes().replace(b"?", b"\xe9")))
    assert adapt("state", [tmp_path / "iowa.csv.gz"], tmp_path / "out").complaints == 1


@pytest.mark.parametrize(
    ("source", "columns", "says"),
    [
        ("california", CASES, "the file of parties is missing"),
        ("california", STATE, "columns of neither file"),
        ("state", CASES, "missing the columns amount_assessed"),
        ("mars", CASES, "there are california, state"),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_written(tmp_path, source, columns, says):
    with pytest.raises(UnreadableSource, match=says):
        adapt(source, [save(tmp_path / "a.csv", columns, columns[0])], tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["absent.csv", "cut.csv.gz", "empty.csv"])
def test_a_missing_or_broken_file_is_refused(tmp_path, name):
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(b"case_uuid," * 1000)[:40])
    (tmp_path / "empty.csv").touch()
    with pytest.raises(UnreadableSource):
        adapt("state", [tmp_path / name], tmp_path / "out")
