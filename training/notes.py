"""What must be said beside a model: sentences for its card, in every language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from features.lake.gaps import Gaps
from training.labels import Label
from training.report import TEXTS
from training.split import horizon_end


def notes(
    fit: Sequence[dt.date],
    calibrate: dt.date,
    months: int,
    label: Label,
    weighting: Mapping[str, float] | None,
    planned: bool = False,
) -> list[dict[str, str]]:
    """Sentences by language. `fit` and `calibrate` are snapshot days, each followed by a horizon of `months`.

    `planned`: a model of findings was calibrated on inspections that answered no complaint.
    """
    overlapping = [day for day in fit if horizon_end(day, months) > calibrate]
    said = []
    if overlapping:
        said.append(_said("overlap", overlapping=len(overlapping), days=len(fit), calibrate=calibrate.isoformat()))
    if label == "finding":
        said.append(_said("weighted", **weighting) if weighting else _said("not_weighted"))
    if weighting:
        said.append(_said("calibrated_planned" if planned else "calibrated_all"))
    return said


def said_of_gaps(gaps: Gaps) -> list[dict[str, str]]:
    """Sentences by language: which registers the model could learn nothing of, and which ended long before its day."""
    as_of, missing = gaps.as_of, ", ".join(gaps.missing)
    said = [_said("registers_missing", registers=missing, as_of=as_of)] if missing else []
    return said + [_said("register_ended", register=name, newest=day, as_of=as_of) for name, day in gaps.ended.items()]


def _said(name: str, **facts: object) -> dict[str, str]:
    return {language: text.format(**facts) for language, text in TEXTS["notes"][name].items()}
