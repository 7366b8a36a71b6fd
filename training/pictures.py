"""The report's pictures, as SVG text made on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup

PICTURED = ("auc", "average_precision", "precision@1%", "precision@capacity")


def figures_picture(report: dict[str, Any], texts: dict[str, Any], pictured: Sequence[str] = PICTURED) -> Markup:
    """Model and baselines beside one another, with their intervals, in the figures `pictured`."""
    rows = [
        {"figure": name, "ranking": f"{texts['names'][who]['en']} {texts['names'][who]['zh']}", **found[name]}
        for who, found in {"model": report["model"], **report["baselines"]}.items()
        for name in pictured
        if found.get(name) and found[name]["value"] is not None
    ]
    rankings = 1 + len(report["baselines"])
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("ranking:N", title=None, sort=None, axis=alt.Axis(labelLimit=400))
    )
    bars = base.mark_rule(strokeWidth=3).encode(
        x=alt.X("low:Q", title=None), x2="high:Q", color=alt.Color("ranking:N", legend=None)
    )
    points = base.mark_point(filled=True, size=70).encode(x="value:Q", color=alt.Color("ranking:N", legend=None))
    chart = (
        alt.layer(bars, points)
        .properties(width=260, height=24 * rankings)
        .facet(alt.Facet("figure:N", title=None), columns=2)
    )
    room = {"left": 80, "right": 5, "top": 5, "bottom": 5}  # names are measured in a font that may lack Chinese
    return _svg(chart.resolve_scale(x="independent").properties(padding=room))


def reliability_picture(report: dict[str, Any]) -> Markup:
    """Predicted risk against the share observed, a line for each as-of day; on the diagonal they agree."""
    rows = [{"as_of": one["as_of"], **point} for one in report["days"] for point in one["reliability"]]
    top = max([row["predicted"] for row in rows] + [row["observed"] for row in rows])
    diagonal = (
        alt.Chart(alt.Data(values=[{"x": 0, "y": 0}, {"x": top, "y": top}]))
        .mark_line(strokeDash=[4, 4], color="grey")
        .encode(x="x:Q", y="y:Q")
    )
    line = (
        alt.Chart(alt.Data(values=rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("predicted:Q", title="predicted risk 预测风险"),
            y=alt.Y("observed:Q", title="observed share 实际比例"),
            color=alt.Color("as_of:N", title="as of 截至"),
        )
    )
    return _svg(alt.layer(diagonal, line).properties(width=360, height=280))


def _svg(chart: Any) -> Markup:
    return Markup(vl_convert.vegalite_to_svg(chart.to_json()))  # noqa: S704  (made here, from numbers)
