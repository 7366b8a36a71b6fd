"""The journal: what came in since the night counts for the next claim, once; and nothing that was answered is lost."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import Future
from dataclasses import replace
from decimal import Decimal

import pytest

from features.errors import NotFound
from features.online.not_known import NOT_KNOWN_ONLINE
from serving.jurisdiction import EVERYWHERE, Scope
from serving.online import journal as journal_module
from serving.online.journal import Entry, Journal
from tests.features.claims.worlds import claim_features_of, random_claims
from tests.features.online.nights import facts_of, known_by, named
from tests.features.worlds import same

DAY = dt.date(2024, 9, 15)
FIRST = {
    "claim_id": "new1", "scheme": "unemployment", "filed_at": dt.datetime(2024, 9, 15, 9), "person_id": "p1", "name": "A",
    "born_on": dt.date(1980, 1, 1), "region": "north", "starts_on": dt.date(2024, 9, 1), "ends_on": None,
    "amount": Decimal("900.00"), "employer_id": "w", "account": "new account", "phone": "x", "address": "somewhere",
    "agent_id": "x", "known_on": DAY,
}  # fmt: skip
APART = {*NOT_KNOWN_ONLINE, "amount_percentile"}  # of ties, and of the amounts of all, the night's are told


@pytest.fixture(scope="module")
def world():
    return {name: rows for name, rows in known_by(random_claims(3, claims=20), DAY).items() if name != "pairs"}


@pytest.fixture(scope="module")
def facts(duckdb, tmp_path_factory, world):
    return facts_of(duckdb, tmp_path_factory.mktemp("night"), DAY, world)


@pytest.fixture
def journal(tmp_path):
    opened = Journal(tmp_path / "online" / "journal.sqlite", ("name",), 50)
    yield opened
    opened.close()


def comes_in(facts, journal, claim, number=0):
    told = facts.tell(facts.write(claim), journal, None)
    keys = [7, 100 + number]
    journal.keep(Entry(f"{claim['claim_id']}-{number}", "claim", "north", {"n": number}, told, ("A",), keys)).result(5)
    return named(facts, told.features)


def test_a_claim_since_the_night_counts_for_the_next_as_if_it_were_in_the_books(duckdb, world, facts, journal):
    second = {**FIRST, "claim_id": "new2", "amount": Decimal("9000.00"), "filed_at": dt.datetime(2024, 9, 15, 11)}
    third = {**FIRST, "claim_id": "new3", "person_id": "somebody new", "account": "x", "agent_id": "y"}
    comes_in(facts, journal, FIRST)
    comes_in(facts, journal, FIRST, 1)  # sent again: it is one claim
    told = {"new2": comes_in(facts, journal, second), "new3": comes_in(facts, journal, third)}
    for claim_id, since in (("new2", [FIRST, second]), ("new3", [FIRST, second, third])):
        evening = claim_features_of(duckdb, [str(DAY)], {**world, "claims": [*world["claims"], *since]})[str(DAY)]
        unlike = {n: (v, evening[n][claim_id]) for n, v in told[claim_id].items() if not same(v, evening[n][claim_id])}
        assert not set(unlike) - APART, unlike


def test_a_record_that_came_is_found_by_its_keys_until_a_night_knows_it(facts, journal):
    comes_in(facts, journal, FIRST)
    found = journal.sharing([7])
    assert [row[0] for row in journal.records([record for _, record in found.pairs]).values()] == ["new1"]
    assert journal.forget(lambda claim_id: claim_id == "new1") == 1
    assert journal.sharing([7]).pairs == []
    assert journal.of_person("P1", "") == []
    assert journal.named(["agent:X"], "", "X") == {}


def test_an_answer_can_be_asked_again(facts, journal):
    comes_in(facts, journal, FIRST)
    assert journal.answer("new1-0") == ("north", {"n": 0})
    with pytest.raises(NotFound, match="no such answer"):
        journal.answer("another")


def test_many_that_wait_share_a_commit_and_are_all_kept(journal):
    waiting = [journal.keep(Entry(f"a{number}", "employer", None, {"n": number})) for number in range(200)]
    for each in waiting:
        each.result(10)
    assert all(journal.answer(f"a{number}")[1] == {"n": number} for number in range(200))


KEEPS = """
import sys
from pathlib import Path
from serving.online.journal import Entry, Journal
journal = Journal(Path(sys.argv[1]), ("name",), 50)
for number in range(100_000):
    journal.keep(Entry(f"a{number}", "claim", None, {"n": number})).result()
    print(f"a{number}", flush=True)
