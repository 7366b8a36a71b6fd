"""The evaluation report for people: one page with pictures in both languages, its data beside it, a table on screen."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape
from rich.console import Console
from rich.table import Table

from training.counts import counts_line, told
from training.pictures import figures_picture, reliability_picture

_PACKAGE = files("training")
TEXTS: dict[str, Any] = tomllib.loads(_PACKAGE.joinpath("report.toml").read_text(encoding="utf-8"))
SHOWN_SLICES = 30
HARM_FIGURES = ("hits@capacity", "workers@capacity", "money@capacity")
SCREEN_FIGURES = ("auc", "average_precision", "precision@1%", "precision@5%", "precision@capacity")
LOOKED_FIGURES = ("auc", "average_precision", "precision@capacity")


def write_report(report: dict[str, Any], folder: Path) -> None:
    """Write `report.json` and `report.html` (pictures inside, nothing loaded from elsewhere) into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    data = json.dumps(report, ensure_ascii=False, indent=2)
    (folder / "report.json").write_text(data, encoding="utf-8")
    (folder / "report.html").write_text(page(report), encoding="utf-8")


def page(report: dict[str, Any]) -> str:
    """The report as one HTML page."""
    environment = Environment(loader=PackageLoader("training", "."), autoescape=select_autoescape(["j2", "html"]))
    environment.filters |= {"figure": figure, "told": told}
    return environment.get_template("report.html.j2").render(
        report=report,
        texts=TEXTS,
        rankings={"model": report["model"], **report["baselines"]},
        beginning_rankings={"model": report["beginning"].get("model"), **report["beginning"].get("baselines", {})},
        pictures=[figures_picture(report, TEXTS), reliability_picture(report)],
        shown_slices=SHOWN_SLICES,
        compared={name: text for name, text in TEXTS["figures"].items() if name != "base_rate"},
        harm_figures={name: TEXTS["figures"][name] for name in HARM_FIGURES},
        looked_figures=LOOKED_FIGURES,
    )


def figure(found: dict[str, float | None] | None) -> str:
    """`0.727 (0.719 – 0.735)`; amounts and counts without decimals; a dash where undefined."""
    if not found or found["value"] is None:
        return "–"
    digits = 3 if abs(found["value"]) < 1000 else 0
    value, low, high = (f"{found[k] or 0:,.{digits}f}" for k in ("value", "low", "high"))
    return f"{value} ({low} – {high})"


def print_report(report: dict[str, Any], console: Console) -> None:
    """The figures of the model beside its baselines, and what they do not show."""
    title = f"label {report['label']}, {report['horizon_months']} months after {', '.join(report['as_of'])}"
    shown = {name: TEXTS["figures"][name] for name in SCREEN_FIGURES if name in TEXTS["figures"]}
    table = rankings_screen(title, {"model": report["model"], **report["baselines"]}, TEXTS["names"], shown)
    console.print(table)
    if report["beginning"].get("too_few_to_say"):
        console.print(f"{TEXTS['sections']['beginning']['en']}: {TEXTS['sections']['too_few']['en']}", highlight=False)
    else:
        console.print(_beginning_table(report["beginning"]))
    for one in report["days"]:
        if one["looked_at"]:
            console.print(_looked_table(one))
    if report["harm"]:
        console.print(_harm_table(report["harm"]))
    for one in report["days"]:
        console.print(
            f"{one['as_of']}: {one['employers']:,} employers, {one['positives']:,} positives; dropped: {counts_line(one['dropped'], 'en')}",
            highlight=False,
        )
    console.print(TEXTS["does_not_show"]["en"], highlight=False)


def _beginning_table(found: dict[str, Any]) -> Table:
    shown = {name: TEXTS["figures"][name] for name in (*LOOKED_FIGURES, "base_rate")}
    rankings = {"model": found["model"], **found["baselines"]}
    return rankings_screen(TEXTS["sections"]["beginning"]["en"], rankings, TEXTS["names"], shown)


def _looked_table(day: dict[str, Any]) -> Table:
    shown = {name: TEXTS["figures"][name] for name in ("base_rate", *LOOKED_FIGURES)}
    title = f"{day['as_of']}: {TEXTS['sections']['looked']['en']}"
    sizes: dict[str, Callable[[dict[str, Any]], str]] = {
        "Inspected": lambda one: f"{one['inspected']:,}",
        "Effective size": lambda one: f"{one.get('effective_size', one['inspected']):,.0f}",
    }
    return rankings_screen(title, day["looked_at"]["estimates"], TEXTS["looked"], shown, sizes)


def _harm_table(found: dict[str, Any]) -> Table:
    shown = {name: TEXTS["figures"][name] for name in HARM_FIGURES}
    return rankings_screen(TEXTS["sections"]["harm"]["en"], found, TEXTS["names"], shown)


def rankings_screen(
    title: str, found: dict[str, dict[str, Any]], names: dict[str, dict[str, str]], shown: dict[str, dict[str, str]],
    more: Mapping[str, Callable[[dict[str, Any]], str]] | None = None,
) -> Table:  # fmt: skip
    """A row a ranking and a column a figure, its interval below it, so that many rankings fit a terminal.

    `names` and `shown` are texts by ranking and by figure; `more`: further columns, of what a ranking says of itself.
    """
    table = Table(title=title, show_lines=True)
    for head in ("", *(text["en"].partition(":")[0] for text in shown.values()), *(more or {})):
        table.add_column(head, overflow="fold")
    for name, one in found.items():
        cells = [figure(one.get(shown_figure)).replace(" (", "\n(") for shown_figure in shown]
        table.add_row(names[name]["en"], *cells, *(say(one) for say in (more or {}).values()))
    return table
