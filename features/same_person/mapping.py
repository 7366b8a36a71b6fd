"""Which columns of a table are which field: as told, or guessed from their names and said so."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import pyarrow as pa
import pyarrow.compute as pc

from features.errors import BadInput
from features.same_person.columns import Column
from features.same_person.fields import EXTRA, FIELDS, PART
from features.same_person.text import folded

_NAMES: dict[str, list[list[str]]] = tomllib.loads(
    files(__package__).joinpath("column_names.toml").read_text(encoding="utf-8")
)
ID = "id"
KNOWN_ON = "known_on"


@dataclass(frozen=True)
class Mapped:
    """`id_column` names a record; `fields` are the columns of each field, joined with spaces; `extras` further columns."""

    id_column: str
    fields: Mapping[str, tuple[str, ...]]
    extras: tuple[str, ...] = ()
    known_on: str | None = None

    def taken(self, table: pa.Table) -> tuple[list[str], pa.ChunkedArray | None, dict[str, Column]]:
        """The ids, the days they were known (None: not told) and the columns as written, by name of field."""
        raw = {name: Column.of(_together(table, columns)) for name, columns in self.fields.items()}
        raw |= {f"{EXTRA}{name}": Column.of(table[name].cast(pa.string())) for name in self.extras}
        address = self.fields.get("address", ())
        raw |= {f"{PART}{name}": Column.of(table[name].cast(pa.string())) for name in address if len(address) > 1}
        days = _days(table[self.known_on], self.known_on) if self.known_on else None
        return _ids(table[self.id_column].cast(pa.string()), self.id_column), days, raw


def map_columns(
    names: Sequence[str],
    told: Mapping[str, Sequence[str]] | None = None,
    extras: Sequence[str] | None = None,
    without: Sequence[str] = (),
) -> Mapped:
    """What the columns `names` are. `told`: columns by name of field (and `id`, `known_on`); the rest is guessed.

    `extras` None: further columns that are usual in tables of persons. `without`: columns that are none of this.
    BadInput: a column that is not there, no id, or nothing to compare.
    """
    told = {field: tuple(columns) for field, columns in (told or {}).items() if columns}
    _refuse_absent(without, names)
    names = [name for name in names if name not in without]
    _refuse_absent([c for columns in told.values() for c in columns] + list(extras or ()), names)
    taken = {column for columns in told.values() for column in columns} | set(extras or ())
    found = {name: tuple(columns) for name, columns in told.items()}
    for field, spellings in _NAMES.items():
        if field in told or field == "extras" or (field == "name" and {"given", "surname"} & set(found)):
            continue
        columns = _guessed(spellings, [name for name in names if name not in taken])
        if columns:
            found[field] = columns
            taken |= set(columns)
    if extras is None:
        usual = [name for name in names if name not in taken and any([_plain(name)] == s for s in _NAMES["extras"])]
        extras = usual
    return _checked(found, tuple(extras), names)


def _checked(found: dict[str, tuple[str, ...]], extras: tuple[str, ...], names: Sequence[str]) -> Mapped:
    fields = {one.name: found[one.name] for one in FIELDS if one.name in found}
    if ID not in found or not (set(fields) - {"sex"} or extras):
        raise BadInput(
            "no column is known as the record's identifier" if ID not in found else "no column can be compared",
            found=", ".join(names),
            expected="a column that names the record, and any of " + ", ".join(f.name for f in FIELDS),
            do="name the columns, as --id rec_id --name given_name,surname --born-on date_of_birth",
        )
    return Mapped(found[ID][0], fields, extras, found.get(KNOWN_ON, (None,))[0])


def _refuse_absent(columns: Sequence[str], names: Sequence[str]) -> None:
    absent = [column for column in columns if column not in names]
    if absent:
        raise BadInput(
            f"the file has no column {', '.join(absent)}",
            found=", ".join(names),
            expected=", ".join(columns),
            do="correct the option that names it",
        )


def _guessed(spellings: Sequence[Sequence[str]], names: Sequence[str]) -> tuple[str, ...]:
    """The first spelling of which the table has a column; a spelling of several columns takes those that are there."""
    plain = {_plain(name): name for name in reversed(names)}
    for spelling in spellings:
        there = tuple(plain[one] for one in spelling if one in plain)
        if there:
            return there
    return ()


def _plain(name: str) -> str:
    return folded(name).replace(" ", "_")


def _days(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Days of dates, of moments, or of texts that begin with an ISO date. BadInput where one cannot be read."""
    try:
        if pa.types.is_string(column.type):
            column = pc.utf8_slice_codeunits(column, 0, 10)
        days = column.cast(pa.date32(), safe=False)
    except pa.ArrowInvalid as error:
        days, said = None, str(error)
    if days is None or days.null_count:
        raise BadInput(
            f"{name} does not say of each record when it was known",
            found=said if days is None else f"{days.null_count} rows without it",
            expected="a date such as 2024-06-30 in every row",
            do=f"correct it, or leave it out with --without {name}",
        )
    return days


def _together(table: pa.Table, columns: Sequence[str]) -> pa.ChunkedArray:
    texts = [table[column].cast(pa.string()) for column in columns]
    if len(texts) == 1:
        return texts[0]
    known = [pc.if_else(pc.equal(pc.utf8_trim_whitespace(text), ""), None, text) for text in texts]
    return pc.binary_join_element_wise(*known, " ", null_handling="skip")


def _ids(ids: pa.ChunkedArray, column: str) -> list[str]:
    missing, distinct = ids.null_count, pc.count_distinct(ids).as_py()
    if missing or distinct < len(ids):
        raise BadInput(
            f"{column} does not name each record",
            found=f"{missing} rows without it, {len(ids) - missing - distinct} that repeat another's",
            expected="one identifier a row, no two the same",
            do="name another column with --id, or number the rows",
        )
    texts: list[str] = ids.to_pylist()
    return texts
