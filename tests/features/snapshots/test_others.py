"""The bands of size that peers are compared in."""

import ibis
import pytest

from features.snapshots.others import size_band


@pytest.mark.parametrize(
    ("workers", "band"),
    [
        (None, "unknown"),
        (1, "1-9"),
        (9.5, "1-9"),
        (10, "10-49"),
        (49, "10-49"),
        (50, "50-249"),
        (249, "50-249"),
        (250, "250+"),
    ],
)
def test_the_band_of_a_number_of_workers(workers, band):
    value = ibis.literal(workers, "float64") if workers is not None else ibis.null("float64")
    assert ibis.duckdb.connect().execute(size_band(value)) == band
