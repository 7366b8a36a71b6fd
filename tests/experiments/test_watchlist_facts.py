"""The checker of watchlists, on one employer written by hand: what is true is found true, what is not, false."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from experiments.watchlist_facts.__main__ import app, check_list
from experiments.watchlist_facts.sentences import shows, window_of

EMPLOYERS = (
    "employer_id,name,industry,region,registered_on,closed_on\ne1,Red Kiln,building,North,2015-01-01,2025-02-01\n"
)
PAYROLL = """employer_id,worker_id,month,wage_due,wage_paid,paid_on,known_on
e1,w1,2024-10-01,100,100,2024-11-10,2024-11-05
e1,w2,2024-10-01,300,,,2024-11-05
e1,w1,2024-11-01,100,100,2025-01-05,2024-12-05
e1,w2,2024-11-01,900,,,2024-12-05
e1,w2,2024-11-01,300,,,2024-12-20
e1,w1,2024-12-01,100,,,2025-01-05
"""
COMPLAINTS = """complaint_id,employer_id,filed_on,topic,amount_claimed,outcome,amount_proven,decided_on,amount_recovered
c1,e1,2024-05-01,wages,500,proven,400,2024-07-01,150
c2,e1,2024-06-01,wages,70,proven,60,2025-01-10,60
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "registers"
    folder.mkdir()
    for name, rows in (("employers", EMPLOYERS), ("payroll", PAYROLL), ("complaints", COMPLAINTS)):
        (folder / f"{name}.csv").write_text(rows, encoding="utf-8")
    return tmp_path


def fact(name: str, value: float | None, en: str, zh: str) -> dict[str, Any]:
    return {"name": name, "value": value, "sentence": {"en": en, "zh": zh}}


def listing(*facts: dict[str, Any]) -> dict[str, Any]:
    item = {
        "rank": 1, "employer_id": "e1", "name": "Red Kiln", "region": "North", "industry": "building", "risk": 0.6,
        "level": "red", "arm": "risk", "action": "joint_visit", "expected_workers": 1.0, "expected_money": 2.0,
        "action_because": {"en": "as an office has written", "zh": "本局自定"},
        "liveness": {"en": "newest record of any kind: 2024-12", "zh": "最近一条记录：2024-12"},
        "reasons": list(facts), "facts_for": [], "at_stake": [],
        "level_change": {"risk": None, "facts": [], "others": [], "sentence": {"en": "", "zh": ""}},
    }  # fmt: skip
    return {"as_of": "2024-12-31", "label": "event", "model_id": "nowhere", "items": [item]}


def outcomes(home: Path, *facts: dict[str, Any]) -> dict[str, bool | None]:
    return {one.name: one.true for one in check_list(home, listing(*facts))}


def test_what_is_shared_today_and_who_tied_has_closed_is_reckoned_from_the_ties(home: Path) -> None:
    """e2 has the director today, e3 had the phone until June and has closed; 21 others have the same agent: a hub."""
    more = "e2,Blue Kiln,building,North,2015-01-01,\ne3,Grey Kiln,building,North,2015-01-01,2024-07-01\n"
    (home / "registers" / "employers.csv").write_text(EMPLOYERS + more, encoding="utf-8")
    ties = ["employer_id,tie,value,since,until", *(f"{e},director,D,2020-01-01," for e in ("e1", "e2"))]
    ties += ["e1,phone,1,2020-01-01,", "e3,phone,1,2020-01-01,2024-06-30"]
    ties += [f"{e},agent,A,2020-01-01," for e in ("e1", *(f"other{n}" for n in range(21)))]
    (home / "registers" / "employer_ties.csv").write_text("\n".join(ties), encoding="utf-8")
    told = {"sharing_director_or_shareholder": 1.0, "sharing_phone_or_address": 0.0, "sharing_account_or_agent": 0.0}
    right = outcomes(
        home, *(fact(n, v, f"others: {v:.0f}", f"其他单位{v:.0f}家") for n, v in (told | {"tied_closed": 1.0}).items())
    )
    wrong = outcomes(home, fact("tied_closed", 2.0, "closed: 2", "已注销2家"))
    assert {right[name] for name in (*told, "tied_closed")} == {True} and wrong["tied_closed"] is False


def test_a_place_among_peers_counts_open_employers_alone(home: Path) -> None:
    """Of everybody open, for there are fewer than twenty: e2 owes less than e1, e3 as much, e4 has closed."""
    more = "".join(f"e{n},Kiln {n},building,North,2015-01-01,{'2024-07-01' if n == 4 else ''}\n" for n in (2, 3, 4))
    (home / "registers" / "employers.csv").write_text(EMPLOYERS + more, encoding="utf-8")
    rows = "".join(
        f"e{n},w{n},2024-11-01,300,{paid},{'2024-12-05' if paid else ''},2024-12-05\n"
        for n, paid in ((2, 300), (3, ""), (4, 300))
    )
    (home / "registers" / "payroll.csv").write_text(PAYROLL + rows, encoding="utf-8")
    said = {
        name: fact("unpaid_share_among_peers", v, f"{v:.0%} of its peers", f"{v:.0%}的同类单位")
        for name, v in (("right", 0.5), ("wrong", 2 / 3))
    }
    assert outcomes(home, said["right"])["unpaid_share_among_peers"] is True
    assert outcomes(home, said["wrong"])["unpaid_share_among_peers"] is False


