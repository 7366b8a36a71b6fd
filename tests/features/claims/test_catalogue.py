"""Every feature of the catalogue has a case in the files of its family that names it."""

from pathlib import Path

import pytest

from features.claims import CLAIM_FEATURES

CASES = {path.name: path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")}
KINDS = ("person", "account", "phone", "address", "agent", "employer", "scheme", "region")


@pytest.mark.parametrize("feature", CLAIM_FEATURES, ids=lambda feature: feature.name)
def test_a_case_of_its_family_says_what_the_feature_is(feature):
    """A case that goes through several kinds of things, or windows, names the feature with them in braces."""
    of_the_family = {"bursts": "test_shared"}.get(feature.family, f"test_{feature.family.replace(' ', '_')}")
    cases = "".join(text for name, text in CASES.items() if name.startswith(of_the_family))
    named = [feature.name, *(feature.name.replace(kind, "{kind}") for kind in KINDS)]
    days = feature.name.rpartition("_")[2].removesuffix("d")
    named += [name.replace(f"_{days}d", "_{d}d") for name in named if days.isdigit()]
    assert any(f'"{name}"' in cases for name in named), f"no case of {feature.name}: add one to {of_the_family}*.py"


def test_what_holds_or_not_is_told_as_yes_or_no_and_never_as_a_number():
    register = CLAIM_FEATURES["in_register"].reason
    assert register.say("en", 0.0) == "the identity number is in the register of insured persons: no"
    assert register.say("zh", 1.0) == "身份证号码在参保人员登记中：是"
    flags = [feature for feature in CLAIM_FEATURES if feature.unit == "yes or no"]
    assert [feature.name for feature in flags if feature.reason.say("en", 1.0)[-5:] != ": yes"] == []
