"""What is kept of a password, and which are taken."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher, extract_parameters, profiles

from features.errors import BadInput
from serving.people import passwords
from serving.people.limits import ARGON2_LANES, ARGON2_MEMORY_KIB, ARGON2_PASSES, LEAST_PASSWORD, MOST_PASSWORD
from serving.people.passwords import hash_of, is_outdated, is_right, must_be_good
from tests.serving.people.conftest import PASSWORD


def test_only_the_password_itself_is_right() -> None:
    kept = hash_of(PASSWORD)
    assert PASSWORD not in kept and kept.startswith("$argon2id$")
    assert is_right(PASSWORD, kept)
    assert not is_right(PASSWORD + " ", kept)
    assert not is_right(PASSWORD, None)
    assert not is_right(PASSWORD, "no hash at all")


def test_a_password_is_the_same_however_a_keyboard_composes_it() -> None:
    assert is_right("Zwölf Störche im Nebel", hash_of("Zwo\u0308lf Sto\u0308rche im Nebel"))


def test_nobodys_hash_costs_what_anybodys_does() -> None:
    assert extract_parameters(passwords._nobodys()) == extract_parameters(hash_of(PASSWORD))
    assert passwords._nobodys() != passwords._nobodys()


def test_the_limits_are_the_ones_of_the_standard_they_name() -> None:
    standard = profiles.RFC_9106_LOW_MEMORY
    assert standard.memory_cost == ARGON2_MEMORY_KIB
    assert (standard.time_cost, standard.parallelism) == (ARGON2_PASSES, ARGON2_LANES)


def test_a_hash_of_other_costs_is_outdated() -> None:
    assert not is_outdated(hash_of(PASSWORD))
    assert is_outdated(PasswordHasher(time_cost=2, memory_cost=64, parallelism=1).hash(PASSWORD))


@pytest.mark.parametrize(
    "bad",
    [
        "correct horse"[: LEAST_PASSWORD - 1],
        "li wei" + PASSWORD,
        "WEI" + PASSWORD,
        "abababababababababab",
        "a1b2 " * (MOST_PASSWORD // 5 + 1),
    ],
    ids=["short", "login", "name", "pattern", "long"],
)
def test_a_bad_password_is_refused_and_not_said_back(bad: str) -> None:
    with pytest.raises(BadInput) as refused:
        must_be_good(bad, "li.wei", "Li", "Wei")
    assert bad not in str(refused.value)


def test_the_shortest_and_the_longest_are_taken() -> None:
    must_be_good(PASSWORD[:LEAST_PASSWORD], "zhang")
    must_be_good((PASSWORD * 20)[:MOST_PASSWORD], "zhang")
