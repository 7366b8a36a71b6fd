"""What would change an employer's level: the fewest things it can do itself that would lower it, by the model itself.

Every combination of one act is tried, then of two, then of three, each feature of an act moved to where its
record says the act takes it. The first size that lowers the level wins. Of several choices of that size the best
few are told: the lowest level first, then the lowest risk, then the order of the catalogue. It tells what the
model would say of such an employer, not what would happen. What cannot be told of it from what is known is put
where the risk is higher, and said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt

from features.changes import Act, Facts
from features.employers import EMPLOYER_FEATURES
from features.feature import Catalogue, Feature
from serving.acts import Beside, betters, differs, facts_of, makes_sense, moved, reached
from serving.levels import LEVELS, NO_LEVEL, Thresholds, level_name
from serving.limits import CHOICES_TOLD, MOST_ACTS
from serving.reasons import say
from serving.texts import Sentence, text
from training.artefact import Floats, RiskModel

FROM_LOWEST = (NO_LEVEL, *reversed(LEVELS))
Heights = npt.NDArray[np.intp]
Choice = tuple[int, float, tuple[Act, ...]]  # place of the level in FROM_LOWEST, risk, acts


@dataclass(frozen=True)
class ChangedFact:
    """One act, told by a feature it changes: its value `now` and `then` (None: not there)."""

    act: str
    name: str
    now: float | None
    then: float | None


@dataclass(frozen=True)
class LevelChange:
    """The lower level, the risk that goes with it, and what leads there; None and no facts where nothing does.

    `others`: further choices of as few acts that lower the level too; `sentence` tells all of them.
    """

    level: str | None
    risk: float | None
    facts: tuple[ChangedFact, ...]
    sentence: Sentence
    others: tuple[LevelChange, ...] = ()


def level_changes(
    model: RiskModel,
    rows: Floats,
    usual: Floats,
    thresholds: Thresholds,
    catalogue: Catalogue = EMPLOYER_FEATURES,
    beside: Beside | None = None,
) -> list[LevelChange]:
    """What would lower the level of each of `rows`, shape (subjects, features). `usual`: each feature's usual value.

    `beside`: facts of the same subjects that the model has not learned; they narrow what is reckoned.
    """
    features, beside = [catalogue[name] for name in model.card.features], beside or {}
    acts = list(dict.fromkeys(c.act for f in features for c in f.changeable if betters(f, c.act.name)))
    heights = _heights(model.risk(rows), thresholds) if len(rows) else np.empty(0, dtype=np.intp)
    found: dict[int, list[Choice]] = {}
    for size in range(1, MOST_ACTS + 1):
        waiting = np.array([i for i, height in enumerate(heights) if height and i not in found], dtype=np.intp)
        for some, risks, chosen in _tried(
            model, features, rows, usual, waiting, list(combinations(acts, size)), beside
        ):
            for place, risk, height in zip(some, risks, _heights(risks, thresholds), strict=True):
                if height < heights[place]:
                    found.setdefault(int(place), []).append((int(height), float(risk), chosen))
    return [
        _told(
            features, facts_of(features, row[None], usual, _at(beside, [i])), int(heights[i]), _best(found.get(i, []))
        )
        for i, row in enumerate(rows)
    ]


def _best(choices: list[Choice]) -> list[Choice]:
    """The few to tell; Python's sort keeps the catalogue's order among equals."""
    return sorted(choices, key=lambda choice: choice[:2])[:CHOICES_TOLD]


def _tried(
    model: RiskModel, features: list[Feature], rows: Floats, usual: Floats, waiting: npt.NDArray[np.intp],
    choices: list[tuple[Act, ...]], beside: Beside,
) -> Iterator[tuple[npt.NDArray[np.intp], Floats, tuple[Act, ...]]]:  # fmt: skip
    """For each choice of acts: the rows it makes sense for, and their risks then."""
    for chosen in choices:
        some = waiting[makes_sense(features, rows[waiting], usual, chosen, _at(beside, waiting))]
        if len(some):
            yield some, risk_then(model, features, rows[some], usual, chosen, _at(beside, some)), chosen


def risk_then(
    model: RiskModel, features: Sequence[Feature], rows: Floats, usual: Floats, acts: Sequence[Act], beside: Beside
) -> Floats:
    """The risk once `acts` are done: the higher, with what may end on either side left as it was, or as reckoned."""
    reckoned, left = (moved(features, rows, usual, acts, beside, perhaps=perhaps) for perhaps in (True, False))
    risk = model.risk(reckoned)
    other = ~((reckoned == left) | (np.isnan(reckoned) & np.isnan(left))).all(axis=1)
    if other.any():
        risk[other] = np.maximum(risk[other], model.risk(left[other]))
    return risk


def _at(beside: Beside, places: npt.NDArray[np.intp] | list[int]) -> dict[str, Floats]:
    return {name: values[places] for name, values in beside.items()}


def _heights(risk: Floats, thresholds: Thresholds) -> Heights:
    """Places in FROM_LOWEST."""
    least = np.array([getattr(thresholds, name) for name in FROM_LOWEST[1:]])
    return np.searchsorted(least, risk, side="right")


def _told(features: list[Feature], facts: Facts, height: int, choices: list[Choice]) -> LevelChange:
    if not choices:
        return LevelChange(None, None, (), text("nothing_would_lower" if height else "nothing_to_lower"))
    first, *others = [_one(features, facts, choice) for choice in choices]
    told = [change.sentence for change in (first, *others)]
    joined = Sentence("; or ".join(one.en for one in told), "；或者".join(one.zh for one in told))
    return replace(first, sentence=joined, others=tuple(others))


def _one(features: list[Feature], known: Facts, choice: Choice) -> LevelChange:
    level, risk, acts = FROM_LOWEST[choice[0]], choice[1], choice[2]
    facts = tuple(_fact(features, known, act) for act in acts)
    said = [_clause(act, fact, features) for act, fact in zip(acts, facts, strict=True)]
    clauses = Sentence(" and ".join(one.en for one in said), "，且".join(one.zh for one in said))
    key = "would_have_no_level" if level == NO_LEVEL else "would_be"
    return LevelChange(
        level, risk, facts, text(key, level=level_name(level), risk=risk, clauses=clauses, untold=_untold(acts))
    )


def _untold(acts: tuple[Act, ...]) -> Sentence:
    """What cannot be told of the acts; that something is paid only now tells nothing once it is paid in time."""
    in_time = {act.after for act in acts}
    open_ = [act for act in acts if act.untold_en and act.name not in in_time]
    if not open_:
        return Sentence("", "")
    return Sentence(f"; {'; '.join(act.untold_en for act in open_)}", f"；{'；'.join(act.untold_zh for act in open_)}")


def _fact(features: list[Feature], facts: Facts, act: Act) -> ChangedFact:
    """One feature that the act betters speaks for the others: an amount if there is one, else the catalogue's first.

    Where it betters none (who pays only now has to be on time afterwards), the first of the act.
    """
    own = [i for i, f in enumerate(features) if betters(f, act.name)]
    differing = differs(features, facts, act.name)[0]
    changed = [i for i in own if differing[i]]
    first = features[min(changed, key=lambda i: features[i].unit != "currency", default=own[0])]
    change = betters(first, act.name)
    assert change
    return ChangedFact(act.name, first.name, _known(facts[first.name][0]), _known(reached(first, change, facts)[0]))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _clause(act: Act, fact: ChangedFact, features: list[Feature]) -> Sentence:
    if fact.now == fact.then:
        return Sentence(act.en, act.zh)
    assert fact.now is not None
    now = say(next(f for f in features if f.name == fact.name), fact.now)
    return Sentence(f"{act.en} (now: {now.en})", f"{act.zh}（目前：{now.zh}）")
