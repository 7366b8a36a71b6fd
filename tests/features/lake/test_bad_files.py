"""Every way a file was ever wrong: what is wrong is put aside with a reason, and nothing else is lost."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features.errors import BadInput
from features.lake import reading
from features.lake.scan import LONGEST_LINE
from tests.features.lake.office import Office

HEADER = "employer_id,name,region\n"


def message(office: Office, **files: str | bytes | pa.Table) -> str:
    """The first warning of an ingest in which a file was put aside whole."""
    report = office.ingest(**files)
    assert report.files[0].outcome == "refused"
    return next(report.warnings())


def test_wrong_number_of_fields(office: Office) -> None:
    office.ingest(employers=HEADER + "1,a,x\n2,b\n3,c,x,y\n4,d,x\n")
    assert office.column("employers", "employer_id") == ["1", "4"]
    assert office.aside() == [(3, "wrong_number_of_fields"), (4, "wrong_number_of_fields")]
    assert office.lake.aside()["row"].to_pylist() == ["2,b", "3,c,x,y"]


def test_delimiters_after_the_last_field_say_nothing(office: Office) -> None:
    office.ingest(employers=HEADER + "1,a,x,\n2,b\n3,c,x, ,\n")
    assert office.column("employers", "employer_id") == ["1", "3"]


def test_unterminated_quote_costs_one_line(office: Office) -> None:
    office.ingest(employers=HEADER + '1,a,x\n2,"b,x\n3,c,x\n4,"d",x\n5,e,x\n')
    assert office.column("employers", "employer_id") == ["1", "3", "4", "5"]
    assert office.aside() == [(3, "unterminated_quote")]


def test_unterminated_quote_until_the_end_of_a_long_file(office: Office) -> None:
    office.ingest(employers=HEADER + '0,"a,x\n' + "".join(f"{n},b,x\n" for n in range(1, 1001)))
    assert len(office.rows("employers")) == 1000
    assert office.aside() == [(2, "unterminated_quote")]


def test_quoted_newlines_are_part_of_the_value(office: Office) -> None:
    report = office.ingest(employers=HEADER + '1,"a\nb",x\n2,"c ""d"", e",x\n')
    assert report.files[0].careful
    assert office.column("employers", "name") == ["a\nb", 'c "d", e']
    assert [row["source_line"] for row in office.rows("employers", provenance=True)] == [2, 4]


def test_repeated_header(office: Office) -> None:
    office.ingest(employers=HEADER + "1,a,x\nEMPLOYER_ID,name,region\n2,b,x\n")
    assert office.column("employers", "employer_id") == ["1", "2"]
    assert office.aside() == [(3, "repeated_header")]


def test_blank_lines_are_no_rows(office: Office) -> None:
    report = office.ingest(employers="\n" + HEADER + "\n1,a,x\n   \n\n2,b,x\n\n")
    assert (report.rows_in, report.files[0].blank_lines) == (2, 4)
    assert [row["source_line"] for row in office.rows("employers", provenance=True)] == [4, 7]


def test_nul_bytes(office: Office) -> None:
    office.ingest(employers=HEADER + "1,a,x\n2,b\0b,x\n3,c,x\n")
    assert office.column("employers", "employer_id") == ["1", "3"]
    assert office.aside() == [(3, "nul_byte")]


def test_a_line_that_is_too_long_keeps_its_beginning(office: Office) -> None:
    office.ingest(employers=HEADER + "1,a,x\n2," + "b" * LONGEST_LINE + ",x\n3,c,x\n")
    assert office.column("employers", "employer_id") == ["1", "3"]
    assert office.aside() == [(3, "line_too_long")]
    assert office.lake.aside()["row"].to_pylist() == ["2," + "b" * 998]


def test_an_endless_line(office: Office) -> None:
    office.ingest(employers=HEADER + "1,a,x\n2," + "b" * 20 * LONGEST_LINE)
    assert office.column("employers", "employer_id") == ["1"]
    assert office.aside() == [(3, "line_too_long")]


def test_a_file_that_is_one_endless_line(office: Office) -> None:
    warning = message(office, employers="x" * 20 * LONGEST_LINE)
    assert warning.startswith("employers.csv was put aside whole (0 rows): its first line is too long for a header.")


def test_empty_file(office: Office) -> None:
    assert message(office, employers="") == (
        "employers.csv was put aside whole (0 rows): the file is empty. Found: 0 bytes. "
        "Expected: a header line. What to do: export it again."
    )


def test_header_only(office: Office) -> None:
    report = office.ingest(employers=HEADER)
    assert (report.rows_in, report.files[0].outcome) == (0, "read")
    assert not office.lake.has("employers")


def test_missing_column_puts_the_file_aside_and_the_others_go_on(office: Office) -> None:
    office.hands_in("persons.csv", "person_id\n1\n")
    assert message(office, employers="employer_id,title\n1,a\n2,b\n") == (
        "employers.csv was put aside whole (2 rows): a required column is missing: name. "
        "Found: employer_id, title. Expected: employer_id, name. "
        "What to do: add the column, or rename the one that holds it, and ingest the file again."
    )
    assert office.column("persons", "person_id") == ["1"]


def test_the_rows_of_a_file_put_aside_whole_are_kept(office: Office) -> None:
    table = pa.table({"employer_id": ["1"], "worker_id": ["2"]})
    office.hands_in("payroll.parquet", table)
    office.ingest(contributions="employer_id,worker_id,scheme,due\n1,2,pension,5\n\n1,3,pension,6\n")
    kept = [(row["register"], row["line"], row["rules"], row["row"]) for row in office.lake.aside().to_pylist()]
    assert kept == [
        ("contributions", 2, ["file_put_aside"], "1,2,pension,5"),
        ("contributions", 4, ["file_put_aside"], "1,3,pension,6"),
        ("payroll", 1, ["file_put_aside"], '{"employer_id":"1","worker_id":"2"}'),
    ]
    _, contributions = office.lake.manifest().files
    assert (contributions.path, contributions.aside) == ("contributions.csv", 2)
    assert contributions.problem.startswith("a required column is missing: month. Found:")


def test_a_file_put_aside_whole_is_looked_at_again_but_kept_once(office: Office) -> None:
    assert office.ingest(contributions="employer_id,due\n1,5\n").changed
    again = office.ingest()
    assert (again.changed, again.complete, again.rows_in) == (False, False, 0)
    (warning,) = again.warnings()
    assert warning.startswith("contributions.csv was put aside whole already and still has to be: a required column")
    assert office.lake.aside().num_rows == 1


def test_a_file_without_readable_rows_leaves_a_trace(office: Office) -> None:
    report = office.ingest(employers="")
    assert (report.changed, report.complete) == (True, False)
    assert [file.problem.split(".")[0] for file in office.lake.manifest().files] == ["the file is empty"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("complants.csv", "Rename complants.csv to complaints.csv if that is what it is."),
        ("payrol/2024.parquet", "Rename payrol/2024.parquet to payroll.parquet if that is what it is."),
        ("complaints.xlsx", "Save complaints.xlsx as complaints.csv (CSV UTF-8) if it is that register."),
    ],
)
def test_a_register_under_a_name_nearly_its_own(office: Office, name: str, hint: str) -> None:
    office.hands_in(name, "a\n")
    report = office.ingest(employers=HEADER + "1,a,x\n")
    assert list(report.warnings()) == [f"{name} belongs to no register and was left alone. {hint}"]
    assert not report.complete


def test_a_warning_says_what_was_found_and_what_to_do(office: Office) -> None:
    report = office.ingest(
        complaints='complaint_id,employer_id,filed_on,amount_claimed\n1,1,2024/10/01,\n2,1,2024-10-01,"1,000.50"\n'
    )
    assert list(report.warnings()) == [
        "complaints: 1 rows were put aside by amount_claimed_not_an_amount: amount_claimed is not an amount such as "
        "1234.50. Found: 1,000.50 (complaints.csv, line 3). What to do: write 1,000.50 or ¥1000.50 as 1000.50, without "
        "separators of thousands or a currency.",
        "complaints: 1 rows were put aside by filed_on_not_a_date: filed_on is not a date written YYYY-MM-DD. Found: "
        "2024/10/01 (complaints.csv, line 2). What to do: write 2024/1/5 or 20240105 as 2024-01-05; in a spreadsheet "
        "give the column the format yyyy-mm-dd.",
    ]


def test_a_conclusion_without_its_day_is_a_warning(office: Office) -> None:
    report = office.ingest(
        complaints="complaint_id,employer_id,filed_on,outcome,decided_on\n1,1,2024-10-01,proven,\n2,1,2024-10-01,,\n",
        payroll="employer_id,worker_id,month,wage_due,wage_paid\n1,1,2024-01-01,5,5\n",
    )
    assert list(report.warnings()) == [
        "complaints: 1 rows say what was concluded but have no decided_on, so they never count. "
        "What to do: deliver them again with decided_on."
    ]
    assert report.complete


def test_no_header_at_all(office: Office) -> None:
    assert "a required column is missing: employer_id, name" in message(office, employers="1,a,x\n2,b,x\n")


def test_a_column_twice(office: Office) -> None:
    assert "a column is there twice: name" in message(office, employers="employer_id,name,name\n1,a,b\n")


def test_utf16_is_refused(office: Office) -> None:
    warning = message(office, employers=(HEADER + "1,甲,x\n").encode("utf-16"))
    assert warning == (
        "employers.csv was put aside whole (0 rows): the file is written in UTF-16. Found: UTF-16. "
        "Expected: UTF-8 or GB18030. What to do: save it as “CSV UTF-8” and ingest it again."
    )


def test_lines_that_cannot_be_decoded(office: Office) -> None:
    office.ingest(employers=(HEADER + "1,甲公司,x\n2,乙公司,x\n3,").encode() + "丙".encode()[:2] + b",x\n4,d,x\n")
    assert office.column("employers", "name") == ["甲公司", "乙公司", "d"]
    assert office.aside() == [(4, "not_decodable")]
    assert office.lake.aside()["row"].to_pylist() == ["3,\\xe4\\xb8,x"]


def test_unknown_columns_are_ignored_and_named(office: Office) -> None:
    report = office.ingest(employers="region,fax,employer_id,name\nx,9,1,a\n")
    assert report.files[0].ignored_columns == ("fax",)
    assert office.rows("employers")[0] | {"region": "x", "employer_id": "1", "name": "a"} == office.rows("employers")[0]


def test_unknown_files_are_named(office: Office) -> None:
    office.hands_in("holiday.csv", "a\n")
    office.hands_in("payroll/notes.txt", "a\n")
    report = office.ingest(employers=HEADER + "1,a,x\n")
    assert report.unknown_files == ["holiday.csv", "payroll/notes.txt"]


def test_truncated_parquet(office: Office) -> None:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"employer_id": ["1"] * 1000, "name": ["a"] * 1000}), buffer)
    office.hands_in("employers.parquet", buffer.getvalue()[:-20])
    warning = message(office, persons="person_id\n1\n")
    assert warning.startswith("employers.parquet was put aside whole (0 rows): the file is no whole Parquet file.")
    assert office.column("persons", "person_id") == ["1"]


def test_parquet_damaged_inside(office: Office) -> None:
    buffer = io.BytesIO()
    names = [f"{n:x}{n * 7919:x}" for n in range(10_000)]
    pq.write_table(pa.table({"employer_id": names, "name": names}), buffer, compression="zstd", use_dictionary=False)
    damaged = bytearray(buffer.getvalue())
    damaged[1000:30_000] = b"\xff" * 29_000
    office.hands_in("employers.parquet", bytes(damaged))
    warning = message(office)
    assert warning.startswith("employers.parquet was put aside whole (10000 rows): the Parquet file is damaged inside.")


def test_parquet_times_with_a_zone_are_refused(office: Office) -> None:
    filed = pa.array([0], pa.timestamp("us", "Asia/Shanghai"))
    claims = pa.table({"claim_id": ["1"], "scheme": ["pension"], "filed_at": filed})
    assert "write the column as text, or as a local time without a zone" in message(office, claims=claims)


def test_a_folder_without_registers_says_what_was_expected(office: Office) -> None:
    office.hands_in("workers.csv", "a\n")
    with pytest.raises(
        BadInput, match=r"No file in .* belongs to a register.\nFound: workers.csv\nExpected: files named"
    ):
        office.ingest()


def test_a_file_that_cannot_be_opened(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_entry(path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(reading, "digest", no_entry)
    warning = message(office, employers=pa.table({"employer_id": ["1"], "name": ["a"]}), persons="person_id\n1\n")
    assert warning.startswith("employers.parquet was put aside whole (0 rows): the file cannot be opened.")
    assert office.column("persons", "person_id") == ["1"]


def test_files_may_lie_deeper(office: Office) -> None:
    office.hands_in("2024-05/Employers.CSV", HEADER + "1,a,x\n")
    office.hands_in("2024-06/employers/part-1.csv", HEADER + "2,b,x\n")
    office.ingest()
    assert office.column("employers", "employer_id") == ["1", "2"]
