"""Which columns are which field: told, guessed, or refused with what to do."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features.errors import BadInput, NotFound
from features.registers import REGISTERS
from features.same_person.mapping import map_columns
from features.same_person.person_files import read_persons

FEBRL = "rec_id given_name surname street_number address_1 address_2 suburb postcode state date_of_birth soc_sec_id"
FAKE = "unique_id first_name surname dob city email cluster"


def test_usual_tables_are_understood():
    febrl = map_columns(FEBRL.split())
    assert febrl.id_column == "rec_id"
    assert febrl.fields == {
        "given": ("given_name",), "surname": ("surname",), "born_on": ("date_of_birth",), "identity": ("soc_sec_id",),
        "address": ("street_number", "address_1", "address_2", "suburb"),
    }  # fmt: skip
    assert febrl.extras == ("postcode", "state")
    fake = map_columns(FAKE.split())
    assert (fake.id_column, fake.extras) == ("unique_id", ("city", "email"))


def test_a_chinese_office_need_not_name_its_columns():
    mapped = map_columns(["序号", "姓名", "证件号码", "出生日期", "手机号码", "联系地址", "银行账号", "性别", "备注"])
    assert mapped.id_column == "序号"
    assert {field: columns[0] for field, columns in mapped.fields.items()} == {
        "name": "姓名", "identity": "证件号码", "born_on": "出生日期", "phone": "手机号码", "address": "联系地址",
        "account": "银行账号", "sex": "性别",
    }  # fmt: skip


def test_our_own_registers_are_understood():
    claims, persons = (map_columns([c.name for c in REGISTERS[name].columns]) for name in ("claims", "persons"))
    assert (claims.id_column, claims.fields["identity"], claims.known_on) == ("claim_id", ("person_id",), "known_on")
    assert persons.id_column == "person_id"
    assert set(persons.fields) == {"name", "born_on", "phone", "address", "sex"}


def test_what_is_told_stands_and_what_is_left_out_is_left_out():
    mapped = map_columns(FEBRL.split(), {"name": ["surname"]}, extras=[], without=["soc_sec_id"])
    assert mapped.fields["name"] == ("surname",)
    assert "identity" not in mapped.fields
    assert mapped.extras == ()


@pytest.mark.parametrize(
    ("names", "told", "message"),
    [
        (["name"], {}, "no column is known as the record's identifier"),
        (["id", "colour"], {}, "no column can be compared"),
        (["id", "name"], {"phone": ["tel"]}, "the file has no column tel"),
    ],
)
def test_what_cannot_be_used_is_refused(names, told, message):
    with pytest.raises(BadInput, match=message):
        map_columns(names, told)


def test_an_identifier_twice_is_refused():
    table = pa.table({"id": ["1", "1"], "name": ["a", "b"]})
    with pytest.raises(BadInput, match="does not name each record"):
        map_columns(table.column_names).taken(table)


def test_files_are_read_as_text_without_spaces(tmp_path):
    (tmp_path / "a.csv").write_text("id; name\n 01; 王伟 \n02;\n", encoding="gb18030")
    assert read_persons(tmp_path / "a.csv").to_pylist() == [{"id": "01", "name": "王伟"}, {"id": "02", "name": None}]
    pq.write_table(pa.table({"id": [1], "name": [" x "]}), tmp_path / "a.parquet")
    assert read_persons(tmp_path / "a.parquet").to_pylist() == [{"id": 1, "name": "x"}]


def test_files_that_cannot_be_read_are_refused(tmp_path):
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "header.csv").write_text("id,name\n")
    (tmp_path / "twice.csv").write_text("id,name, name,\n1,a,b,c\n")
    with pytest.raises(NotFound):
        read_persons(tmp_path / "none.csv")
    with pytest.raises(BadInput, match="cannot be read"):
        read_persons(tmp_path / "empty.csv")
    with pytest.raises(BadInput, match="name 2 times"):
        read_persons(tmp_path / "twice.csv")
    with pytest.raises(BadInput, match="no rows"):
        read_persons(tmp_path / "header.csv")
