"""Logs: events with values, one JSON line each. Never message text, never health data, never a secret."""

from __future__ import annotations

import contextlib
import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO, cast

import structlog

TOKEN = re.compile(r"(?<!\d)\d{5,}:[\w-]{6,}")  # also within an address, where "bot" stands before it


def where(error: BaseException) -> str:
    """File, line and function that raised it: a traceback's text could carry what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-4:]))


class _NamesOnly(logging.Formatter):
    """Leaves out the traceback too: its last line may repeat what somebody wrote."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        return where(ei[1]) if ei[1] is not None else ""


class _Steadfast:
    """A stream that may be full (a log on a full disk) or that nobody reads any more: what cannot be said is left unsaid.

    Whoever raised in the middle of his work because of it would do more harm than a missing line.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, words: str) -> int:
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(words)
        return len(words)

    def flush(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._stream.flush()


def set_up(level: str) -> None:
    """One line an event on standard error. Foreign libraries speak only when something is wrong."""
    out = cast("TextIO", _Steadfast(sys.stderr))
    handler = logging.StreamHandler(out)
    handler.setFormatter(_NamesOnly("%(name)s %(levelname)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _hide_tokens,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=out),
        cache_logger_on_first_use=True,
    )


def _hide_tokens(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = TOKEN.sub("…", value)
    return event
