"""How what is written becomes what is compared: examples, and that normalising twice changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.same_person.addresses import address, address_numbers, address_word
from features.same_person.dates import birth_date, is_day_first, month_and_day
from features.same_person.identity import check_agrees, identity_number, read_kinds, without_birth_date
from features.same_person.names import folded_name, given_in_full, latin, sound, split_name
from features.same_person.numbers import account, phone
from features.same_person.text import compact, folded

IDEMPOTENT = [folded, compact, folded_name, birth_date, phone, account, identity_number, address]
WRITTEN = st.text(
    st.sampled_from("aZéß王張伟市路号0123456789Ｘx１２-/.,，'’ 　mrdr"), max_size=24
) | st.text(max_size=24)  # fmt: skip


@pytest.mark.parametrize("normalise", IDEMPOTENT)
@settings(max_examples=300, deadline=None)
@given(written=WRITTEN)
def test_normalising_twice_is_normalising_once(normalise, written):
    once = normalise(written)
    assert not once or normalise(once) == once


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("1956-4-9", "19560409"),
        ("19560409", "19560409"),
        ("09041956", "19560409"),
        ("9/4/1956", "19560409"),
        ("1956年4月9日", "19560409"),
        ("１９５６－０４－０９", "19560409"),
        ("9 April 1956", "19560409"),
        ("1956-04-09T00:00:00", "19560409"),
        ("1956-04", "19560400"),
        ("1956", "19560000"),
        ("19560231", "19560231"),  # no day of any calendar: a slip, which says something
        ("unknown", None),
        ("", None),
    ],
)
def test_dates_however_written(written, date):
    assert birth_date(written) == date


def test_a_column_tells_whether_the_day_is_first():
    assert is_day_first(["13/04/1956", "01/02/1956"])
    assert not is_day_first(["04/13/1956", "01/02/1956"])
    assert birth_date("4/9/1956", day_first=False) == "19560409"


def test_swapped_day_and_month_have_the_same_two_numbers_and_unknown_ones_none():
    assert month_and_day("19560409") == month_and_day("19560904")
    assert month_and_day("19560000") is None


@pytest.mark.parametrize(
    ("written", "number", "agrees"),
    [
        ("11010519491231002X", "11010519491231002X", True),
        ("11010519491231002x", "11010519491231002X", True),
        ("110105 4912 3100 2", "11010519491231002X", True),  # fifteen digits: the century and the check are added
        ("１１０１０５19491231002X", "11010519491231002X", True),
        ("110105194912310021", "110105194912310021", False),
        ("11010519491331002X", "11010519491331002X", False),  # a thirteenth month
        ("7364009", "7364009", None),  # like no number that is known here
        ("000000000000000000", None, None),
    ],
)
def test_identity_numbers(written, number, agrees):
    assert identity_number(written) == number
    assert number is None or check_agrees(number) is agrees


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [("pl", "44051401359", "44051401358"), ("es", "12345678Z", "12345678A"), ("kr", "8001011234560", "8001011234567")],
)
def test_the_checks_of_other_countries_are_data(kind, good, bad):
    from features.limits import limits_text

    kinds = read_kinds(limits_text("identity_numbers.toml").replace('used = ["cn"]', f'used = ["{kind}"]'))
    assert check_agrees(good, kinds) is True
    assert check_agrees(bad, kinds) is False


def test_people_of_one_birthday_share_no_more_of_the_number_than_others():
    assert without_birth_date("11010519491231002X") == "110105002X"
    assert without_birth_date("7364009") == "7364009"


def test_names_in_hanzi_latin_letters_and_either_order():
    assert split_name("歐陽娜娜") == ("娜娜", "欧阳")
    assert split_name("張 偉") == ("伟", "张")
    assert split_name("Smith, John Paul") == ("john paul", "smith")
    assert split_name("Dr. Anna O’Brien") == ("anna", "obrien")
    assert latin("张伟") == "zhangwei"
    assert given_in_full("bob") == "robert"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("catherine", "kathryn", True), ("zhang", "zang", True), ("smith", "smyth", True), ("wang", "li", False), ("wei", "wu", False)],
)  # fmt: skip
def test_names_that_sound_alike(one, other, alike):
    assert (sound(one) == sound(other)) is alike


def test_numbers_without_what_does_not_count():
    assert phone("+86 138-0013-8000") == phone("0086 13800138000") == phone("１３８００１３８０００")
    assert phone("12345") is None
    assert account("0062 2202-1234") == "6222021234"


def test_addresses_are_sets_of_pieces():
    assert address("Flat 07, 12 Long Street") == address("12 long street flat 7")
    assert address_numbers(address("成都市武侯区人民路12号3单元")) == "12 3"
    assert address_word(address("成都市武侯区人民路12号")) in ("成都", "武侯", "人民")
