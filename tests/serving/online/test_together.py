"""Claims that wait at one moment are begun together, a few at a time; what is wrong with one is nothing to the others."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from serving.online.claims import Begun, OnlineClaims, Wanted
from serving.online.together import MOST, Together


@dataclass
class Scorer:
    """Stands in for OnlineClaims: answers with the claim's identifier, and cannot read a claim called `wrong`."""

    lots: list[list[str]] = field(default_factory=list)
    error: BaseException = field(default_factory=lambda: ValueError("wrong"))

    def begin(self, wanted: list[Wanted]) -> list[Begun]:
        names = [one.claim["claim_id"] for one in wanted]
        self.lots.append(names)
        if "wrong" in names:
            raise self.error
        return [({"claim_id": name}, Future()) for name in names]


def asked(together: Together, scorer: Scorer, name: str) -> Any:
    return together.begin(cast(OnlineClaims, scorer), Wanted({"claim_id": name}))


def all_of(scorer: Scorer, *names: str) -> list[Any]:
    """What each is answered who asks at one moment: the claim's identifier, or the error."""

    async def ask() -> list[Any]:
        together = Together()
        waiting = (asyncio.wait_for(asked(together, scorer, name), 5) for name in names)
        return await asyncio.gather(*waiting, return_exceptions=True)

    return [one if isinstance(one, BaseException) else one[0]["claim_id"] for one in asyncio.run(ask())]


def test_who_asks_at_one_moment_is_answered_together_a_few_at_a_time() -> None:
    scorer, names = Scorer(), [str(number) for number in range(2 * MOST + 3)]
    assert all_of(scorer, *names) == names
    assert scorer.lots == [names[:MOST], names[MOST : 2 * MOST], names[2 * MOST :]]


def test_who_asks_alone_does_not_wait_for_others() -> None:
    scorer = Scorer()

    async def one_after_the_other() -> None:
        together = Together()
        for name in ("a", "b"):
            await asyncio.wait_for(asked(together, scorer, name), 1)

    asyncio.run(one_after_the_other())
    assert scorer.lots == [["a"], ["b"]]


class Panic(BaseException):
    """What a library of another language raises: no Exception."""


@pytest.mark.parametrize(
    ("error", "told"),
    [(ValueError("wrong"), ValueError), (Panic(), Panic), (StopIteration(), RuntimeError)],
    ids=lambda one: getattr(one, "__name__", type(one).__name__),
)
def test_what_is_wrong_with_one_is_told_to_whoever_asked_it_alone(
    error: BaseException, told: type[BaseException]
) -> None:
    first, wrong, last = all_of(Scorer(error=error), "first", "wrong", "last")
    assert (first, last) == ("first", "last")
    assert isinstance(wrong, told)


def test_nobody_works_for_who_is_gone() -> None:
    scorer = Scorer()

    async def ask() -> None:
        together = Together()
        gone, stays = (asyncio.ensure_future(asked(together, scorer, name)) for name in ("gone", "stays"))
        await asyncio.sleep(0)  # both have asked, none is worked for
        gone.cancel()
        assert (await stays)[0]["claim_id"] == "stays"
        with pytest.raises(asyncio.CancelledError):
            await gone

    asyncio.run(ask())
    assert scorer.lots == [["stays"]]


def test_every_night_has_those_who_ask_it() -> None:
    one, other = Scorer(), Scorer()

    async def ask() -> None:
        together = Together()
        await asyncio.gather(asked(together, one, "a"), asked(together, other, "b"), asked(together, one, "c"))

    asyncio.run(ask())
    assert (one.lots, other.lots) == ([["a", "c"]], [["b"]])
