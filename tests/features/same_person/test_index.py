"""The store of the online check: what is found, what is only counted, and what is there after a crash."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys

import numpy as np
import pytest

from features.errors import BadInput, Busy, NotFound
from features.same_person.index import Index, Lot, build

FIELDS = ("name", 'extra.their "own", phone')


def lot(records: dict[str, tuple[int, ...]], width: int = 3) -> Lot:
    """Records that have these keys, called after themselves."""
    keys = np.zeros((len(records), width), dtype=np.int64)
    for row, some in enumerate(records.values()):
        keys[row, : len(some)] = some
    names = list(records)
    return Lot(names, (names, [None] * len(names)), keys)


def built(tmp_path, *lots: Lot, cap: int = 3) -> Index:
    path = tmp_path / "index.sqlite"
    build(path, FIELDS, cap, lots, {"model": "abc"})
    return Index(path)


def litter(folder) -> list[str]:
    """What lies beside the index and its write-ahead log."""
    return [each.name for each in folder.iterdir() if not each.name.startswith("index.sqlite")] + [
        each.name for each in folder.iterdir() if each.suffix not in (".sqlite", ".sqlite-wal", ".sqlite-shm")
    ]


def having(index: Index, *keys: int) -> dict[int, tuple[object, ...]]:
    return index.records(sorted({record for _, record in index.sharing(keys).pairs}))


def found(index: Index, *keys: int) -> list[str]:
    return [str(values[0]) for values in having(index, *keys).values()]


def test_records_with_a_key_in_common_are_found_once_in_their_order(tmp_path):
    index = built(tmp_path, lot({"a": (5, -7), "b": (5,)}), lot({"c": (-7,), "d": (9,)}))
    assert found(index, 5, -7) == ["a", "b", "c"]
    assert found(index, 9) == ["d"]
    assert found(index, 1) == []
    assert index.sharing([5, -7]).shared == {5: 2, -7: 2}
    assert having(index, 5)[2] == ("b", "b", None)
    assert len(index) == 4


def test_a_full_block_is_a_count(tmp_path):
    index = built(tmp_path, lot({"a": (5, 1), "b": (5,), "c": (5, 1)}))
    assert found(index, 5) == []
    assert found(index, 5, 1) == ["a", "c"]
    assert index.sharing([5]).shared == {5: 3}


def test_added_one_by_one_is_the_same_as_built(tmp_path):
    records = {chr(97 + each): (each % 3 + 1, each % 5 + 10, 99) for each in range(12)}
    whole = built(tmp_path / "whole", lot(records), cap=4)
    grown = built(tmp_path / "grown", lot({}), cap=4)
    for name, keys in records.items():
        assert grown.add(name, (name, None), keys)
    for key in (1, 2, 3, 10, 11, 12, 13, 14, 99):
        assert grown.sharing([key]) == whole.sharing([key]), key
        assert having(grown, key) == having(whole, key), key


def test_a_record_is_added_once(tmp_path):
    index = built(tmp_path, lot({"a": (5,)}))
    assert index.add("b", ("b", "1"), (5, 5, 6))
    assert not index.add("b", ("b", "2"), (5, 7))
    assert found(index, 5, 6, 7) == ["a", "b"]
    assert having(index, 5)[2] == ("b", "b", "1")


def test_the_file_is_for_its_owner_alone_and_remembers_the_model(tmp_path):
    index = built(tmp_path, lot({"a": (5,)}))
    assert stat.S_IMODE((tmp_path / "index.sqlite").stat().st_mode) == 0o600
    assert index.about["model"] == "abc"
    assert litter(tmp_path) == []


def test_a_build_that_fails_leaves_the_old_index_and_no_litter(tmp_path):
    built(tmp_path, lot({"a": (5,)})).__exit__()

    def breaks():
        yield lot({"b": (5,)})
        raise OSError("the source went away")

    with pytest.raises(OSError, match="went away"):
        build(tmp_path / "index.sqlite", FIELDS, 3, breaks(), {})
    assert found(Index(tmp_path / "index.sqlite"), 5) == ["a"]
    assert litter(tmp_path) == []


def test_an_index_is_replaced_with_its_log_and_not_while_it_is_open(tmp_path):
    with built(tmp_path, lot({"a": (5,)})) as index:
        index.add("b", ("b", "1"), (5,))
        with pytest.raises(Busy, match="open elsewhere"):
            built(tmp_path, lot({"c": (5,)}))
    with built(tmp_path, lot({"c": (5,)})) as index:
        assert found(index, 5) == ["c"]


ADDING = """
import sys
from pathlib import Path
from features.same_person.index import Index
index = Index(Path(sys.argv[1]))
for number in range(100_000):
    index.add(f"r{number}", ("x", None), (1000 + number, 2000 + number))
    print(number, flush=True)
"""


def test_what_was_added_before_a_crash_is_there_whole(tmp_path):
    built(tmp_path, lot({"a": (5,)}))
    path = tmp_path / "index.sqlite"
    adding = subprocess.Popen([sys.executable, "-c", ADDING, str(path)], stdout=subprocess.PIPE, text=True)
    assert adding.stdout is not None
    said = [int(adding.stdout.readline()) for _ in range(20)]
    os.kill(adding.pid, signal.SIGKILL)
    said += [int(line) for line in adding.stdout.read().splitlines() if line]
    adding.wait()
    index = Index(path)
    for number in said:
        assert found(index, 1000 + number) == found(index, 2000 + number) == [f"r{number}"]
    assert len(index) in (len(said) + 1, len(said) + 2)  # the last may be there and not said


def test_no_index_and_another_format_are_said(tmp_path):
    with pytest.raises(NotFound, match="no index"):
        Index(tmp_path / "none.sqlite")
    index = built(tmp_path, lot({"a": (5,)}))
    index._con.execute("UPDATE about SET value = '0' WHERE name = 'format'")
    with pytest.raises(BadInput, match="format 0"):
        Index(tmp_path / "index.sqlite")
