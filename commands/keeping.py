"""What commands keep in the store, and how they say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from commands.deployment import out

BY = "command line"  # who did it, in the store
KEPT = {
    None: "Not kept in the store.",
    True: "Kept in the store as {name} {key}.",
    False: "In the store already, as {name} {key}.",
}


def keep_scores(store: Any, run: Any, scores: Any, more: Callable[[], Mapping[str, Any]]) -> bool | None:
    """Keep a run, with the columns of `more` beside its scores, asked for only where it is new.

    False: it is there already. None: there is no store to keep it in.
    """
    from serving.runs import is_kept, keep_run

    if store is None:
        return None
    with store.reading() as session:
        if is_kept(session, run):
            return False
    for name, column in more().items():
        scores = scores.append_column(name, column)
    with store.session() as session:
        return keep_run(session, run, scores, BY)


def keep_list(store: Any, keep: Callable[[Any, Any, str], bool], drawn: Any) -> bool | None:
    """Keep a list as it was drawn. False: it is there already. None: there is no store to keep it in."""
    if store is None:
        return None
    with store.session() as session:
        return keep(session, drawn, BY)


def say_kept(kept: bool | None, name: str, key: str) -> None:
    """Whether and as what it is in the store."""
    out.print(KEPT[kept].format(name=name, key=key), highlight=False)
