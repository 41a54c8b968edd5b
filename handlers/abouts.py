"""What a message of ours was about, as its parcel carries it: "alert/5", "directives/3,5"; an answer to it is about the same."""

from __future__ import annotations

from collections.abc import Iterable


def ids_in(abouts: Iterable[str], *nouns: str) -> list[int]:
    """The numbers of those that are about one of these nouns."""
    found: list[int] = []
    for about in abouts:
        noun, _, ids = about.partition("/")
        if noun in nouns:
            found += [int(one) for one in ids.split(",") if one.isdecimal()]
    return found
