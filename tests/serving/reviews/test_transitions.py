"""The table of what may be done with an alert hangs together."""

from __future__ import annotations

from dataclasses import fields

import pytest

from serving.reviews.done import Done
from serving.reviews.transitions import ACTS, DECIDED, OPEN, STATES, Act, acts_from


@pytest.mark.parametrize("act", ACTS.values(), ids=lambda act: act.name)
def test_an_act_leads_from_states_to_a_state_and_is_said_in_both_languages(act: Act) -> None:
    assert act.sources and {*act.sources, act.target} <= set(STATES)
    assert act.sentence.en and act.sentence.zh
    assert set(act.needs) <= {field.name for field in fields(Done)}


def test_every_state_is_reached_and_only_a_decision_ends_an_alert() -> None:
    reached, left = {OPEN}, [OPEN]
    while left:
        new = {act.target for act in acts_from(left.pop())} - reached
        reached |= new
        left += new
    assert reached == set(STATES)
    assert [act.name for act in ACTS.values() if act.target == DECIDED] == ["decide"]
    assert all(acts_from(state) for state in STATES)
