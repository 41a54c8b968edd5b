"""From places in the text to words: which word begins or ends there."""

from bisect import bisect_left, bisect_right

from understanding.phrases.line import Line


def word_from(line: Line, start: int) -> int | None:
    """The word that begins at this letter."""
    at = bisect_left(line.starts, start)
    return at if at < len(line.starts) and line.starts[at] == start else None


def word_behind(line: Line, end: int) -> int | None:
    """The word after the one that ends at this letter."""
    at = bisect_right(line.ends, end)
    return at if at and line.ends[at - 1] == end else None
