"""How often PostgreSQL is asked: the journeys of prepared statements, counted on the line."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from storage.driver.line import Line, Request


@contextlib.contextmanager
def counted_journeys() -> Iterator[list[int]]:
    """How many statements went with each journey."""
    journeys: list[int] = []
    converse = Line.converse

    def counted(line: Line, requests: list[Request]) -> None:
        journeys.append(len(requests))
        converse(line, requests)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Line, "converse", counted)
        yield journeys
