"""Wage claims of the California Labor Commissioner: one file of cases, one of the defendants of each case."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from features.adapters.canonical import Case
from features.adapters.outcomes import Printed, first_day, habits_of
from features.adapters.resolve import Party
from features.adapters.source_files import Row, UnreadableSource, columns_of, rows_of

CASE_COLUMNS = frozenset(
    {
        "case_id",
        "docket_date",
        "naics",
        "status",
        "decision_date",
        "n_issue_lines",
        "claimed",
        "assessed",
        "paid",
    }
)
PARTY_COLUMNS = frozenset({"case_id", "defendant", "doing_business_as"})

NO_DATE = "case without a usable docket date"
REPEATED = "case number repeated"
ORPHAN = "defendant of no case that was kept"
NO_SECTOR = "industry left out (not a NAICS code)"

# the manufacturing, retail and transport sectors of NAICS span several two-digit codes
_SPANS = {
    **dict.fromkeys(("31", "32", "33"), "31-33"),
    **dict.fromkeys(("44", "45"), "44-45"),
    **dict.fromkeys(("48", "49"), "48-49"),
}
_SECTORS = (
    frozenset({"11", "21", "22", "23", "42", "51", "52", "53", "54", "55", "56", "61", "62", "71", "72", "81", "92"})
    | _SPANS.keys()
)


def read(files: list[Path], read_rows: Counter[str], dropped: Counter[str]) -> Iterator[Case]:
    """The cases of the extract; UnreadableSource unless both kinds of file are given, in any order."""
    case_files = [file for file in files if columns_of(file) >= CASE_COLUMNS]
    party_files = [file for file in files if file not in case_files and columns_of(file) >= PARTY_COLUMNS]
    _all_recognised(files, case_files, party_files)
    parties = _parties(rows_of(party_files), read_rows)
    seen: set[str] = set()
    for row in rows_of(case_files):
        read_rows["cases"] += 1
        number = row["case_id"]
        case = _case(row, tuple(parties.get(number, ())))
        if case is None or number in seen:
            dropped[NO_DATE if case is None else REPEATED] += 1
            continue
        seen.add(number)
        yield case
    dropped[ORPHAN] += sum(len(parties[number]) for number in parties.keys() - seen)


def sector(naics: str) -> str:
    """The NAICS sector of a code of two to six digits, as the classification writes it; empty for no code.

    >>> [sector(code) for code in ("722511", "44-45", "332710", "", "00")]
    ['72', '44-45', '31-33', '', '']
    """
    two = naics[:2]
    return _SPANS.get(two, two) if two in _SECTORS else ""


def _all_recognised(files: list[Path], case_files: list[Path], party_files: list[Path]) -> None:
    unknown = [str(file) for file in files if file not in case_files and file not in party_files]
    if unknown:
        raise UnreadableSource(
            f"{', '.join(unknown)}: columns of neither file of California; expected "
            f"{', '.join(sorted(CASE_COLUMNS))} or {', '.join(sorted(PARTY_COLUMNS))}"
        )
    if not case_files or not party_files:
        missing = "cases" if not case_files else "parties"
        raise UnreadableSource(f"the file of {missing} is missing: give both cases and parties of California")


def _parties(rows: Iterable[Row], read_rows: Counter[str]) -> dict[str, list[Party]]:
    parties: dict[str, list[Party]] = defaultdict(list)
    for row in rows:
        read_rows["defendants"] += 1
        parties[row["case_id"]].append(Party(row["defendant"], row["doing_business_as"]))
    return parties


def _case(row: Row, parties: tuple[Party, ...]) -> Case | None:
    filed_on = first_day(row["docket_date"])
    if filed_on is None:
        return None
    printed = Printed(
        filed_on,
        status=row["status"].casefold(),
        decided_on=first_day(row["decision_date"]),
        silent=row["n_issue_lines"] in ("", "0"),
    )
    printed.read_amounts(row["claimed"], row["assessed"], row["paid"])
    if row["naics"] and not sector(row["naics"]):
        printed.oddities[NO_SECTOR] += 1
    return Case(row["case_id"], printed, parties, habits_of("california"), "California", sector(row["naics"]))
