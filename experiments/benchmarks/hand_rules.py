"""Whose claim it is by hand-written rules: what an office has without a model. Exact ones, and fuzzy ones."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from experiments.province.arrays import Array, Flags, Ints

LARGEST_BLOCK = 30  # claims: more have one phone or account when it is an agent's
PREPARED = """
    CREATE TABLE claims AS
    SELECT row_number() OVER (ORDER BY claim_id) - 1 AS row, person_id, name, born_on, phone, account, address,
           CASE WHEN length(person_id) = 15 THEN person_id[:6] || '19' || person_id[7:] ELSE person_id[:17] END AS number,
           least(born_on, CASE WHEN day(born_on) <= 12
                               THEN make_date(year(born_on), day(born_on), month(born_on)) END) AS birth,
           name[1] AS surname
    FROM read_parquet(?)"""
BLOCKS = (  # what two claims have in common to be compared at all
    "number", "name, birth", "birth, surname", "birth, phone", "birth, account", "birth, address",
    "name, phone", "name, account", "name, address", "phone", "account", "address",
)  # fmt: skip


def exact_pairs(claims: Path) -> tuple[Ints, Ints]:
    """Rows, in the order of claim_id, that have the identity number, or the name and the day of birth, in common."""
    con = _prepared(claims)
    found = con.execute(_paired("person_id", 10**6) + " UNION " + _paired("name, born_on", 10**6)).fetchnumpy()
    return found["left_row"], found["right_row"]


def fuzzy_pairs(claims: Path) -> tuple[Ints, Ints]:
    """Pairs of rows that the rules take for one person."""
    con = _prepared(claims)
    con.execute("CREATE TABLE pairs AS " + " UNION ".join(_paired(block) for block in BLOCKS))
    found: list[pd.DataFrame] = []
    reader = con.execute(
        """SELECT a.row AS left_row, b.row AS right_row, a.number AS number, b.number AS other_number,
                  coalesce(a.name, '') AS name, coalesce(b.name, '') AS other_name,
                  a.born_on = b.born_on AS born, a.birth = b.birth AS birth,
                  a.born_on IS NULL OR b.born_on IS NULL AS unborn,
                  coalesce((a.phone = b.phone)::INT, 0) + coalesce((a.account = b.account)::INT, 0)
                  + coalesce((a.address = b.address)::INT, 0) AS shared
           FROM pairs JOIN claims AS a ON a.row = left_row JOIN claims AS b ON b.row = right_row"""
    ).to_arrow_reader(500_000)
    for batch in reader:
        rows = batch.to_pandas()
        found.append(rows.loc[_one_person(rows), ["left_row", "right_row"]])
    pairs = pd.concat(found)
    return pairs["left_row"].to_numpy(), pairs["right_row"].to_numpy()


def _paired(block: str, largest: int = LARGEST_BLOCK) -> str:
    first, *others = block.split(", ")
    equal = " AND ".join(f"a.{each} = b.{each}" for each in (first, *others))
    filled = " AND ".join(f"{each} IS NOT NULL" for each in (first, *others))
    small = f"(SELECT * FROM claims WHERE {filled} QUALIFY count(*) OVER (PARTITION BY {block}) <= {largest})"
    return f"SELECT a.row AS left_row, b.row AS right_row FROM {small} a JOIN {small} b ON {equal} AND a.row < b.row"


def _one_person(rows: pd.DataFrame) -> Array:
    """The rules. Numbers have 17 digits here, without check character."""
    numbers = rows[["number", "other_number"]].fillna("").to_numpy()
    apart = cpdist(numbers[:, 0], numbers[:, 1], scorer=OSA.distance, dtype=np.uint8)
    unnumbered = (numbers == "").any(axis=1)
    same_number, near_number = ~unnumbered & (apart == 0), ~unnumbered & (apart <= 1)
    name, other = rows["name"].to_numpy(), rows["other_name"].to_numpy()
    near_name = (cpdist(name, other, scorer=OSA.distance, dtype=np.uint8) <= 1) & (name != "") & (other != "")
    same_name: Flags = (name == other) & (name != "")
    born, birth = (rows[each].fillna(False).to_numpy(dtype=bool) for each in ("born", "birth"))
    shared, unborn = rows["shared"].to_numpy(), rows["unborn"].to_numpy()
    return np.asarray(
        (same_number & (same_name | near_name | birth | (shared >= 1)))
        | (near_number & (same_name | (near_name & birth) | (birth & (shared >= 1))))
        | (same_name & born & (near_number | unnumbered | (shared >= 1)))
        | (same_name & birth & (shared >= 1))
        | (same_name & unborn & unnumbered & (shared >= 1))
        | (same_name & (shared >= 2) & (unborn | unnumbered))
        | (near_name & birth & (shared >= 1) & unnumbered)
        | (birth & (shared >= 2) & unnumbered)
    )


def joined(rows: int, pairs: tuple[Ints, Ints]) -> Ints:
    """The number of its group for each of `rows` rows: what is joined by pairs is one."""
    left, right = pairs
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(rows, rows))
    groups: Ints = connected_components(graph, directed=False)[1]
    return groups


def _prepared(claims: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(PREPARED, [str(claims)])
    return con