def test_what_the_registers_bear_out_is_true(home: Path) -> None:
    """Of October and November 800 fell due (a correction stands, 900 does not); 100 was paid by the day: 700 is unpaid."""
    found = outcomes(
        home,
        fact("unpaid_share_3m", 0.875, "88% of the wages for the last 3 months are unpaid", "最近3个月有88%未付"),
        fact("unpaid_amount_12m", 700.0, "wages overdue for the last 12 months: 700", "最近12个月逾期未付700元"),
        fact("still_owed_36m", 250.0, "found owed in the last 36 months: 250", "近36个月认定欠付250元"),
        fact("undecided_complaints_36m", 1.0, "complaints not yet decided: 1", "尚未决定的投诉1件"),
        fact("contributions_unpaid_share_3m", None, "no contributions are known", "无社会保险费数据"),
    )
    told = [name for name, true in found.items() if true]
    assert told == [
        "name, region, industry", "not closed", "newest record", "unpaid_share_3m", "unpaid_amount_12m", "still_owed_36m",
        "undecided_complaints_36m", "contributions_unpaid_share_3m", "level",
    ]  # fmt: skip
    assert {name for name, true in found.items() if true is None} == {
        "expected_workers", "expected_money", "action_because",
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        fact("unpaid_amount_12m", 701.0, "wages overdue for the last 12 months: 701", "最近12个月逾期未付701元"),
        fact("unpaid_amount_12m", 700.0, "wages overdue for the last 12 months: 700", "最近12个月逾期未付70元"),
        fact("unpaid_share_3m", None, "no payroll is known for the last 3 months", "最近3个月无工资数据"),
        fact("complaints_3m", 3.0, "complaints filed in the last 3 months: 3", "近3个月收到投诉3件"),
        fact("nothing_at_stake", None, "no amount is known to be at stake", "未见已知涉及金额"),
    ],
    ids=["another number", "another in Chinese", "said to be unknown", "its window is no number", "something is"],
)
def test_what_they_do_not_is_false(home: Path, wrong: dict[str, Any]) -> None:
    assert outcomes(home, wrong)[wrong["name"]] is False


def test_a_wrong_heading_is_false(home: Path) -> None:
    listed = listing()
    listed["items"][0] |= {
        "region": "South",
        "level": "orange",
        "liveness": {"en": "newest record of any kind: 2024-10", "zh": "2024-10"},
    }
    found = {one.name: one.true for one in check_list(home, listed)}
    assert [found[name] for name in ("name, region, industry", "newest record", "level")] == [False, False, False]


def test_a_fact_without_sql_is_not_checked(home: Path) -> None:
    assert (
        outcomes(home, fact("nearness_to_proven", 0.1, "come by it 0.100 times", "0.100次"))["nearness_to_proven"]
        is None
    )


def test_the_command_counts_and_ends_with_1(home: Path) -> None:
    path = home / "list.json"
    wrong = fact("unpaid_amount_12m", 5.0, "overdue: 5", "逾期5元")
    for facts, code, said in (((), 0, "facts 7: 4 true, 0 false, 3 not checked"), ((wrong,), 1, "1 false")):
        path.write_text(json.dumps(listing(*facts)), encoding="utf-8")
        done = CliRunner().invoke(app, ["--home", str(home), "--list", str(path)])
        assert done.exit_code == code
        assert said in done.output


def test_registers_that_are_not_there_are_asked_for_and_prove_nothing_false(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps(listing()), encoding="utf-8")
    elsewhere = ["--home", str(tmp_path / "elsewhere"), "--list", str(path)]
    done = CliRunner().invoke(app, elsewhere)
    assert done.exit_code == 2 and "--registers" in done.output
    assert CliRunner().invoke(app, [*elsewhere, "--registers", str(home / "registers")]).exit_code == 0


def test_numbers_are_read_as_sentences_print_them() -> None:
    assert shows("54% of the wages for the last 3 months", 0.536, "3")
    assert shows("overdue: 1,590,997", 1590996.75)
    assert not shows("overdue: 1,590,998", 1590996.75)
    assert shows("last 3 months less last 12: -6.7 percentage points", -0.0667, "3")
    assert shows("近3个月月均离职比例较近12个月变化-6.7个百分点", -0.0667, "3")
    assert not shows("last 3 months less last 12: -0.1 percentage points", -0.0667, "3")
    assert not shows("complaints of the last 36 months: 2", 36, window_of("undecided_complaints_36m"))
