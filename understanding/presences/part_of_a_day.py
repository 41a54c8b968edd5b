"""Absences that are no whole day: an hour, half a day, a meeting that was called."""

from understanding.phrases.settle import Match
from understanding.scene import Scene

REACH = 3


def is_of_an_hour(scene: Scene, match: Match) -> bool:
    """ "xin đi muộn 1 tiếng", "vắng họp": not the whole day that a leave is; asked about."""
    line = scene.line
    if match[2] != "leave":
        return False
    near = range(match[0], min(match[1] + REACH, len(line)))
    return any(line.means(at, "muộn", "trễ", "sớm", "họp") for at in near)


def is_of_what_was_called(scene: Scene, match: Match) -> bool:
    """ "em xin phép vắng ạ" under a notice of a meeting: absent from that, and on a day not told."""
    return match[2] == "leave" and scene.context.endswith("notice") and not scene.whens
