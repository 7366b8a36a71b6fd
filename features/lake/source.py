"""Which files of a folder belong to which register."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from features.errors import BadInput
from features.registers import REGISTERS

SUFFIXES = (".csv", ".parquet")
SPREADSHEETS = (".xlsx", ".xls", ".ods", ".et")
MONTH_FOLDER = "month="
NEARLY = 0.8  # of difflib's ratio: a letter or two


@dataclass(frozen=True)
class Source:
    """A file of a register. `name` is its path in the folder; `month` is what its path alone says, or ''."""

    register: str
    path: Path
    name: str
    month: str = ""

    @property
    def is_parquet(self) -> bool:
        """Whether the file calls itself Parquet."""
        return self.path.suffix.lower() == ".parquet"


def find(directory: Path) -> tuple[list[Source], list[str]]:
    """The files of registers in `directory`, in the declared order, and the names of all other files.

    `BadInput` where `directory` is no folder or has nothing that belongs to a register.
    """
    if not directory.is_dir():
        raise BadInput(
            f"There is no folder {directory}.",
            expected="a folder with files such as employers.csv or payroll/*.parquet",
            do="give the folder that holds the registers",
        )
    paths = sorted(path for path in directory.rglob("*") if path.is_file() and not _hidden(path, directory))
    found = {path: _source(path, directory) for path in paths}
    sources = [source for source in found.values() if source]
    if not sources:
        raise BadInput(
            f"No file in {directory} belongs to a register.",
            found=", ".join(path.name for path in paths[:10]) or "an empty folder",
            expected="files named " + ", ".join(f"{name}.csv" for name in REGISTERS),
            do=" ".join(hint for path in paths if (hint := what_was_meant(path.relative_to(directory).as_posix())))
            or "rename the files, or make templates with `plumbline registers template NAME`",
        )
    order = list(REGISTERS)
    sources.sort(key=lambda source: (order.index(source.register), source.name))
    return sources, [path.relative_to(directory).as_posix() for path, source in found.items() if not source]


def what_was_meant(name: str) -> str:
    """What to do about a file that belongs to no register but nearly does, as a sentence; else ''."""
    path = PurePosixPath(name.lower())
    parts = [*path.parts[:-1], path.stem]
    exact = next((part for part in parts if part in REGISTERS), None)
    if exact:
        return f"Save {name} as {exact}.csv (CSV UTF-8) if it is that register." if path.suffix in SPREADSHEETS else ""
    near = [match for part in parts for match in get_close_matches(part, REGISTERS, n=1, cutoff=NEARLY)]
    return f"Rename {name} to {near[0]}{path.suffix} if that is what it is." if near and path.suffix in SUFFIXES else ""


def _hidden(path: Path, directory: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.relative_to(directory).parts)


def _source(path: Path, directory: Path) -> Source | None:
    relative = path.relative_to(directory)
    folders = (part.lower() for part in relative.parts[:-1])
    register = next((folder for folder in folders if folder in REGISTERS), relative.stem.lower())
    if register not in REGISTERS or relative.suffix.lower() not in SUFFIXES:
        return None
    return Source(register, path, relative.as_posix(), _month(register, relative))


def _month(register: str, relative: Path) -> str:
    if REGISTERS[register].partition is None:
        return ""
    folders = [part for part in relative.parts[:-1] if part.startswith(MONTH_FOLDER)]
    return folders[-1].removeprefix(MONTH_FOLDER) if folders else ""
