"""What a watchlist looks like as a table: the columns, their titles, and the text or number in each cell."""

from __future__ import annotations

from collections.abc import Iterable

from serving.items import Item
from serving.levels import level_name
from serving.reasons import Fact
from serving.sheets import Cell, Form, Sheet
from serving.texts import Language, Sentence, label_name, text
from serving.watchlist import Watchlist

TEXT_COLUMNS = (
    "employer_id", "name", "region", "industry", "level", "arm", "action", "action_because", "reasons", "facts_for",
    "level_change", "at_stake", "liveness",
)  # fmt: skip
COLUMNS = (
    "rank", "level", "risk", "employer_id", "name", "region", "industry", "action", "action_because", "arm",
    "drawing_probability", "expected_hits", "expected_workers", "expected_money", "reasons", "facts_for", "level_change",
    "at_stake", "liveness",
)  # fmt: skip
ABOUT = (
    "as_of", "region", "capacity", "random_share", "random_policy", "order", "seed", "population", "model_id", "label", "horizon_months",
    "lake_version", "levels_version", "actions_version", "harm_rule", "created",
)  # fmt: skip
# Left out for those who make the visits: how each was chosen, and all from which that could be told. An employer with
# a low score on a list of high ones was drawn by lot.
TELLING = frozenset({
    "level", "risk", "action", "action_because", "arm", "drawing_probability", "expected_hits", "expected_workers", "expected_money",
    "level_change",
})  # fmt: skip
WIDE: dict[str, int] = {
    "name": 30,
    "reasons": 60,
    "facts_for": 50,
    "at_stake": 50,
    "level_change": 50,
    "action_because": 40,
    "employer_id": 22,
}
FORMS: dict[str, Form] = {
    "rank": "count", "risk": "share", "drawing_probability": "share", "expected_hits": "number", "expected_workers": "number",
    "expected_money": "count",
}  # fmt: skip


def sheet_of(watchlist: Watchlist, language: Language, blind: bool = False) -> Sheet:
    """The list as a table to take away; `blind` without what tells how an employer was chosen."""
    return Sheet(
        text("list").say(language), titles(language, blind), columns(blind),
        [cells(item, language, blind) for item in watchlist.items], FORMS,
        text("about").say(language), about(watchlist, language, blind), WIDE,
    )  # fmt: skip


def columns(blind: bool = False) -> list[str]:
    """The names of the columns; `blind` without those that tell how an employer was chosen."""
    return [name for name in COLUMNS if not (blind and name in TELLING)]


def titles(language: Language, blind: bool = False) -> list[str]:
    """Titles of `columns`."""
    return [text(f"column_{name}").say(language) for name in columns(blind)]


def cells(item: Item, language: Language, blind: bool = False) -> list[Cell]:
    """The cells of an item in the order of `columns`: strings in TEXT_COLUMNS, numbers (None: not known) in the others."""
    return [_cell(item, name, language) for name in columns(blind)]


def action_name(action: str) -> Sentence:
    """The name of an action as it is shown."""
    return text(f"action_{action}")


def joined(facts: Iterable[Fact], language: Language) -> str:
    """Sentences in one line."""
    return ("；" if language == "zh" else "; ").join(fact.sentence.say(language) for fact in facts)


def about(watchlist: Watchlist, language: Language, blind: bool = False) -> list[tuple[str, str]]:
    """What the list was drawn from, by whom it was chosen, and what it does not say: rows of name and text.

    `blind` without the seed, from which the places drawn by lot could be reckoned.
    """
    shown = [name for name in ABOUT if not (blind and name == "seed")]
    rows = [(text(f"about_{name}").say(language), _about(watchlist, name, language)) for name in shown]
    rows += [(reason.say(language), str(count)) for reason, count in left_out(watchlist)]
    said = [*watchlist.notes, hits(watchlist), text("foot")]
    return rows + [("", sentence.say(language)) for sentence in said]


def left_out(watchlist: Watchlist) -> list[tuple[Sentence, int]]:
    """Why employers are not on the list, and how many each."""
    return [(text(f"dropped_{reason}"), count) for reason, count in watchlist.dropped.items()]


def hits(watchlist: Watchlist) -> Sentence:
    """How many of those listed the model expects to have the outcome."""
    return text("head_hits", **watchlist.expected_hits)


def _cell(item: Item, name: str, language: Language) -> Cell:
    if name == "level":
        return level_name(item.level).say(language)
    if name == "arm":
        return text(f"arm_{item.arm}").say(language)
    if name == "action":
        return action_name(item.action).say(language)
    if name == "level_change":
        return item.level_change.sentence.say(language)
    value = getattr(item, name)
    if isinstance(value, Sentence):
        return value.say(language)
    if isinstance(value, tuple):
        return joined(value, language)
    if name in TEXT_COLUMNS:
        return str(value or "")
    return value if value is None or isinstance(value, int) else float(value)


def _about(watchlist: Watchlist, name: str, language: Language) -> str:
    value = getattr(watchlist, name)
    if name == "region" and value is None:
        return text("everywhere").say(language)
    if name in ("order", "random_policy"):
        return text(f"{name}_{value}").say(language)
    if isinstance(value, Sentence):
        return value.say(language)
    if name == "label":
        return label_name(value).say(language)
    if name == "created":
        return str(value.isoformat(timespec="seconds"))
    return "" if value is None else str(value)
