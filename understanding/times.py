"""Times of day: "8h30", "16g", "6g rưỡi", "7 giờ kém 15", "16:30"."""

import re
from datetime import time

from understanding.dates.spans import found_at
from understanding.phrases.gates import FIGURES, gate
from understanding.phrases.line import Line
from understanding.phrases.normalize import fold
from understanding.reading import Slot

TIME = re.compile(
    r"(?<![\d:/.,])(?P<hour>[01]?\d|2[0-4])"
    r"(?:\s?(?:h|g|gio)(?![a-z])\s?(?:(?P<minute>[0-5]\d)(?![\d/])|(?P<half>ruoi)|kem\s?(?P<short>[0-5]?\d))?"
    r"|(?:h|g)(?P<glued>[0-5]\d)(?!\d)|:(?P<colon>[0-5]\d)(?!\d)|(?:(?<=tu \d)|(?<=luc \d)|(?<=tu \d\d)|(?<=luc \d\d))\s(?P<half_past>ruoi))"
)
NEEDS = FIGURES | gate({"h", "g", "gio", ":", "ruoi"})
"""Figures and one of these stand in every time of day."""


def read_times(text: str) -> list[Slot]:
    return [Slot(_time(found), found.span()) for found in TIME.finditer(fold(text))]


def time_spans(line: Line) -> list[tuple[int, int]]:
    """Where in the text times stand, so that nobody takes their numbers for something else."""
    if line.gates & NEEDS != NEEDS:
        return []
    return [found.span() for found in found_at(line, TIME, line.figures)]


def _time(found: re.Match[str]) -> time:
    hour = int(found["hour"]) % 24
    minute = int(
        found["minute"] or found["glued"] or found["colon"] or (30 if found["half"] or found["half_past"] else 0)
    )
    if found["short"] and int(found["short"]):
        hour, minute = (hour - 1) % 24, 60 - int(found["short"])
    return time(hour, minute)
