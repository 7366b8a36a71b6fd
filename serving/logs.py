"""The logs of the service, set up once: one JSON object a line, and no person in any.

Lines of ours hold what their call names: identifiers of requests, counts, times, kinds. Of other libraries' lines, from
warnings upwards, only the place and the kind of error are kept, never the message: a driver's quotes values, a server's
quotes addresses.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from typing import TextIO, cast

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

ROOMS = ("features", "training", "serving", "commands")
PLACES = 6
JSON = structlog.processors.JSONRenderer(ensure_ascii=False)


class _ErrorStream:
    """The error stream as it is when a line is written, not as it was when logs were set up."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def set_up_logs(level: str = "INFO") -> None:
    """Let everything of this process, ours and others', be logged as this file says, on the error stream."""
    stream = _ErrorStream()
    marks: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*marks, JSON],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(cast(TextIO, stream)),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_place_and_kind, *marks],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, JSON],
        )
    )
    _only(handler)
    logging.captureWarnings(True)  # Python would write a warning's text, which may quote a value
    threading.excepthook = _of_a_thread
    sys.unraisablehook = _unraisable


def places(error: BaseException) -> list[str]:
    """Where `error` came from, innermost last: file, line and function of our frames, and of the innermost.

    No message and no value: those may hold a person.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames[:-1] if "site-packages" not in frame.filename and _room(frame.filename)]
    return [f"{place(f.filename, f.lineno)} {f.name}" for f in [*ours[-PLACES:], *frames[-1:]]]


def place(file: str, line: int | None) -> str:
    """`…/serving/api/pages.py`, 12 as `api/pages.py:12`."""
    return f"{'/'.join(Path(file).parts[-2:])}:{line}"


def _of_a_thread(raised: threading.ExceptHookArgs) -> None:
    """What a thread of ours or of a library raised and nobody caught: Python would write its message."""
    _nobody_caught(raised.exc_value)


def _unraisable(raised: sys.UnraisableHookArgs) -> None:
    """What was raised where nothing can be raised, as when something is let go of."""
    _nobody_caught(raised.exc_value)


def _nobody_caught(error: BaseException | None) -> None:
    if error is not None:
        structlog.get_logger().error("nobody caught it", error=type(error).__name__, at=places(error))


def _room(file: str) -> bool:
    return any(room in Path(file).parts for room in ROOMS)


def _only(handler: logging.Handler) -> None:
    """Every logger there is hands its lines to the root, and the root to `handler`, from warnings upwards."""
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in list(root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.setLevel(logging.NOTSET)
        logger.propagate = True


def _place_and_kind(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    record: logging.LogRecord = event["_record"]
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    record.exc_info, record.exc_text, record.stack_info = None, None, None
    said: EventDict = {
        "event": "of a library",
        "library": record.name.partition(".")[0],
        "at": [place(record.pathname, record.lineno)],
        "_record": record,
        "_from_structlog": event["_from_structlog"],
    }
    if error is not None:
        said.update(error=type(error).__name__, at=said["at"] + places(error))
    return said
