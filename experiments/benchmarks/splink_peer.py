"""Splink on the same claims, set up as its documentation recommends, and helped where we know better.

u from random pairs, m by expectation maximisation over two blocking rules, several rules for predictions, clusters by
connected components. It is given what our own normaliser finds too: the first 17 of 18 digits of numbers of either
length, names as they are read (DuckDB's distances count bytes, so hanzi are compared through them), house of the address.
"""

from __future__ import annotations

import logging
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from pypinyin import lazy_pinyin
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from experiments.province.arrays import Floats, Ints

LEAST = 0.01  # probability of a pair that is kept
SAMPLED_PAIRS = 1e7
PREPARED = """
    SELECT row_number() OVER (ORDER BY claim_id) - 1 AS unique_id, name, born_on::VARCHAR AS born_on, phone, account, address,
           CASE WHEN length(person_id) = 15 THEN person_id[:6] || '19' || person_id[7:] ELSE person_id[:17] END AS number,
           read_as, split_part(read_as, ' ', 1) AS first_read, year(born_on) AS birth_year,
           strftime(least(born_on, CASE WHEN day(born_on) <= 12 THEN
               make_date(year(born_on), day(born_on), month(born_on)) END), '%Y-%m-%d') AS birth,
           regexp_extract(address, '.苑[0-9]+栋') AS house
    FROM claims LEFT JOIN read USING (name)"""
PREDICTED = (
    ("number",), ("name", "birth"), ("read_as", "birth"), ("first_read", "birth"), ("birth", "phone"), ("birth", "account"),
    ("birth", "house"), ("read_as", "phone"), ("read_as", "account"), ("read_as", "house"), ("phone", "house"),
    ("account", "house"), ("phone", "account"), ("account", "birth_year"), ("house", "birth_year"),
)  # fmt: skip


def splink_pairs(claims: Path) -> tuple[Ints, Ints, Floats]:
    """Rows in the order of claim_id, two by two, and the probability that they are one person."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    db = DuckDBAPI(duckdb.connect())
    linker = Linker(db.register(_prepared(claims)), _settings())
    linker.training.estimate_probability_two_random_records_match(
        [block_on("number"), block_on("name", "born_on")], recall=0.8
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=1)
    for rule in (block_on("number"), block_on("read_as", "birth"), block_on("account", "birth_year")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=SAMPLED_PAIRS / 10)
    predicted = linker.inference.predict(threshold_match_probability=LEAST)
    linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, 0.95)
    rows = predicted.as_duckdbpyrelation().select("unique_id_l, unique_id_r, match_probability").fetchnumpy()
    return rows["unique_id_l"], rows["unique_id_r"], np.asarray(rows["match_probability"])


def _prepared(claims: Path) -> pa.Table:
    """One row a claim with the columns that are compared; names as they are read, syllables in order of the alphabet."""
    table = pq.read_table(claims)
    names = table["name"].drop_null().unique()
    read = [" ".join(sorted(lazy_pinyin(each))) if not each.isascii() else _latin(each) for each in names.to_pylist()]
    con = duckdb.connect()
    con.register("claims", table)
    con.register("read", pa.table({"name": names, "read_as": read}))
    return con.execute(PREPARED).to_arrow_table()


def _latin(name: str) -> str:
    return " ".join(sorted(name.lower().split()))


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            _near("number", 2),
            comparisons.CustomComparison(
                output_column_name="name",
                comparison_levels=[
                    levels.NullLevel("name"),
                    levels.ExactMatchLevel("name").configure(tf_adjustment_column="name"),
                    levels.ExactMatchLevel("read_as").configure(tf_adjustment_column="read_as"),
                    levels.CustomLevel("replace(read_as_l, ' ', '') = replace(read_as_r, ' ', '')"),
                    levels.LevenshteinLevel("read_as", 2),
                    levels.CustomLevel("left(name_l, 1) = left(name_r, 1)"),
                    levels.ElseLevel(),
                ],
            ),
            comparisons.CustomComparison(
                output_column_name="born_on",
                comparison_levels=[
                    levels.NullLevel("born_on"),
                    levels.ExactMatchLevel("born_on"),
                    levels.ExactMatchLevel("birth"),  # day and month changed places
                    levels.LevenshteinLevel("born_on", 1),
                    levels.CustomLevel(
                        "birth_year_l = birth_year_r AND "
                        "(right(born_on_l, 5) = '01-01' OR right(born_on_r, 5) = '01-01')"
                    ),
                    levels.ElseLevel(),
                ],
            ),
            _near("phone", 1, frequencies=True),
            _near("account", 1, frequencies=True),
            comparisons.CustomComparison(
                output_column_name="address",
                comparison_levels=[
                    levels.NullLevel("address"),
                    levels.ExactMatchLevel("address"),
                    levels.ExactMatchLevel("house"),
                    levels.ElseLevel(),
                ],
            ),
        ],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in PREDICTED],
    )


def _near(column: str, distance: int, frequencies: bool = False) -> comparisons.CustomComparison:
    """Equal, or within one or more slips of each other."""
    equal = levels.ExactMatchLevel(column)
    near = [levels.LevenshteinLevel(column, each) for each in range(1, distance + 1)]
    if frequencies:
        equal = equal.configure(tf_adjustment_column=column)
    return comparisons.CustomComparison(
        output_column_name=column, comparison_levels=[levels.NullLevel(column), equal, *near, levels.ElseLevel()]
    )
