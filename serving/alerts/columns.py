"""What a list of alerts looks like as a table: the columns, their titles, and the text or number in each cell."""

from __future__ import annotations

from serving.alerts.alert import Alert, Alerts
from serving.alerts.said import found_by_scores, parts
from serving.columns import joined
from serving.sheets import Cell, Form, Sheet
from serving.texts import Language, Sentence, text

COLUMNS = (
    "rank", "kind", "probability", "claim_id", "name", "person", "scheme", "region", "filed_on", "money_at_stake", "paid",
    "to_save", "expected_loss", "action", "action_because", "arm", "drawing_probability", "severity", "duplicate", "fraud",
    "reasons", "facts_for_claimant", "news", "rules", "other", "work", "companions", "cluster_id",
)  # fmt: skip
FORMS: dict[str, Form] = {
    "rank": "count", "probability": "share", "duplicate": "share", "fraud": "share", "drawing_probability": "share",
    "money_at_stake": "count", "paid": "count", "to_save": "count", "expected_loss": "count",
}  # fmt: skip
WIDE: dict[str, int] = {
    "name": 14, "claim_id": 20, "person": 22, "reasons": 60, "facts_for_claimant": 50, "rules": 60, "other": 60, "work": 50,
    "companions": 60, "action_because": 40, "news": 40,
}  # fmt: skip
# Left out for those who review: how each was chosen, and all from which that could be told.
TELLING = frozenset({
    "kind", "probability", "duplicate", "fraud", "severity", "expected_loss", "action", "action_because", "arm",
    "drawing_probability",
})  # fmt: skip
ABOUT = (
    "as_of", "region", "reviews", "random_share", "order", "seed", "claims", "groups", "models", "rules_version",
    "actions_version", "lake_version", "created",
)  # fmt: skip


def sheet_of(alerts: Alerts, language: Language, blind: bool = False) -> Sheet:
    """The list as a table to take away; `blind` without what tells how a claim was chosen."""
    shown = columns(blind)
    return Sheet(
        text("alerts").say(language), [_title(name, language) for name in shown], shown,
        [cells(item, language, blind) for item in alerts.items], FORMS,
        text("about").say(language), about(alerts, language, blind), WIDE,
    )  # fmt: skip


def _title(name: str, language: Language) -> str:
    """A person's name is 姓名; the name of the shared title, 名称, is an employer's."""
    return text("field_name" if name == "name" else f"column_{name}").say(language)


def columns(blind: bool = False) -> list[str]:
    """The names of the columns; `blind` without those that tell how a claim was chosen."""
    return [name for name in COLUMNS if not (blind and name in TELLING)]


def cells(item: Alert, language: Language, blind: bool = False) -> list[Cell]:
    """The cells of an alert in the order of `columns`: numbers (None: not known) in FORMS, texts in the others."""
    told = parts(item)
    return [_cell(item, name, language, told) for name in columns(blind)]


def about(alerts: Alerts, language: Language, blind: bool = False) -> list[tuple[str, str]]:
    """What the list was drawn from and what it does not say; `blind` without the seed and the order's draw."""
    shown = [name for name in ABOUT if not (blind and name == "seed")]
    rows = [(text(f"about_{name}").say(language), _about(alerts, name, language)) for name in shown]
    rows += [(reason.say(language), str(count)) for reason, count in left_out(alerts)]
    said = [*alerts.notes, *([] if blind else [found_by_scores(alerts)]), text("alerts_foot")]
    return rows + [("", sentence.say(language)) for sentence in said]


def left_out(alerts: Alerts) -> list[tuple[Sentence, int]]:
    """Why claims are not on the list, and how many each."""
    return [(text(f"dropped_{reason}"), count) for reason, count in alerts.dropped.items()]


def models_named(alerts: Alerts) -> Sentence:
    """The models by their kind; a dash where there is none."""
    named = [(text(f"model_{label}"), model) for label, model in alerts.models.items()]
    en, zh = (", ".join(f"{getattr(kind, lang)} {model}" for kind, model in named) for lang in ("en", "zh"))
    return Sentence(en or "–", zh or "–")


def _cell(item: Alert, name: str, language: Language, told: dict[str, list[Sentence]]) -> Cell:
    if name in told:
        return "\n".join(line.say(language) for line in told[name])
    if name in ("kind", "arm", "scheme"):
        return text(f"{name}_{getattr(item, name)}").say(language)
    if name == "severity":
        return text(f"severity_{item.severity}").say(language) if item.severity else ""
    if name == "action":
        return text(f"alert_action_{item.action}").say(language)
    if name == "action_because":
        return item.action_because.say(language)
    if name in ("reasons", "facts_for_claimant"):
        return joined(item.reasons if name == "reasons" else item.facts_for, language)
    value = getattr(item, name)
    return value if name in FORMS else str(value or "")


def _about(alerts: Alerts, name: str, language: Language) -> str:
    match name:
        case "region":
            return alerts.region or text("everywhere").say(language)
        case "reviews":
            return str(alerts.capacity)
        case "order":
            return text(f"order_{alerts.order}").say(language)
        case "models":
            return models_named(alerts).say(language)
        case "created":
            return str(alerts.created.isoformat(timespec="seconds"))
    value = getattr(alerts, name)
    return "" if value is None else str(value)
