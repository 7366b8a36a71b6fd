"""Tables of made people, with copies of some, for the tests of matching."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from features.same_person.identity import KINDS
from features.same_person.mapping import Mapped

FIELDS = ("name", "born_on", "identity", "phone", "address")
MAPPED = Mapped("id", {field: (field,) for field in FIELDS})
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉梅建国"
STREETS = ["人民路", "解放路", "中山路", "建设路", "和平路", "新华路", "文化路", "胜利路", "长江路", "黄河路"]


def identity(region: str, born_on: str, sequence: int) -> str:
    """A number that passes its check."""
    body = f"{region}{born_on.replace('-', '')}{sequence:03d}"
    return body + KINDS[0].check_character(body)


def people(number: int, seed: int = 1) -> list[dict[str, str | None]]:
    """So many people, no two the same."""
    chance = np.random.default_rng(seed)
    made: list[dict[str, str | None]] = []
    for at in range(number):
        born_on = str(np.datetime64("1940-01-01") + chance.integers(22_000))
        given = "".join(chance.choice(list(GIVEN), chance.integers(1, 3)))
        made.append(
            {
                "id": f"p{at:04d}",
                "name": chance.choice(list(SURNAMES)) + given,
                "born_on": born_on,
                "identity": identity(f"{chance.integers(110100, 659000)}", born_on, int(chance.integers(1000))),
                "phone": f"13{chance.integers(10**9):09d}",
                "address": f"{chance.choice(STREETS)}{chance.integers(1, 300)}号{chance.integers(1, 900)}室",
            }
        )
    return made


def written_again(person: dict[str, str | None], at: int) -> dict[str, str | None]:
    """The person once more, with one or two things otherwise."""
    again = dict(person, id=f"q{at:04d}")
    number, born_on = str(person["identity"]), str(person["born_on"])
    match at % 5:
        case 0:
            again["identity"] = number[:6] + number[8:17]  # as before 1999
        case 1:
            again["identity"], again["phone"] = number[:15] + str((int(number[15]) + 1) % 10) + number[16:], None
        case 2:
            again["born_on"] = f"{born_on[:4]}-{born_on[8:]}-{born_on[5:7]}"
        case 3:
            again["identity"], again["name"] = None, str(person["name"])[:-1] + "园"
        case _:
            again["address"], again["phone"] = "新村1号", "13900000000"
    return again


def twins(person: dict[str, str | None]) -> dict[str, str | None]:
    """The person's twin: the same birthday, surname, address; a number that differs by one and passes its check."""
    number = str(person["identity"])
    other = str(person["name"])[0] + ("波" if "波" not in str(person["name"]) else "云")
    sequence = (int(number[14:17]) + 1) % 1000
    return dict(
        person, id=f"t{person['id']}", name=other, phone="137" + str(person["phone"])[3:][::-1],
        identity=identity(number[:6], str(person["born_on"]), sequence),
    )  # fmt: skip


def table(rows: list[dict[str, str | None]]) -> pa.Table:
    """The rows as a table of text."""
    return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in ("id", *FIELDS)]))
