"""python -m experiments.watchlist_facts: is each sentence of a watchlist true of the rows behind it?"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from experiments.watchlist_facts.books import Books
from experiments.watchlist_facts.expected import check_expected
from experiments.watchlist_facts.items import Checked, check_item
from features.errors import BadInput

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
console = Console(soft_wrap=True, highlight=False)
OUTCOMES = {True: "true", False: "false", None: "not checked"}


@app.command()
def check(
    home: Annotated[Path, typer.Option(help="Folder with the models, and the registers unless they are elsewhere.")],
    watchlist: Annotated[Path, typer.Option("--list", help="A watchlist's JSON, made in that home.")],
    registers: Annotated[
        Path | None, typer.Option(help="Folder with the raw registers; HOME/registers if not said.")
    ] = None,
    due_days: Annotated[int, typer.Option(help="Days after a month's end by which its pay has fallen due.")] = 30,
) -> None:
    """Count the facts of a list that the registers bear out, by plain SQL; print each that they do not. Exits with 1 for any.

    Example: python -m experiments.watchlist_facts --home demo --list list.json
    """
    try:
        found = check_list(home, json.loads(watchlist.read_text(encoding="utf-8")), due_days, registers)
    except BadInput as error:
        console.print(str(error))
        raise typer.Exit(error.exit_code) from error
    for name in sorted({one.name for one in found}):
        counts = Counter(OUTCOMES[one.true] for one in found if one.name == name)
        console.print(f"{name}: " + ", ".join(f"{number} {outcome}" for outcome, number in counts.items()))
    for one in found:
        if one.true is not True:
            console.print(f"{OUTCOMES[one.true]}: rank {one.rank}, {one.name}: stated {one.stated}, found {one.found}")
    totals = Counter(OUTCOMES[one.true] for one in found)
    console.print(f"facts {len(found)}: " + ", ".join(f"{totals[outcome]} {outcome}" for outcome in OUTCOMES.values()))
    raise typer.Exit(1 if totals["false"] else 0)


def check_list(
    home: Path, listed: dict[str, object], due_days: int = 30, registers: Path | None = None
) -> list[Checked]:
    """Every fact of the list `listed`, checked against `registers`, or `home`'s (and, of what is expected, its model's card).

    BadInput where there is no register of employers.
    """
    items: list[dict[str, object]] = listed["items"]  # type: ignore[assignment]
    day = dt.date.fromisoformat(str(listed["as_of"]))
    books = Books(registers or home / "registers", day, due_days)
    return [
        one
        for item in items
        for one in (*check_item(item, books), *check_expected(item, listed, books, home / "models"))
    ]


if __name__ == "__main__":
    app()
