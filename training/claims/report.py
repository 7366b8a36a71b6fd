"""The report of claims for people: one page in both languages, its data beside it, a table on screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, select_autoescape
from rich.console import Console

from training.claims.texts import TEXTS
from training.counts import counts_line, told
from training.pictures import figures_picture, reliability_picture
from training.report import SHOWN_SLICES, figure, rankings_screen

SCREEN_FIGURES = ("auc", "average_precision", "precision@day", "precision@capacity", "recall@capacity", "lift@capacity")
LOOKED_FIGURES = ("base_rate", "auc", "average_precision", "precision@capacity")
PICTURED = ("auc", "average_precision", "precision@day", "recall@capacity")


def write_claims_report(report: dict[str, Any], folder: Path) -> None:
    """Write `report.json` and `report.html` (pictures inside, nothing loaded from elsewhere) into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=2), encoding="utf-8")
    (folder / "report.html").write_text(claims_page(report), encoding="utf-8")


def claims_page(report: dict[str, Any]) -> str:
    """The report as one HTML page."""
    loader = ChoiceLoader([PackageLoader("training.claims", "."), PackageLoader("training", ".")])
    environment = Environment(loader=loader, autoescape=select_autoescape(["j2", "html"]))
    environment.filters |= {"figure": figure, "told": told}
    return environment.get_template("claims_report.html.j2").render(
        report=report,
        texts=TEXTS,
        pictures={kind: _pictures(found) for kind, found in report["kinds"].items() if "model" in found},
        shown_slices=SHOWN_SLICES,
        compared={name: text for name, text in TEXTS["figures"].items() if name != "base_rate"},
        looked_figures=LOOKED_FIGURES,
    )


def _pictures(found: dict[str, Any]) -> list[Any]:
    return [figures_picture(found, TEXTS, PICTURED), reliability_picture(found)]


def print_claims_report(report: dict[str, Any], console: Console) -> None:
    """The figures of each model beside its baselines, who was reviewed, and what they do not show."""
    shown = {name: TEXTS["figures"][name] for name in SCREEN_FIGURES}
    looked = {name: TEXTS["figures"][name] for name in LOOKED_FIGURES}
    days = ", ".join(report["as_of"])
    for kind, found in report["kinds"].items():
        said = TEXTS["names"][kind]["en"]
        if "model" not in found:
            console.print(f"{said}: {TEXTS['sections']['no_figures']['en']}", highlight=False)
            continue
        title = (
            f"{said}, {report['horizon_months']} months after {days}, {report['reviews_a_day']} reviews a working day"
        )
        console.print(rankings_screen(title, {"model": found["model"], **found["baselines"]}, TEXTS["names"], shown))
        for one in found["days"]:
            title = f"{one['as_of']}: {said}, {TEXTS['sections']['looked']['en']}"
            sizes = {"Reviewed": lambda arm: f"{arm['inspected']:,}"}
            console.print(rankings_screen(title, one["looked_at"], TEXTS["looked"], looked, sizes))
    for one in report["days"]:
        console.print(
            f"{one['as_of']}: {one['claims']:,} open claims, {one['reviewed']:,} reviewed; dropped: {counts_line(one['dropped'], 'en')}",
            highlight=False,
        )
        for reason in one["without_a_model"].values():
            console.print(f"{one['as_of']}: no model of {reason['en']}", highlight=False)
    console.print(TEXTS["does_not_show"]["en"], highlight=False)
