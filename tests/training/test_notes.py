"""A card says where its calibration shares events with its fit."""

import datetime as dt

import pytest

from training.notes import notes

FIT = [dt.date(2023, 6, 30), dt.date(2023, 7, 30), dt.date(2023, 8, 30)]
CALIBRATE = dt.date(2023, 9, 30)


@pytest.mark.parametrize(("months", "said"), [(1, 0), (2, 1), (6, 1)])
def test_overlap_is_said_where_there_is_one(months: int, said: int) -> None:
    assert len(notes(FIT, CALIBRATE, months, "event", None)) == said


def test_it_says_how_many_in_both_languages() -> None:
    (note,) = notes(FIT, CALIBRATE, 2, "event", None)
    assert "1 of the 3 days" in note["en"] and "3个日期中有1个" in note["zh"]


def test_a_model_of_findings_without_weights_says_so() -> None:
    (note,) = notes(FIT, CALIBRATE, 1, "finding", None)
    assert "too few inspections" in note["en"].lower()


@pytest.mark.parametrize(("planned", "words"), [(True, "any employer would find"), (False, "may be too high")])
def test_a_weighted_model_says_what_it_was_calibrated_on(planned: bool, words: str) -> None:
    weighting = {"inspected": 10.0, "effective_size": 5.0, "cut_weights": 0.0, "largest_weight": 20.0}
    said = notes(FIT, CALIBRATE, 1, "finding", weighting, planned)
    assert words in said[-1]["en"]
