"""Encodings, delimiters and line ends that offices really use."""

from __future__ import annotations

import pytest

from tests.features.lake.office import Office

TEXT = "employer_id,name,region\n01,甲建筑公司,城东\n02,乙餐饮公司,城西\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_chinese_text(office: Office, encoding: str, line_end: str) -> None:
    report = office.ingest(employers=TEXT.replace("\n", line_end).encode(encoding))
    assert office.column("employers", "name") == ["甲建筑公司", "乙餐饮公司"]
    assert report.files[0].encoding == ("utf-8" if encoding.startswith("utf") else "gb18030")
    assert report.files[0].careful == (line_end == "\r")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(office: Office, delimiter: str) -> None:
    report = office.ingest(employers=TEXT.replace(",", delimiter))
    assert report.files[0].delimiter == delimiter
    assert office.column("employers", "region") == ["城东", "城西"]


def test_a_delimiter_byte_inside_a_gb18030_character_does_not_split_it(office: Office) -> None:
    name = next(character for character in map(chr, range(0x4E00, 0x9FFF)) if character.encode("gb18030")[1:] == b"|")
    office.ingest(employers=f"employer_id|name\n1|{name}公司\n".encode("gb18030"))
    assert office.column("employers", "name") == [f"{name}公司"]


def test_one_damaged_line_does_not_make_a_utf8_file_gb18030(office: Office) -> None:
    damaged = TEXT.encode() + "03,丙".encode()[:-1] + b"\xd6\xd0,x\n"
    office.ingest(employers=damaged)
    assert office.column("employers", "name") == ["甲建筑公司", "乙餐饮公司"]
    assert office.aside() == [(4, "not_decodable")]


def test_a_utf8_line_in_a_gb18030_file_does_not_enter_as_gibberish(office: Office) -> None:
    report = office.ingest(
        employers=TEXT.encode("gb18030") + "03,丙公司,城南\n".encode() + "04,联通,x\n".encode("gb18030")
    )
    assert office.column("employers", "name") == ["甲建筑公司", "乙餐饮公司", "联通"]
    assert office.aside() == [(4, "encoding_unclear")]
    assert office.lake.aside()["row"].to_pylist() == ["03,丙公司,城南"]
    assert next(report.warnings()) == "employers.csv was read as GB18030, in which most of its lines are text."


def test_a_damaged_line_in_a_gb18030_file(office: Office) -> None:
    office.ingest(employers=TEXT.encode("gb18030") + b"03,\xff\xff,x\n04,d,x\n")
    assert office.column("employers", "name") == ["甲建筑公司", "乙餐饮公司", "d"]
    assert office.aside() == [(4, "not_decodable")]


def test_mixed_line_ends(office: Office) -> None:
    report = office.ingest(employers="employer_id,name\r\n1,a\n2,b\r\n3,c")
    assert report.files[0].careful
    assert office.column("employers", "name") == ["a", "b", "c"]


def test_the_header_may_be_quoted_and_written_in_capitals(office: Office) -> None:
    office.ingest(employers='"Employer_ID";"NAME"\n"1";"a;b"\n')
    assert office.column("employers", "name") == ["a;b"]
