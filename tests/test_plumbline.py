"""The command line as a user meets it: a whole small authority from files to a list, and errors that say what to do."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.main import get_command
from typer.testing import CliRunner

import plumbline
from tests.command import ROOT, run
from tests.training.claims.worlds import write_claims
from tests.training.worlds import write_registers


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    write_registers(folder / "registers")
    done = run("ingest", str(folder / "registers"), "--home", str(folder), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["version"] == 1
    return folder


def test_the_same_files_twice_change_nothing(home: Path) -> None:
    again = run("ingest", str(home / "registers"), "--home", str(home), "--json")
    assert json.loads(again.stdout)["changed"] is False
    assert len(json.loads(run("lake", "log", "--home", str(home), "--json").stdout)) == 1


def test_train_score_and_list(home: Path) -> None:
    trained = run(
        "train",
        "employers",
        "--as-of",
        "2022-06-30",
        "--horizon",
        "6m",
        "--label",
        "complaint",
        "--home",
        str(home),
        "--json",
    )
    assert trained.returncode == 0, trained.stderr
    scored = run(
        "score",
        "employers",
        "--as-of",
        "2022-09-30",
        "--out",
        str(home / "scores.parquet"),
        "--home",
        str(home),
        "--json",
    )
    said = json.loads(scored.stdout)
    assert (said["trained_as_of"], said["kept"]) == ("2022-06-30", True)
    again = json.loads(run("score", "employers", "--as-of", "2022-09-30", "--home", str(home), "--json").stdout)
    assert (again["run"], again["kept"], again["out"]) == (said["run"], False, None)
    with sqlite3.connect(home / "store.db") as kept:
        assert kept.execute("SELECT count(*), count(why), max(run) FROM employer_scores").fetchone() == (300, 3, 1)
    scores = pq.read_table(home / "scores.parquet")
    assert {"employer_id", "risk", "level"} <= set(scores.column_names)
    assert scores.num_rows == 300
    listed = run(
        "watchlist", "--as-of", "2022-09-30", "--region", "North", "--capacity", "10", "--random-share", "0.2",
        "--out", str(home / "list.xlsx"), "--home", str(home), "--json",
    )  # fmt: skip
    items = json.loads(listed.stdout)["items"]
    assert len(items) == 10 and json.loads(listed.stdout)["kept"] is True
    assert {item["region"] for item in items} == {"North"}
    assert sum(item["arm"] == "random" for item in items) == 2
    missing = json.loads(listed.stdout)["notes"][0]["en"]
    assert "No register of employer_ties, payroll, contributions, inspections, as known on 2022-09-30" in missing
    assert (home / "list.xlsx").stat().st_size > 1000
    blind = run(
        "watchlist", "--as-of", "2022-09-30", "--capacity", "10", "--random-share", "0.3", "--random-policy", "bins",
        "--order", "harm", "--blind", "--out", str(home / "list.csv"), "--out", str(home / "record.json"),
        "--probabilities", str(home / "chances.parquet"), "--home", str(home),
    )  # fmt: skip
    assert blind.returncode == 0, blind.stderr
    record = json.loads((home / "record.json").read_text())
    assert (record["order"], record["random_policy"], len(record["items"])) == ("harm", "bins", 10)
    assert sum(item["arm"] == "random" for item in record["items"]) == 3
    assert "drawing probability" not in (home / "list.csv").read_text()
    chances = pq.read_table(home / "chances.parquet")
    assert chances.num_rows == record["population"] and sum(
        chances["drawing_probability"].to_pylist()
    ) == pytest.approx(10)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["score", "employers", "--as-of", "2022-13-01", "--out", "x.parquet"], 2, "YYYY-MM-DD"),
        (["train", "employers", "--as-of", "2022-06-30", "--horizon", "half"], 2, "6m"),
        (["watchlist", "--as-of", "2019-01-01"], 3, "no model"),
        (["watchlist", "--as-of", "2022-09-30", "--blind", "--no-keep", "--out", "list.csv"], 2, "--out record.json"),
        (["watchlist", "--as-of", "2099-01-01"], 2, "has not come yet"),
        (["registers", "template", "wages"], 3, "payroll"),
        (["demo", "--employers", "300"], 2, "at least 2000"),
        (["ingest", "nowhere"], 2, "nowhere"),
        (["lake", "aside", "--lake-version", "9"], 3, "version 9"),
        (["watchlist", "--as-of", "2022-09-30", "--out", "nowhere/list.csv"], 2, "nowhere"),
        (["score", "employers", "--as-of", "2022-09-30", "--out", "nowhere/s.parquet"], 2, "nowhere"),
        (["registers", "template", "payroll", "--out", "nowhere/p.csv"], 2, "nowhere"),
        (["evaluate", "employers", "--as-of", "2022-06-30", "--out", "README.md/report"], 2, "README.md"),
    ],
)
def test_an_error_has_a_code_and_says_what_to_do(words: list[str], code: int, said: str, home: Path) -> None:
    takes_home = [] if words[0] in ("registers", "demo") else ["--home", str(home)]
    done = run(*words, *takes_home)
    assert done.returncode == code, done.stderr
    assert said in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stderr


def process(*words: str) -> subprocess.CompletedProcess[str]:
    """The command line as a process of its own, as users meet it; the other tests run it in theirs (`tests.command`)."""
    return subprocess.run(
        [sys.executable, "-m", "plumbline", *words], capture_output=True, text=True, cwd=ROOT, timeout=120
    )


def test_a_process_of_its_own_says_the_same_and_ends_with_the_code(home: Path) -> None:
    taken = process("ingest", str(home / "registers"), "--home", str(home), "--json")
    assert (taken.returncode, json.loads(taken.stdout)["changed"]) == (0, False), taken.stderr
    failed = process("lake", "aside", "--lake-version", "9", "--home", str(home))
    assert (failed.returncode, failed.stdout) == (3, "")
    assert "version 9" in failed.stderr and "Traceback" not in failed.stderr


@pytest.mark.parametrize(("setting", "said"), [("ACTIONS", "no [[actions]]"), ("LEVELS", "no [[levels]]")])
def test_an_offices_own_tables_are_checked_before_the_work(
    setting: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.toml").write_text("")
    monkeypatch.setenv(f"PLUMBLINE_{setting}", str(tmp_path / "own.toml"))
    done = run("watchlist", "--as-of", "2022-09-30", "--home", str(tmp_path))
    assert done.returncode == 2 and said in done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [("PLUMBLINE_ENGINE", "spork", "PLUMBLINE_ENGINE=spork"), ("PLUMBLINE_THREADS", "0", "PLUMBLINE_THREADS=0")],
)
def test_a_setting_that_cannot_be_used_is_named(
    variable: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    done = run("lake", "log")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_rows_put_aside_end_with_1_and_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "employers.csv").write_text(
        "employer_id,name,registered_on\na,A,2024-02-30\nb,B,2024-02-29\n"
    )
    done = run("ingest", str(tmp_path / "registers"), "--home", str(tmp_path))
    assert done.returncode == 1
    aside = json.loads(run("lake", "aside", "--home", str(tmp_path), "--json").stdout)
    assert [(row["line"], row["rules"]) for row in aside] == [(2, ["registered_on_not_a_date"])]


def test_a_file_put_aside_whole_ends_with_1_and_is_in_the_log(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "employers.csv").write_text("employer_id,name\na,A\n")
    (tmp_path / "registers" / "inspections.csv").write_bytes("inspection_id,employer_id\n1,a\n".encode("utf-16"))
    assert run("ingest", str(tmp_path / "registers"), "--home", str(tmp_path)).returncode == 1
    log = " ".join(run("lake", "log", "--home", str(tmp_path)).stdout.split())
    assert "inspections.csv was put aside whole: the file is written in UTF-16" in log


def commands(group: object, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    below = getattr(group, "commands", None)
    return [path] if below is None else [c for name, one in below.items() for c in commands(one, (*path, name))]


@pytest.mark.parametrize("path", commands(get_command(plumbline.app)), ids=" ".join)
def test_every_verb_has_help_with_an_example(path: tuple[str, ...]) -> None:
    command = get_command(plumbline.app)
    for name in path:
        command = command.commands[name]  # type: ignore[attr-defined]
    assert f"Example: plumbline {' '.join(path)}" in (command.help or "")


def test_several_horizons_have_a_report_each(home: Path, tmp_path: Path) -> None:
    words = [
        "evaluate",
        "employers",
        "--as-of",
        "2022-03-31",
        "--label",
        "complaint",
        "--horizon",
        "3m,6m",
        "--capacity",
        "20",
    ]
    done = CliRunner().invoke(plumbline.app, [*words, "--home", str(home), "--out", str(tmp_path), "--json"])
    assert done.exit_code == 0, done.output
    assert [report["horizon_months"] for report in json.loads(done.stdout)] == [3, 6]
    assert {path.parent.name for path in tmp_path.rglob("report.html")} == {"3m", "6m"}


@pytest.fixture(scope="module")
def fund(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fund")
    write_claims(folder / "registers")
    assert run("ingest", str(folder / "registers"), "--home", str(folder)).returncode == 0
    return folder


def test_claims_are_trained_scored_and_evaluated(fund: Path) -> None:
    at_home = ["--home", str(fund), "--json"]
    trained = run("train", "claims", "--as-of", "2024-06-30", *at_home)
    assert trained.returncode == 0, trained.stderr
    assert json.loads(trained.stdout)["fraud"]["card"]["model_id"].startswith("claims-fraud-2024-06-30")
    scored = run("score", "claims", "--as-of", "2024-09-30", "--out", str(fund / "scores.parquet"), *at_home)
    assert scored.returncode == 0, scored.stderr
    assert "No model of duplicate" in " ".join(scored.stderr.split())
    scores = pq.read_table(fund / "scores.parquet")
    assert scores.num_rows == json.loads(scored.stdout)["claims"] > 1000
    assert scores["duplicate"].null_count == scores.num_rows and scores["fraud"].null_count == 0
    assert scores["cluster_id"].null_count == 0
    report = CliRunner().invoke(
        plumbline.app,
        ["evaluate", "claims", "--as-of", "2024-06-30", "--reviews", "2", "--out", str(fund / "report"), *at_home],
    )
    assert report.exit_code == 0, report.output
    assert json.loads(report.stdout)["reviews_a_day"] == 2
    assert (fund / "report" / "report.html").stat().st_size > 1000


def test_claims_before_any_model_say_how_to_make_one(fund: Path) -> None:
    done = run("score", "claims", "--as-of", "2023-03-31", "--out", str(fund / "s.parquet"), "--home", str(fund))
    assert done.returncode == 0
    assert "plumbline train claims --as-of 2023-03-31" in " ".join(done.stderr.split())
    assert set(pq.read_table(fund / "s.parquet")["fraud"].to_pylist()) == {None}
