"""The logs of the service, set up once: one JSON object a line, and no person in any.

Lines of ours hold what their call names: identifiers of requests, counts, times, kinds. Of other libraries' lines only
the place and the kind of error are kept, never the message: a driver's quotes values, a server's quotes addresses.
"""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

SILENT = ("uvicorn.access", "bentoml.access")  # they name the path asked for, and paths name subjects
PLACES = 6


def set_up_logs(level: str = "INFO") -> None:
    """Let everything of this process, ours and others', be logged as this file says, on the error stream."""
    own: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*own, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_place_and_kind, *own],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    _only(handler, level)


def places(error: BaseException) -> list[str]:
    """Where `error` came from, innermost last: file, line and function; no message and no value."""
    frames = traceback.extract_tb(error.__traceback__)[-PLACES:]
    return [f"{'/'.join(Path(f.filename).parts[-2:])}:{f.lineno} {f.name}" for f in frames]


def _only(handler: logging.Handler, level: str) -> None:
    """Every logger there is hands its lines to the root, and the root to `handler`."""
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in list(root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    for name in SILENT:
        logging.getLogger(name).disabled = True


def _place_and_kind(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    record: logging.LogRecord = event["_record"]
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    record.exc_info, record.exc_text, record.stack_info = None, None, None
    said: EventDict = {
        "event": "of a library",
        "logger": record.name,
        "at": [f"{'/'.join(Path(record.pathname).parts[-2:])}:{record.lineno}"],
        "_record": record,
        "_from_structlog": event["_from_structlog"],
    }
    if error is not None:
        said |= {"error": type(error).__name__, "at": said["at"] + places(error)}
    return said
