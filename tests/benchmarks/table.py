"""The table that `make bench` prints: ours, the peer or the bound, and how they compare."""

from __future__ import annotations

from dataclasses import dataclass

HEADINGS = ("what", "ours", "peer or bound", "ratio")


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    ours: str
    peer: str = ""
    ratio: str = ""


def rate(what: str, ours: float, peer: float) -> Row:
    """More is better."""
    return Row(what, f"{ours:,.0f}/s", f"{peer:,.0f}/s", f"{ours / peer:.2f} ×")


def seconds(what: str, ours: float, peer: float | None = None) -> Row:
    """Less is better."""
    if peer is None:
        return Row(what, _duration(ours))
    return Row(what, _duration(ours), _duration(peer), f"{ours / peer:.2f} ×")


def megabytes(what: str, ours: float, peer: float) -> Row:
    return Row(what, f"{ours:.0f} MB", f"{peer:.0f} MB", f"{ours / peer:.2f} ×")


def _duration(value: float) -> str:
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"


def printed(rows: list[Row]) -> str:
    cells = [HEADINGS, *((row.what, row.ours, row.peer, row.ratio) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])
