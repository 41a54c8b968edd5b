"""What a message is weighed by: its words, its phrases in their order, what of it is mere talk, who and when is spoken of."""

from collections.abc import Iterator
from itertools import pairwise

from understanding.line import Line
from understanding.scene import Scene

UNTELLING = "given_names"
"""Found in too many words to tell anything."""
BY_LIST = frozenset({"provinces", "towns", "countries", "places_with_care", "ambiguous_places", "others"})
"""Of these only that there is one counts, not which."""
SHORT = 14
"""A longer meaning is a name of its own, and counts as one of its list."""
WORDS_A_STEP, MOST_STEPS = 4, 6
MOST_LINES, MOST_NUMBERS, MOST_DAYS = 3, 3, 2


def traits(scene: Scene) -> set[str]:
    """Single words as typed; phrases by their meaning, single and two in a row; lists told or only talked of; sizes; what came before."""
    line = scene.line
    phrases = ["^", *_phrases(line), "$"]
    found = {_plain(word) for word in line.typed}
    found.update(phrases)
    found.update(f"{before} {phrase}" for before, phrase in pairwise(phrases))
    found.update(_told_or_talked(scene))
    found.update(f"person:{person.who}" for person in scene.people)
    found.update(f"day:{when.sort}" for when in scene.whens)
    found.update(_sizes(scene))
    found.add(f"before:{scene.context.partition(':')[0]}")
    found.add(f"context:{scene.question}")
    return found


def _sizes(scene: Scene) -> tuple[str, ...]:
    line = scene.line
    words = len(line) or 1
    return (
        f"words:{min(MOST_STEPS, words // WORDS_A_STEP)}",
        f"lines:{min(MOST_LINES, line.words.count(chr(10)))}",
        f"numbers:{min(MOST_NUMBERS, len(scene.numbers))}",
        f"days:{min(MOST_DAYS, len(scene.whens))}",
        f"talk:{round(4 * len(scene.muted) / words)}",
    )


def _told_or_talked(scene: Scene) -> Iterator[str]:
    """Each list and each meaning, and whether it was told or only asked, quoted, wished."""
    muted = scene.muted
    for kind, matches in scene.line.found.items():
        for first, _, value in matches:
            told = "?" if first in muted else "@"
            yield told + kind
            yield f"{told}{kind}={value}"


def _phrases(line: Line) -> Iterator[str]:
    """The message with each phrase of a lexicon as its meaning, the longest first."""
    cover: list[str | None] = [None] * len(line)
    starts = set(range(len(line)))
    for _, first, after, name in sorted(_matches(line)):
        if not any(cover[first:after]):
            cover[first:after] = [name] * (after - first)
            starts.difference_update(range(first + 1, after))
    for at, (meaning, word) in enumerate(zip(cover, line.words, strict=True)):
        if at in starts:
            yield meaning or _plain(word)


def _matches(line: Line) -> Iterator[tuple[int, int, int, str]]:
    for kind, matches in line.found.items():
        if kind != UNTELLING:
            for first, after, value in matches:
                meaning = "" if kind in BY_LIST or len(value) > SHORT else value
                yield first - after, first, after, f"<{kind}={meaning}>"


def _plain(word: str) -> str:
    """Which figure it is tells nothing; an end of a line is a sign of its own."""
    return "#" if word[0].isdecimal() else "¶" if word == "\n" else word
