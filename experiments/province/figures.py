"""Base rates of a province that was written: how many owe, and how much of it anybody hears of."""

from __future__ import annotations

from pathlib import Path

import duckdb

RATES = """
WITH truth AS (SELECT *, lag(in_arrears, 1, FALSE) OVER (PARTITION BY employer_id ORDER BY month) AS before
               FROM read_parquet($truth)),
spells AS (SELECT employer_id, began, max(last_day(month)) AS until FROM truth WHERE in_arrears GROUP BY ALL),
wages AS (SELECT employer_id, filed_on FROM read_csv($complaints, types = {'employer_id': 'VARCHAR'})
          WHERE topic = 'wages'),
found AS (SELECT * FROM read_csv($inspections, types = {'employer_id': 'VARCHAR'}) WHERE closed_on IS NOT NULL)
SELECT (SELECT avg(in_arrears::INT) FROM truth) AS "in arrears, mean of all months",
       (SELECT min(share) FROM (SELECT avg(in_arrears::INT) AS share FROM truth GROUP BY month)) AS "in arrears, least month",
       (SELECT max(share) FROM (SELECT avg(in_arrears::INT) AS share FROM truth GROUP BY month)) AS "in arrears, most",
       (SELECT sum((in_arrears AND NOT before)::INT) / sum((NOT before)::INT) FROM truth
        WHERE month > (SELECT min(month) FROM truth)) AS "arrears that begin, of those who owe nothing, a month",
       (SELECT avg(EXISTS (SELECT 1 FROM wages WHERE wages.employer_id = spells.employer_id
                           AND filed_on BETWEEN began AND until)::INT) FROM spells) AS "spells complained of",
       (SELECT avg((finding = 'arrears')::INT) FROM found) AS "inspections that found arrears",
       (SELECT avg((finding = 'arrears')::INT) FROM found WHERE "trigger" = 'random') AS "of those by lot"
"""


def base_rates(registers_dir: Path, truth_path: Path) -> dict[str, float | None]:
    """Shares, 0 to 1, by what they are shares of; None where there is nothing to count.

    A spell is complained of if a complaint of wages was filed in it.
    """
    paths = {name: str(registers_dir / f"{name}.csv") for name in ("complaints", "inspections")}
    with duckdb.connect() as duck:
        result = duck.execute(RATES, {"truth": str(truth_path)} | paths)
        names, row = [column[0] for column in result.description or ()], result.fetchone() or ()
    return dict(zip(names, row, strict=True))
