"""Groups of ways to say something, as a clerk writes them: a file with a line for each, its name, a tab, the ways by comma."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from understanding.phrases.normalize import fold

FOLDER = Path(__file__).parent


@cache
def read_groups(file: str) -> dict[str, list[str]]:
    """The ways by the name of their group, as lines are compared: without marks and case."""
    return {name: [fold(way) for way in ways] for name, ways in read_marked_groups(file).items()}


@cache
def read_marked_groups(file: str) -> dict[str, list[str]]:
    """The same as they are written, for words that mean something else with other marks."""
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    groups = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: [way.strip() for way in ways.split(",")] for name, ways in groups}
