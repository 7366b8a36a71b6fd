"""The limits, and the tables that an office puts in their place."""

import json
import os
import subprocess
import sys

import pytest

ASKED = """
import json
from features.employers import EMPLOYER_FEATURES
from features.festivals import SPRING_FESTIVALS
from features.limits import LIMITS
from features.minimum_wages import GRADES, REGIONS
print(json.dumps({"grades": GRADES, "regions": REGIONS, "limits": LIMITS, "festivals": len(SPRING_FESTIVALS),
    "fingerprint": EMPLOYER_FEATURES["below_minimum_share_6m"].fingerprint}))
"""
WAGES = (
    "grade,valid_from,monthly,least_base,source\ncity,2024-07-01,2690,7384,notice\ncity,2023-07-01,2690,6520,notice\n"
)
REGIONS = "region,grade\n310000,city\n"


def run(folder=None):
    """What a fresh process makes of the limits in `folder`, or of those shipped."""
    own = {"PLUMBLINE_LIMITS": str(folder)} if folder else {}
    return subprocess.run([sys.executable, "-c", ASKED], env={**os.environ, **own}, capture_output=True, text=True)


def written(folder, **tables):
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_an_office_s_limits_are_those_it_gives_and_the_shipped_others(tmp_path):
    (tmp_path / "limits.toml").write_text("[pay_due_days]\nvalue = 15\n", encoding="utf-8")
    shipped, own = json.loads(run().stdout), json.loads(run(tmp_path).stdout)
    assert own["limits"] == {**shipped["limits"], "pay_due_days": 15}
    assert own["fingerprint"] != shipped["fingerprint"]


@pytest.mark.parametrize(
    "text",
    [
        "[pay_due_days]\nvalue = 1.5\n",
        "[pay_due_days]\n",
        "[pay_day]\nvalue = 15\n",
        "pay_due_days",
        "[pay_due_days]\nvalue = -15\n",
        "[pay_due_days]\nvalue = true\n",
        "[moved_share]\nvalue = 1.2\n",
        "[tie_half_life]\nvalue = 0\n",
    ],
)
def test_limits_that_cannot_be_used_are_refused(tmp_path, text):
    (tmp_path / "limits.toml").write_text(text, encoding="utf-8")
    refused = run(tmp_path)
    assert refused.returncode and "limits.toml cannot be used" in refused.stderr and "What to do: " in refused.stderr


def test_an_office_s_tables_stand_in_for_those_shipped_and_change_the_fingerprints(tmp_path):
    shipped = json.loads(run().stdout)
    own = json.loads(run(written(tmp_path, minimum_wages=WAGES, minimum_wage_regions=REGIONS)).stdout)
    assert (own["grades"], own["regions"]) == (["city"], {"310000": "city"})
    assert own["festivals"] == shipped["festivals"]  # the office gave none
    assert own["fingerprint"] != shipped["fingerprint"]
    assert {n for n in shipped["limits"] if own["limits"][n] != shipped["limits"][n]} == {
        "minimum_wages.csv",
        "minimum_wage_regions.csv",
    }


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"minimum_wages": WAGES.replace("2690", "")}, "empty cells in line 2, 3"),
        ({"minimum_wages": WAGES.replace("2690", "much")}, "city, 2024-07-01, much"),
        ({"minimum_wages": WAGES.replace(",source", "")}, "without source"),
        ({"minimum_wages": WAGES, "minimum_wage_regions": REGIONS + "440000,town\n"}, "Found: town"),
        ({"minimum_wages": WAGES, "minimum_wage_regions": REGIONS + "310000,city\n"}, "Found: 310000"),
        ({"minimum_wages": WAGES + WAGES[-33:], "minimum_wage_regions": REGIONS}, "Found: city from 2023-07-01"),
        ({"festivals": "festival,day,source\nspring_festival,10 Feb 2024,notice\n"}, "Found: 10 Feb 2024"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_what_to_do(tmp_path, files, said):
    refused = run(written(tmp_path, **files))
    assert refused.returncode and said in refused.stderr and "What to do: " in refused.stderr


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    refused = run(tmp_path / "nowhere")
    assert refused.returncode and "PLUMBLINE_LIMITS" in refused.stderr


def test_a_table_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "minimum_wage_regions.csv").write_bytes("region,grade\n上海,city\n".encode("gbk"))
    refused = run(tmp_path)
    assert refused.returncode and "bytes that are not UTF-8" in refused.stderr and "What to do: " in refused.stderr
