"""How many requests come from one caller or one address: a bucket of tokens each, in memory, for each process."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from features.errors import TooMany
from serving.limits import COUNTED_CALLERS


class Rates:
    """A bucket a key: it holds a minute's requests, is filled steadily, and each request takes one.

    `a_minute` is the rate; `now` gives seconds. Keys longest unseen are forgotten first: theirs were the fullest.
    """

    def __init__(self, a_minute: float, now: Callable[[], float] = time.monotonic) -> None:
        self.most = max(1.0, a_minute)
        self.a_second = a_minute / 60
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> None:
        """Count one request of `key`; TooMany, with the seconds until the next is taken."""
        now = self._now()
        left, seen = self._buckets.pop(key, (self.most, now))
        left = min(self.most, left + (now - seen) * self.a_second)
        self._buckets[key] = (max(0.0, left - 1) if left >= 1 else left, now)
        if len(self._buckets) > COUNTED_CALLERS:
            self._buckets.popitem(last=False)
        if left < 1:
            raise TooMany(
                "too many requests",
                wait=(1 - left) / self.a_second,
                expected=f"at most {self.most:g} a minute",
                do="wait as long as Retry-After says",
            )
