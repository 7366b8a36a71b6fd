"""Employers in blocks that are simulated one after another, and tables by month."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from experiments.province.arrays import Ints


def blocks_of(predecessor: Ints, spider: Ints, size: int) -> list[Ints]:
    """Row numbers of the employers of each block, `size` or nearly. Between whom workers are handed over is in one block."""
    number = len(predecessor)
    phoenix, member = np.flatnonzero(predecessor >= 0), np.flatnonzero(spider >= 0)
    tied = (np.r_[phoenix, member], np.r_[predecessor[phoenix], number + spider[member]])
    nodes = number + int(spider.max(initial=-1)) + 1
    graph = coo_array((np.ones(len(tied[0]), dtype=bool), tied), shape=(nodes, nodes))
    _, group = connected_components(graph, directed=False)
    _, first = np.unique(group[:number], return_index=True)  # groups are numbered from their first employer on
    block = first[group[:number]] // size
    order = np.argsort(block, kind="stable")
    return [rows for rows in np.split(order, np.searchsorted(block[order], np.unique(block)[1:])) if len(rows)]


def by_month(table: pa.Table) -> dict[dt.date, pa.Table]:
    """The rows of each month, of a table in the order of months; nothing is copied."""
    counts = pc.value_counts(table["month"])
    slices, start = {}, 0
    for month, rows in zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True):
        slices[month] = table.slice(start, rows)
        start += rows
    return slices


def in_order_of_months(tables: list[pa.Table]) -> pa.Table:
    """One table of several that are in the order of months."""
    slices = [by_month(table) for table in tables]
    every = sorted({month for each in slices for month in each})
    empty = tables[0].slice(0, 0)
    return pa.concat_tables([empty, *(each[month] for month in every for each in slices if month in each)])
