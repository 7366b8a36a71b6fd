"""The contract we export is one that the standard's own library accepts."""

import json
from pathlib import Path

import jsonschema
import open_data_contract_standard
import pytest
import yaml
from open_data_contract_standard.model import OpenDataContractStandard

from features.registers import REGISTERS
from features.registers.contract import contract_yaml


@pytest.mark.parametrize("name", REGISTERS)
def test_each_register_makes_a_valid_contract(name: str) -> None:
    contract = OpenDataContractStandard.model_validate(yaml.safe_load(contract_yaml([REGISTERS[name]])))
    (schema,) = contract.schema_
    assert [column.name for column in schema.properties] == list(REGISTERS[name].names)
    assert [column.name for column in schema.properties if column.required] == [
        column.name for column in REGISTERS[name].columns if column.required
    ]


def test_all_registers_fit_one_contract() -> None:
    contract = OpenDataContractStandard.model_validate(yaml.safe_load(contract_yaml()))
    assert [schema.name for schema in contract.schema_] == list(REGISTERS)


def test_the_contract_keeps_to_the_published_json_schema() -> None:
    schema = json.loads((Path(open_data_contract_standard.__file__).parent / "schema.json").read_text())
    jsonschema.validate(yaml.safe_load(contract_yaml()), schema)


def test_each_rule_stands_beside_its_column() -> None:
    contract = yaml.safe_load(contract_yaml([REGISTERS["payroll"]]))
    month = next(column for column in contract["schema"][0]["properties"] if column["name"] == "month")
    assert month["partitioned"]
    assert {rule["name"] for rule in month["quality"]} == {
        "month_missing",
        "month_not_a_date",
        "month_not_first_day",
        "month_too_early",
        "month_in_the_future",
    }
