"""What a message of ours was about, as its parcel carries it: "alert/5", "directives/3,5"; an answer to it is about the same."""

from __future__ import annotations

import re
from collections.abc import Iterable

REQUEST = re.compile(r"round/(\d+)/(unit|person)/(\d+)")


def ids_in(abouts: Iterable[str], *nouns: str) -> list[int]:
    """The numbers of those that are about one of these nouns."""
    found: list[int] = []
    for about in abouts:
        noun, _, ids = about.partition("/")
        if noun in nouns:
            found += [int(one) for one in ids.split(",") if one.isdecimal()]
    return found


def requests_in(abouts: Iterable[str]) -> list[tuple[int, str, int]]:
    """The requests of a round: (12, "unit", 3) of "round/12/unit/3". The board of a round ("round/12") asks nobody."""
    found = (REQUEST.fullmatch(about) for about in abouts)
    return [(int(each[1]), each[2], int(each[3])) for each in found if each]
