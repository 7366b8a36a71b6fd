"""The fields of a record: what may be known of a person, and what is normalised from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from features.registers.declaration import Text
from features.same_person import addresses, dates, identity, names, numbers
from features.same_person.limits import LONG_IDENTITY
from features.same_person.text import folded

EXTRA = "extra."  # before the name of a further column
PART = "part."  # before the name of a column that is part of the address: compared by itself too, no more


@dataclass(frozen=True)
class Field:
    """A field as it is given and as people read of it."""

    name: str
    label: Text


FIELDS = (
    Field("name", Text("name", "姓名")),
    Field("given", Text("given name", "名")),
    Field("surname", Text("surname", "姓")),
    Field("born_on", Text("date of birth", "出生日期")),
    Field("identity", Text("identity number", "身份证号码")),
    Field("phone", Text("telephone number", "电话号码")),
    Field("account", Text("account", "账户")),
    Field("address", Text("address", "地址")),
    Field("sex", Text("sex", "性别")),
)


OF_CLAIMS = {  # column of the register claims by field
    "name": "name",
    "born_on": "born_on",
    "identity": "person_id",
    "phone": "phone",
    "account": "account",
    "address": "address",
    f"{EXTRA}region": "region",
}


@dataclass(frozen=True)
class Normaliser:
    """A column made from another: `change` of each of its values."""

    column: str
    source: str
    change: Callable[[str], str | None]


def _every_second(number: str, start: int) -> str | None:
    return f"{start}{number[start::2]}" if len(number) > LONG_IDENTITY else None


# columns of what is given; names and dates, which need more than one value at a time, are in records.py
GIVEN = (
    Normaliser("identity", "identity", identity.identity_number),
    Normaliser("phone", "phone", numbers.phone),
    Normaliser("account", "account", numbers.account),
    Normaliser("address", "address", addresses.address),
    Normaliser("sex", "sex", lambda text: folded(text)[:1]),
)

# columns of what is normalised, in an order in which each has its source
DERIVED = (
    Normaliser("given_latin", "given", names.latin),
    Normaliser("surname_latin", "surname", names.latin),
    Normaliser("given_sound", "given", lambda given: names.sound(names.latin(names.given_in_full(given)))),
    Normaliser("surname_sound", "surname_latin", names.sound),
    Normaliser("given_initial", "given_latin", lambda name: name[:1]),
    Normaliser("surname_initial", "surname_latin", lambda name: name[:1]),
    Normaliser("birth_year", "born_on", dates.year),
    Normaliser("month_and_day", "born_on", dates.month_and_day),
    Normaliser("identity_rest", "identity", identity.without_birth_date),
    Normaliser("identity_even", "identity", lambda number: _every_second(number, 0)),
    Normaliser("identity_odd", "identity", lambda number: _every_second(number, 1)),
    Normaliser("identity_sorted", "identity", lambda number: "".join(sorted(number))),
    Normaliser("identity_start", "identity", lambda number: number[: (len(number) + 1) // 2]),
    Normaliser("identity_end", "identity", lambda number: number[len(number) // 2 :]),
    Normaliser("address_numbers", "address", addresses.address_numbers),
    Normaliser("address_words", "address", addresses.address_words),
    Normaliser("address_word", "address", addresses.address_word),
)
