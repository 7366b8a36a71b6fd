"""`plumbline match`: who is the same person in any table of persons."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.deployment import err, out, print_json, settings
from commands.options import Home, Json, Seed, checked_file, checked_folder

NOTHING_COMPARED = (
    "No record was compared with another: either nothing is written twice, or the same is written so often (beyond the cap "
    "of a block) that it tells nobody apart. That there is no pair here says nothing of who is the same person."
)


def _columns(about: str) -> Any:
    return typer.Option(metavar="COLUMN", help=about)


def match(
    file: Annotated[Path, typer.Argument(help="CSV or Parquet, a row a record.")],
    to: Annotated[
        Path, typer.Option("--out", help="Parquet file for every record and its cluster_id.", callback=checked_file)
    ],
    pairs: Annotated[
        Path | None, typer.Option(help="Parquet file for the pairs and their probabilities.", callback=checked_file)
    ] = None,
    record_id: Annotated[str | None, typer.Option("--id", metavar="COLUMN", help="What names a record.")] = None,
    name: Annotated[str | None, _columns("Whole name, or GIVEN,SURNAME.")] = None,
    born_on: Annotated[str | None, _columns("Date of birth.")] = None,
    identity: Annotated[str | None, _columns("Identity number.")] = None,
    phone: Annotated[str | None, _columns("Telephone number.")] = None,
    account: Annotated[str | None, _columns("Account.")] = None,
    address: Annotated[str | None, _columns("Address; several columns as A,B,C.")] = None,
    sex: Annotated[str | None, _columns("Sex.")] = None,
    extra: Annotated[str | None, _columns("Further columns to compare, as A,B,C.")] = None,
    known_on: Annotated[str | None, _columns("Day on which the record was known.")] = None,
    without: Annotated[str | None, _columns("Columns to leave out, as A,B,C.")] = None,
    matcher: Annotated[Path | None, typer.Option(help="Folder of a matcher to use; else one is made.")] = None,
    save: Annotated[Path | None, typer.Option(help="Folder to keep the matcher in.", callback=checked_folder)] = None,
    seed: Seed = 1,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Who is the same person in a table of persons. Columns that are not named are guessed, and what was taken is said.

    Example: plumbline match persons.csv --id rec_id --name given_name,surname --born-on date_of_birth --out clusters.parquet
    """
    import pyarrow.parquet as pq

    from features.same_person.mapping import map_columns
    from features.same_person.person_files import read_persons
    from features.same_person.secret import read_secret
    from training.same_person.match import match_persons
    from training.same_person.matcher import load_matcher

    started = time.monotonic()
    told = {
        "id": record_id, **_name(name), "born_on": born_on, "identity": identity, "phone": phone, "account": account,
        "address": address, "sex": sex, "known_on": known_on,
    }  # fmt: skip
    table = read_persons(file)
    listed = {field: _list(columns) for field, columns in told.items() if columns}
    mapped = map_columns(table.column_names, listed, None if extra is None else _list(extra), _list(without))
    if not as_json:
        err.print(f"Taken: {_taken(mapped)}", markup=False, highlight=False)
    secret = read_secret(settings(home).home) if matcher or save else None  # a matcher goes with its deployment
    used = load_matcher(matcher, secret) if matcher and secret else None
    found = match_persons(table, mapped, secret, seed, used)
    if save:
        found.matcher.save(save)
    clusters = found.clusters(mapped.id_column, table[mapped.id_column])
    pq.write_table(clusters, to)
    if pairs:
        pq.write_table(found.pairs(mapped.id_column), pairs)
    said = _said(found, clusters) | {"seed": seed, "seconds": round(time.monotonic() - started, 1)}
    if as_json:
        return print_json({"taken": _taken(mapped), **said, "out": str(to)})
    if not said["blocking_keys"] and said["rows"] > 1:
        err.print(f"• {NOTHING_COMPARED}", markup=False, highlight=False)
    for what, value in said.items():
        out.print(f"{what.replace('_', ' ')}: {_number(value)}", highlight=False)
    for path in (to, *([pairs] if pairs else []), *([save] if save else [])):
        out.print(f"Written: {path}", highlight=False)


def _name(name: str | None) -> dict[str, str | None]:
    """The whole name, or given name and surname."""
    given, comma, surname = (name or "").partition(",")
    return {"given": given, "surname": surname} if comma else {"name": name}


def _list(columns: str | None) -> list[str]:
    return [column.strip() for column in (columns or "").split(",") if column.strip()]


def _taken(mapped: Any) -> str:
    fields = {"id": (mapped.id_column,), **mapped.fields, "further": mapped.extras}
    if mapped.known_on:
        fields["known_on"] = (mapped.known_on,)
    return "; ".join(f"{field} from {', '.join(columns)}" for field, columns in fields.items() if columns)


def _said(found: Any, clusters: Any) -> dict[str, Any]:
    from features.same_person.limits import LINKED

    sizes = Counter(clusters["cluster_id"].to_pylist())
    return {
        "rows": len(found.records),
        "blocking_keys": len(found.matcher.keys),
        "blocks_over_cap": sum(found.blocked.over_cap.values()),
        "pairs_compared": len(found.blocked),
        "pairs_likelier_than_not": int((found.probability >= LINKED).sum()),
        "clusters": len(sizes),
        "records_with_another": sum(size for size in sizes.values() if size > 1),
    }


def _number(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
