"""What is hidden of a person, and what is not."""

from __future__ import annotations

import pytest

from serving.people.masking import masked, masked_address, masked_name, masked_record, masked_tie

CLAIM = {
    "claim_id": "C1",
    "person_id": "110101199001011234",
    "name": "王小明",
    "account": "6222020200112233445",
    "phone": "13800138000",
    "address": "和平路12号3单元",
    "amount": 1200,
}


@pytest.mark.parametrize(
    ("whole", "shown"),
    [("110101199001011234", "110101********1234"), ("110101900101123", "110101*****1123"), ("13800138000", "138****8000"),
     ("12345", "***45"), ("12", "**"), ("", ""), (None, None)],
)  # fmt: skip
def test_the_middle_of_an_identifier_is_hidden(whole: str | None, shown: str | None) -> None:
    assert masked(whole) == shown


@pytest.mark.parametrize(
    ("whole", "shown"), [("王小明", "王**"), ("Wang Xiaoming", "W*** X*******"), ("王", "王"), ("", ""), (None, None)]
)
def test_of_a_name_the_first_characters_are_shown(whole: str | None, shown: str | None) -> None:
    assert masked_name(whole) == shown


def test_of_an_address_the_numbers_are_hidden() -> None:
    assert masked_address("和平路12号3单元") == "和平路**号*单元"


def test_all_that_identifies_a_person_is_masked_however_deep() -> None:
    shown = masked_record({"claim": CLAIM, "companions": [{"person": "110101199001011234"}], "workers": [CLAIM]})
    for whole in ("110101199001011234", "王小明", "6222020200112233445", "13800138000", "12号"):
        assert whole not in str(shown)
    assert shown["claim"]["claim_id"] == "C1" and shown["workers"][0]["amount"] == 1200


def test_masking_twice_hides_no_more() -> None:
    once = masked_record(CLAIM)
    assert masked_record(once) == once


def test_only_the_fields_unmasked_are_shown() -> None:
    shown = masked_record(CLAIM, unmasked=("phone",))
    assert shown["phone"] == "13800138000" and shown["name"] == "王**"


def test_records_side_by_side_are_masked_as_what_they_compare() -> None:
    name = {"field": "name", "this": {"en": "王小明", "zh": "王小明"}, "other": {"en": "–", "zh": "–"}}
    amount = {"field": "amount", "this": {"en": "1200", "zh": "1200"}, "other": {"en": "–", "zh": "–"}}
    assert masked_record({"fields": [name, amount]})["fields"] == [
        {"field": "name", "this": {"en": "王**", "zh": "王**"}, "other": {"en": "–", "zh": "–"}},
        amount,
    ]
    assert masked_record(name, unmasked=("name",)) == name


@pytest.mark.parametrize(
    ("tie", "value", "shown"),
    [
        ("director", "110101199001011234", "110101********1234"),
        ("shareholder", "李四光", "李**"),
        ("phone", "13800138000", "138****8000"),
        ("address", "和平路12号", "和平路**号"),
        ("agent", "A1234567", "A12*4567"),
    ],
)
def test_ties_are_masked_as_their_kind(tie: str, value: str, shown: str) -> None:
    assert masked_tie(tie, value) == shown
