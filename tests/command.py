"""The command line in this process: to start another costs more than most commands, and it would compile all SQL anew."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

import plumbline

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Done:
    """What the shell would see of a command."""

    returncode: int
    stdout: str
    stderr: str


def run(*words: object) -> Done:
    """`plumbline WORDS` in the repository's folder, from `main` on. An error that it does not turn into an exit code is raised here."""
    stdout, stderr = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(stdout), redirect_stderr(stderr):
        patch.chdir(ROOT)
        patch.setattr(sys, "argv", ["plumbline", *map(str, words)])
        try:
            plumbline.main()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return Done(code, stdout.getvalue(), stderr.getvalue())
