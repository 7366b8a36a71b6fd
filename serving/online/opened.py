"""What scores online in a process: the night in use, opened again when another takes its place, and the journal."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from features.claims import CLAIM_FEATURES
from features.errors import NotReady, PlumblineError
from features.online.facts import ClaimFacts
from features.rules.rule import RuleBook
from features.same_person.limits import BLOCK_CAP
from features.same_person.secret import read_secret
from serving.levels import LevelTable
from serving.limits import LOOK_AGAIN
from serving.online.claims import OnlineClaims
from serving.online.employers import OnlineEmployers
from serving.online.folder import current_name, current_night, current_stamp, journal_path
from serving.online.journal import Journal
from serving.online.night import OpenNight, index_fields, open_all
from training.artefact import RiskModel

log = structlog.get_logger()
Models = Callable[[], Mapping[tuple[str, str], RiskModel]]  # by subject and label


@dataclass
class Online:
    """Online scores of a deployment. `models` gives those in use by subject and label; `now` seconds."""

    home: Path
    models: Models
    book: RuleBook
    levels: LevelTable
    now: Callable[[], float] = time.monotonic
    _stamp: tuple[int, int] | None = None
    _looked: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _claims: OnlineClaims | None = None
    _employers: OnlineEmployers | None = None
    _journal: Journal | None = None

    @property
    def fresh(self) -> bool:
        """Whether what is asked for is at hand: nothing is opened or looked for, which may take seconds."""
        return self._claims is not None and self.now() - self._looked < LOOK_AGAIN

    @property
    def claims(self) -> OnlineClaims:
        """Scores of claims; NotReady where nothing was prepared."""
        self._look()
        assert self._claims is not None
        return self._claims

    @property
    def employers(self) -> OnlineEmployers:
        """Scores of employers; NotReady where nothing was prepared, or the lake has no employers."""
        self._look()
        if self._employers is None:
            raise NotReady(
                "no employers were prepared for online scores",
                expected="an ingested register employers",
                do="ingest it; then: plumbline online build --as-of DAY",
            )
        return self._employers

    def close(self) -> None:
        """Write what waits to be kept, and close."""
        if self._journal is not None:
            self._journal.close()

    def _look(self) -> None:
        """Open the night in use where it is another than the one that is open. One that cannot be opened leaves the old one."""
        if self.fresh:
            return
        with self._lock:
            stamp = current_stamp(self.home)
            if self._claims is None or stamp != self._stamp:
                self._take()
                self._stamp = stamp
            self._looked = self.now()

    def _take(self) -> None:
        try:
            self._open(open_all(current_night(self.home), read_secret(self.home)))
        except PlumblineError as error:
            if self._claims is None:
                raise
            log.error("night refused", error=type(error).__name__, night=current_name(self.home))

    def _open(self, opened: OpenNight) -> None:
        secret, night = read_secret(self.home), opened.night
        journal = Journal(journal_path(self.home), index_fields(opened.matcher), BLOCK_CAP)
        journal.forget(lambda claim_id: claim_id in opened.claims)
        facts = ClaimFacts(night, opened.expressions, list(CLAIM_FEATURES))
        self._claims = OnlineClaims(
            facts, opened.claims, journal, opened.check(secret, journal if opened.matcher else None),
            bool(opened.matcher and opened.matcher.day_first), lambda: self._of("claims"), self.book, self.levels,
            opened.chances.get(self.book.version, {}),
        )  # fmt: skip
        version = int(night.about["version"])
        self._employers = None if opened.employers is None else OnlineEmployers(
            opened.employers, night.as_of, version, journal, lambda: self._of("employers"), self.levels
        )  # fmt: skip
        self._journal = journal

    def _of(self, subject: str) -> dict[str, RiskModel]:
        return {label: model for (of, label), model in self.models().items() if of == subject}
