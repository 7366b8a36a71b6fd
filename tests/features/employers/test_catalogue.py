"""Every feature of the catalogue has a case in this folder that names it."""

from pathlib import Path

import pytest

from features.employers import EMPLOYER_FEATURES

CASES = {path.name: path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")}


@pytest.mark.parametrize("feature", EMPLOYER_FEATURES, ids=lambda feature: feature.name)
def test_a_case_of_its_family_says_what_the_feature_is(feature):
    cases = CASES.get(f"test_{feature.family}.py", "")
    assert f'"{feature.name}"' in cases, f"no case of {feature.name}: add one to test_{feature.family}.py"
