"""The commands about claims as a fund meets them: rules listed and tried over history, alerts from rules alone."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.command import run

CLAIMS = """\
claim_id,scheme,filed_at,person_id,name,region,starts_on,ends_on,amount,account
a,pension,2023-01-05 10:00:00,110105194912310021,A,North,2023-02-01,,1000,111122223333
b,pension,2023-06-05 10:00:00,110105194912310021,A,South,2023-07-01,,1100,444455556666
c,medical,2024-01-05 10:00:00,320105196001010011,C,North,2024-01-01,,500,777788889999
d,pension,2023-01-05 10:00:00,110105195001010025,D,North,2023-02-01,,900,121212121212
e,medical,2024-02-01 10:00:00,320105198001010011,E,North,2024-01-20,,4000,998877665544
f,medical,2024-02-02 10:00:00,320105197001010012,F,North,2024-01-21,,4100,998877665544
g,medical,2024-02-03 10:00:00,320105196501010013,G,North,2024-01-22,,4200,998877665544
"""
PAYOUTS = """\
payout_id,claim_id,paid_at,amount,period,account
1,a,2024-02-10 10:00:00,1000,2024-01-01,111122223333
2,b,2024-02-10 10:00:00,1100,2024-01-01,444455556666
3,d,2024-02-10 10:00:00,900,2024-01-01,121212121212
"""
DECISIONS = """\
claim_id,opened_on,decided_on,finding,trigger,amount_lost
b,2024-03-01,2024-04-01,duplicate,random,1100
"""
OWN = """\
beside_shipped: true
rules:
  - name: small
    valid_from: 2020-01-01
    severity: low
    legal_basis: {en: none, zh: 无}
    when: amount < 600
    says: {en: "amount {amount}", zh: "金额{amount}元"}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fund")
    (folder / "registers").mkdir()
    for name, text in {"claims": CLAIMS, "payouts": PAYOUTS, "claim_decisions": DECISIONS}.items():
        (folder / "registers" / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "own.yaml").write_text(OWN, encoding="utf-8")
    done = run("ingest", str(folder / "registers"), "--home", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def test_a_rule_is_tried_over_history(home: Path) -> None:
    done = run(
        "rules", "test", "--rules", str(home / "own.yaml"), "--rule", "two_pensions", "--rule", "small", "--from", "2023-12-31",
        "--to", "2024-02-29", "--every", "30", "--home", str(home), "--out", str(home / "trial.json"), "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report == json.loads((home / "trial.json").read_text())
    pensions, small = report["rules"]
    assert (pensions["hits"], pensions["standing_on_the_first_day"]) == (2, 2)
    assert (pensions["precision"]["found"], pensions["precision_by_lot"]["of"]) == (1, 1)
    assert (small["hits"], small["hits_added"], small["model"]) == (1, 1, None)


def test_alerts_come_from_rules_alone_where_there_is_no_model(home: Path) -> None:
    done = run(
        "alerts", "--as-of", "2024-02-29", "--capacity", "3", "--random-share", "0.34", "--rules", str(home / "own.yaml"),
        "--blind", "--out", str(home / "alerts.csv"), "--out", str(home / "alerts.json"), "--home", str(home),
        "--probabilities", str(home / "chances.parquet"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    record = json.loads((home / "alerts.json").read_text())
    assert record["order"] == "severity" and "policy rules alone" in record["notes"][0]["en"]
    ruled = [item for item in record["items"] if item["arm"] == "order"]
    assert ruled[0]["rules"][0]["name"] == "two_pensions" and ruled[0]["severity"] == "high"
    assert sum(item["arm"] == "random" for item in record["items"]) == 1
    assert ruled[0]["other"]["claim_id"] == "a" and ruled[0]["claim_id"] == "b"
    assert "110105194912310021" not in (home / "alerts.json").read_text()
    assert "drawing probability" not in (home / "alerts.csv").read_text()


def test_who_is_the_same_person_is_told_without_a_model(home: Path) -> None:
    done = run("score", "claims", "--as-of", "2024-02-29", "--home", str(home), "--out", str(home / "scores.parquet"))
    assert done.returncode == 0, done.stderr
    assert "No model of fraud" in done.stderr and "7 claims scored" in done.stdout
    scores = {row["claim_id"]: row for row in pq.read_table(home / "scores.parquet").to_pylist()}
    assert all(row["cluster_id"] for row in scores.values())
    assert scores["a"]["duplicate"] is None and scores["a"]["fraud"] is None


def test_a_ring_is_one_alert_that_says_what_ties_it(home: Path) -> None:
    own = (home / "own.yaml").read_text().replace("amount < 600", "amount == 4200")
    (home / "ring.yaml").write_text(own, encoding="utf-8")
    words = (
        "alerts",
        "--as-of",
        "2024-02-29",
        "--random-share",
        "0",
        "--rules",
        str(home / "ring.yaml"),
        "--home",
        str(home),
    )
    items = {item["claim_id"]: item for item in json.loads(run(*words, "--json").stdout)["items"]}
    assert {one["claim_id"] for one in items["g"]["companions"]} == {"e", "f"} and "e" not in items
    with sqlite3.connect(home / "store.db") as kept:
        told = kept.execute("SELECT record FROM alert_items JOIN alerts USING (alert_id) WHERE alerts.claim_id = 'g'")
        assert json.loads(told.fetchall()[-1][0]) == items["g"]
    assert items["g"]["companions"][0]["shares"] == [["account", "998*****5544"]]
    assert "tied by account 998*****5544" in " ".join(run(*words).stdout.split())


def test_what_was_decided_comes_back_only_with_news(home: Path) -> None:
    done = run("alerts", "--as-of", "2024-04-30", "--random-share", "0", "--home", str(home), "--json")
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["dropped"]["decided"] == 1
    assert not any(item["claim_id"] == "b" for item in record["items"])


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["rules", "list", "--rule", "nothing"], 3, "two_pensions"),
        (["rules", "list", "--rules", "nowhere.yaml"], 3, "nowhere.yaml"),
        (["rules", "test", "--from", "2024-02-01", "--to", "2024-01-01"], 2, "not before the first"),
        (["alerts", "--as-of", "2024-02-29", "--blind", "--no-keep", "--out", "list.csv"], 2, "--out record.json"),
        (["alerts", "--as-of", "2099-01-01"], 2, "has not come yet"),
        (["alerts", "--as-of", "2024-02-29", "--region", "East"], 3, "North, South"),
    ],
)
def test_an_error_has_a_code_and_says_what_to_do(words: list[str], code: int, said: str, home: Path) -> None:
    takes_home = [] if words[1] == "list" else ["--home", str(home)]
    done = run(*words, *takes_home)
    assert done.returncode == code, done.stderr
    assert said in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stderr
