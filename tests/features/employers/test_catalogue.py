"""Every feature of the catalogue has a case in the files of its family that names it."""

from pathlib import Path

import pytest

from features.employers import EMPLOYER_FEATURES

CASES = {path.name: path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")}


@pytest.mark.parametrize("feature", EMPLOYER_FEATURES, ids=lambda feature: feature.name)
def test_a_case_of_its_family_says_what_the_feature_is(feature):
    of_the_family = f"test_{feature.family}"  # test_pay.py, test_pay_lateness.py ...
    cases = "".join(text for name, text in CASES.items() if name.startswith(of_the_family))
    assert f'"{feature.name}"' in cases, f"no case of {feature.name}: add one to {of_the_family}*.py"
