"""The models a running service uses: those of its bundle, looked at again when the bundle changes.

New models that cannot be used are refused and said so; those that were served go on being served.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

import structlog

from features.errors import NotReady, PlumblineError
from serving.bundle import MANIFEST, Served, open_bundle
from serving.limits import LOOK_AGAIN

log = structlog.get_logger()
Models = dict[tuple[str, str], Served]


class Shelf:
    """Models by subject and label, from the bundle in `folder`. `now` gives seconds."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.monotonic) -> None:
        self.folder = folder
        self.refused: PlumblineError | None = None
        self._now, self._looked, self._stamp = now, float("-inf"), (0, 0)
        self._models: Models = {}
        self._lock = Lock()

    @property
    def fresh(self) -> bool:
        """Whether what is asked for is at hand: nothing is opened or looked for."""
        return self._now() - self._looked < LOOK_AGAIN

    def models(self) -> Models:
        """The models in use; none where there have never been any that fit."""
        if not self.fresh:
            with self._lock:
                if not self.fresh:  # who waited finds what was looked for meanwhile
                    self._look()
        return self._models

    def model(self, subject: str, label: str) -> Served:
        """One model; NotReady where it is not served."""
        found = self.models().get((subject, label))
        if found is None:
            raise NotReady(
                f"no model of {label} is served",
                found=", ".join(f"{s} {one}" for s, one in self._models) or "no models at all",
                expected=f"a model of {subject} for {label}",
                do=f"run: plumbline train {subject}; then: plumbline models take",
            ) from self.refused
        return found

    def _look(self) -> None:
        if self._models:  # they go on serving while others are opened; whoever asks for the first has to wait
            self._looked = self._now()
        stamp = _stamp(self.folder / MANIFEST)
        if stamp != self._stamp:
            self._stamp = stamp
            self._open()
        self._looked = self._now()

    def _open(self) -> None:
        try:
            self._models, self.refused = open_bundle(self.folder), None
        except PlumblineError as error:
            self.refused = error
            log.error("models refused", error=type(error).__name__, served=len(self._models))
        else:
            log.info("models taken", models=[one.model.card.model_id for one in self._models.values()])


def _stamp(file: Path) -> tuple[int, int]:
    """What changes when a file is put in the place of another; nothing where there is none."""
    try:
        seen = file.stat()
    except FileNotFoundError:
        return (-1, -1)
    return seen.st_mtime_ns, seen.st_ino