"""


def test_nothing_that_was_said_to_be_kept_is_lost_when_the_process_is_killed(tmp_path):
    path = tmp_path / "journal.sqlite"
    with subprocess.Popen(
        [sys.executable, "-c", KEEPS, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": "."},
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline().strip() for _ in range(50)]
        process.send_signal(signal.SIGKILL)
        said += [line.strip() for line in process.stdout if line.endswith("\n")]
    again = Journal(path, ("name",), 50)
    assert [again.answer(answer)[1] for answer in said] == [{"n": number} for number in range(len(said))]
    again.close()


def test_an_answer_that_cannot_be_written_takes_no_other_with_it(journal):
    answers = [{"n": 0}, {("no", "key"): 1}, {"n": 2}]
    one = threading.Lock()
    with one:  # the writer waits, so that all come into one commit
        journal._queue.put((Waiting(one), Future()))
        kept = [journal.keep(Entry(f"a{n}", "claim", "north", answer)) for n, answer in enumerate(answers)]
    assert [each.exception(5) is None for each in kept] == [True, False, True]
    assert [journal.answer(f"a{n}")[1] for n in (0, 2)] == [{"n": 0}, {"n": 2}]


class Waiting:
    """An entry on which the writer waits, and which it then cannot keep."""

    def __init__(self, lock):
        self._lock = lock

    @property
    def answer(self):
        with self._lock:
            raise ValueError("not to be kept")


def test_a_claim_that_came_in_meanwhile_is_not_replaced_by_who_does_not_see_it(facts, journal):
    comes_in(facts, journal, FIRST)
    told = facts.tell(facts.write({**FIRST, "region": "south"}), journal, None)
    south = Entry("b", "claim", "south", {"n": 1}, told, ("B",), [7, 200], Scope.of(["south"]))
    journal.keep(south).result(5)
    assert journal.answer("b") == ("south", {"n": 1})
    assert journal.written("new1")["claim.region"] == "north"
    assert [row[1] for row in journal.records([pair[1] for pair in journal.sharing([7, 200]).pairs]).values()] == ["A"]
    journal.keep(replace(south, answer_id="c", scope=EVERYWHERE)).result(5)
    assert journal.written("new1")["claim.region"] == "south"


def test_only_its_owner_can_read_it(journal):
    assert journal.path.stat().st_mode & 0o777 == 0o600


def test_whoever_stops_waiting_does_not_stop_the_writing(journal):
    first = journal.keep(Entry("first", "claim", None, {"n": 1}))
    assert not first.cancel()  # as asyncio does for a request that is given up
    journal.keep(Entry("second", "claim", None, {"n": 2})).result(5)
    assert [journal.answer(name)[1] for name in ("first", "second")] == [{"n": 1}, {"n": 2}]


def test_a_journal_that_cannot_be_written_is_refused_when_it_is_opened(tmp_path, monkeypatch):
    """Not in its writer, where nobody would hear of it and whoever waits would wait for ever."""
    opened = []

    def full(path):
        opened.append(path)
        if len(opened) > 1:  # after its tables were made
            raise sqlite3.OperationalError("unable to open database file")
        return connected(path)

    connected = journal_module._connected
    monkeypatch.setattr(journal_module, "_connected", full)
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        Journal(tmp_path / "journal.sqlite", ("name",), 50)
