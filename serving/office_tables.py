"""Tables that an office may replace by a TOML file of its own: read, or refused with what is wrong."""

from __future__ import annotations

import hashlib
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from features.errors import BadInput, NotFound


def read_rows(name: str, path: Path | None, package: str = "serving") -> tuple[list[dict[str, Any]], str]:
    """The rows `[[name]]` of the office's file at `path`, or of the file shipped in `package`, and a digest of the file.

    NotFound where the file cannot be read; BadInput where it is no TOML or holds something else under `name`.
    """
    try:
        raw = path.read_bytes() if path else files(package).joinpath(f"{name}.toml").read_bytes()
        rows = tomllib.loads(raw.decode("utf-8-sig")).get(name, [])
    except OSError as error:
        raise NotFound(f"the file of {name} {path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise BadInput(f"the file of {name} {path} is not TOML", found=str(error)) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadInput(
            f"the file of {name} {path} cannot be used",
            found=f"{name} is {'one table' if isinstance(rows, dict) else repr(rows)}",
            expected=f"a list of tables, each beginning with [[{name}]]",
            do="write two brackets on either side",
        )
    return rows, hashlib.sha256(raw).hexdigest()[:8]
