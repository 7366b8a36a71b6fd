"""A service takes up a new night while it answers: the old one stays where the new one cannot be opened."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from features.errors import Damaged, NotReady
from serving.limits import LOOK_AGAIN
from serving.online.folder import current_night, new_night
from serving.online.opened import Online
from tests.serving.online.conftest import Clock
from tests.serving.online.test_claims import NOBODY, claim

Change = Callable[[Path], None]


def prepare(place: Path, name: str, like: Path, *changes: Change) -> None:
    """Another night takes the place of the one in use: as that in the folder `like`, but for the changes."""
    with new_night(place, name) as folder:
        shutil.copytree(like, folder, dirs_exist_ok=True)
        for change in changes:
            change(folder)


def day(as_of: str) -> Change:
    def change(folder: Path) -> None:
        with closing(sqlite3.connect(folder / "night.sqlite")) as con, con:
            con.execute("UPDATE about SET value = ? WHERE name = 'as_of'", (as_of,))

    return change


def without(*names: str) -> Change:
    return lambda folder: [(folder / name).unlink() for name in names] and None


def cut(name: str) -> Change:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:40]) and None


def of_other_code(folder: Path) -> None:
    said = json.loads((folder / "claims.json").read_text())
    (folder / "claims.json").write_text(json.dumps({**said, "features": said["features"][1:]}))


def night(online: Online) -> str:
    return online.claims.facts.night.as_of.isoformat()


def test_a_new_night_is_taken_up_within_seconds(online: Online, place: Path, clock: Clock) -> None:
    assert night(online) == "2024-06-30"
    prepare(place, "2024-07-01-v1", current_night(place), day("2024-07-01"))
    assert night(online) == "2024-06-30"
    clock.seconds = LOOK_AGAIN
    assert night(online) == "2024-07-01"
    assert online.employers.as_of.isoformat() == "2024-07-01"


def test_a_night_prepared_again_under_its_name_is_taken_up(online: Online, place: Path, clock: Clock) -> None:
    before = online.claims
    prepare(place, current_night(place).name, current_night(place))
    clock.seconds = LOOK_AGAIN
    assert online.claims is not before


def test_the_same_night_is_opened_once(online: Online, clock: Clock) -> None:
    before = online.claims
    clock.seconds = 100 * LOOK_AGAIN
    assert online.claims is before


FAULTS = {
    "night.sqlite cut": cut("night.sqlite"), "no night.sqlite": without("night.sqlite"),
    "claims.json cut": cut("claims.json"), "claims.npy cut": cut("claims.npy"), "no claims.npy": without("claims.npy"),
    "employers.json cut": cut("employers.json"), "matcher.json cut": cut("matcher.json"),
    "pair_model.txt cut": cut("pair_model.txt"), "no same_person.sqlite": without("same_person.sqlite"),
    "same_person.sqlite cut": cut("same_person.sqlite"), "no rules.json": without("rules.json"),
    "of other code": of_other_code,
}  # fmt: skip


def test_one_that_cannot_be_opened_leaves_the_old_until_a_good_one_comes(
    online: Online, place: Path, clock: Clock
) -> None:
    before, kept = online.claims, place.with_name("kept")
    shutil.copytree(current_night(place), kept)
    for name, fault in FAULTS.items():
        prepare(place, "bad", kept, day("2024-07-01"), fault)
        clock.seconds += LOOK_AGAIN
        with capture_logs() as logs:
            assert online.claims is before, name
        assert [(one["event"], one["night"]) for one in logs] == [("night refused", "bad")], name
    (answer,) = online.claims.score([claim("after", NOBODY)])
    assert answer["night"] == "2024-06-30"
    prepare(place, "2024-07-02-v1", kept, day("2024-07-02"))
    clock.seconds += LOOK_AGAIN
    assert night(online) == "2024-07-02"


def test_the_first_that_cannot_be_opened_says_what_to_do(online: Online, place: Path) -> None:
    cut("night.sqlite")(current_night(place))
    with pytest.raises(Damaged, match="plumbline online build"):
        online.claims  # noqa: B018


def test_where_nothing_was_prepared_nothing_is_ready(online: Online, place: Path) -> None:
    shutil.rmtree(place / "online")
    with pytest.raises(NotReady, match="plumbline online build"):
        online.claims  # noqa: B018


def test_a_night_without_employers_scores_none_of_the_old_ones(online: Online, place: Path, clock: Clock) -> None:
    assert online.employers.region("e1") == "north"
    prepare(place, "claims-alone", current_night(place), without("employers.npy", "employers.json"))
    clock.seconds = LOOK_AGAIN
    with pytest.raises(NotReady, match="no employers were prepared"):
        online.employers  # noqa: B018


def writers() -> int:
    return sum(thread.name == "journal" for thread in threading.enumerate())


def test_requests_in_flight_keep_what_they_answer_and_the_old_writer_ends_after_them(
    online: Online, place: Path, clock: Clock
) -> None:
    others, in_flight = writers(), online.claims
    assert writers() == others + 1
    prepare(place, "2024-07-01-v1", current_night(place), day("2024-07-01"))
    clock.seconds = LOOK_AGAIN
    (new,) = online.claims.score([claim("new", NOBODY)])
    assert writers() == others + 2
    (old,) = in_flight.score([claim("old", NOBODY)])
    assert (old["night"], new["night"]) == ("2024-06-30", "2024-07-01")
    assert [one["claim_id"] for one in old["candidates"]] == ["new"]
    del in_flight
    end = time.monotonic() + 10
    while writers() > others + 1 and time.monotonic() < end:
        time.sleep(0.01)
    assert writers() == others + 1
    assert online.claims.answered(old["answer_id"])[1] == old
