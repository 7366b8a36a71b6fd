"""Where a command works: the settings of the call, its lake, engine and models, and where it prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from features.settings import Settings, read_settings

out, err = Console(), Console(stderr=True)


def settings(home: Path | None) -> Settings:
    """The settings, with the home folder of this call."""
    return read_settings(home=home) if home else read_settings()


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on the error stream for each kind of work; gone when the work is done."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
    ) as bars:
        tasks: dict[str, Any] = {}

        def report(what: str, done: int, of: int) -> None:
            task = tasks.setdefault(what, bars.add_task(what, total=of))
            bars.update(task, completed=done, total=of)

        yield report


def print_json(data: Any) -> None:
    """Plain data on the output stream, one document."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")


def engine_of(configured: Settings) -> Any:
    from features.engine import connect

    return connect(configured.engine, configured.memory_limit, configured.threads)


def lake_of(configured: Settings) -> Any:
    from features.lake.lake import Lake

    return Lake(configured.lake)


@contextmanager
def opened_store(configured: Settings, wanted: bool = True) -> Iterator[Any]:
    """The store of the deployment, closed again afterwards; an empty one is made. None where it is not `wanted`."""
    if not wanted:
        yield None
        return
    from serving.store.opened import open_store

    store = open_store(configured.store_url)
    try:
        yield store
    finally:
        store.close()


def registry_of(configured: Settings) -> Any:
    from training.registry import Registry

    return Registry(configured.tracking, configured.artefacts)
