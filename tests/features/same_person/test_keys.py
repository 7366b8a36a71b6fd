"""What two records share, however they are written; and that hashes tell nothing without their secret."""

from __future__ import annotations

import pytest

from features.same_person.columns import Column
from features.same_person.keys import NO_KEY, key_hashes, keys_of, one_key_hashes
from features.same_person.records import normalised, one_record
from features.same_person.secret import fingerprint, read_secret, refuse_other

SECRET = b"of this test alone".ljust(32)
FIELDS = ("name", "born_on", "identity", "phone")


def records(*rows: tuple[str | None, ...]):
    columns = zip(*rows, strict=True)
    raw = {field: Column.of(column) for field, column in zip(FIELDS, columns, strict=True)}
    return normalised([str(at) for at in range(len(rows))], None, raw, True)


def shared(one: tuple[str | None, ...], other: tuple[str | None, ...]) -> set[str]:
    both = records(one, other)
    hashes = key_hashes(both.columns, keys_of(both.columns), SECRET)
    return {name for name, (a, b) in hashes.items() if a == b != NO_KEY}


WANG = ("王伟", "1980-04-05", "110105198004050010", "13800138000")


@pytest.mark.parametrize(
    ("other", "key"),
    [
        (("Wei Wang", "1980-04-05", None, None), "given_sound+surname_sound"),
        (("Wang Wei", "1980-05-04", None, None), "birth_year+month_and_day"),
        ((None, None, "110105198004050020", None), "identity_odd"),  # one digit wrong
        ((None, None, "110105198004500010", None), "identity_sorted"),  # two digits swapped
        ((None, None, None, "+86 138 0013 8000"), "phone"),
        (("王卫", "1980-04-05", None, None), "given_sound+surname_sound+birth_year"),  # a homophone
    ],
)
def test_what_is_written_otherwise_still_shares_a_key(other, key):
    assert key in shared(WANG, other)


def test_what_is_missing_shares_nothing():
    assert shared((None, None, None, None), (None, None, None, None)) == set()


def test_one_record_has_the_keys_that_it_has_among_others():
    rows = [WANG, ("李娜", "1990-01-01", None, None), ("Anna Smith", None, "7364009", "02887654321")]
    all_at_once = records(*rows)
    keys = keys_of(all_at_once.columns)
    batch = key_hashes(all_at_once.columns, keys, SECRET)
    for at, row in enumerate(rows):
        alone = one_record(str(at), all_at_once.known_on[at].item(), dict(zip(FIELDS, row, strict=True)))
        online = one_key_hashes(alone.values, keys, SECRET)
        assert online == {n: int(h[at]) for n, h in batch.items()}


def test_another_secret_gives_other_hashes_of_everything():
    both = records(WANG)
    keys = keys_of(both.columns)
    one, other = key_hashes(both.columns, keys, SECRET), key_hashes(both.columns, keys, SECRET[::-1])
    assert all(one[name][0] != other[name][0] for name in one if one[name][0] != NO_KEY)


def test_the_secret_is_made_once_and_is_its_owners_alone(tmp_path):
    secret = read_secret(tmp_path)
    assert read_secret(tmp_path) == secret
    assert (tmp_path / "same-person.key").stat().st_mode & 0o777 == 0o600
    refuse_other(secret, fingerprint(secret))
    with pytest.raises(Exception, match="another secret"):
        refuse_other(secret, fingerprint(SECRET))
