"""Who is away, line by line: "Danh sách nghỉ mai:", then "1. Cô Mơ - đưa con đi viện"; or "Vắng sáng nay: chị Hà (con ốm), anh Tú (công tác)"."""

from typing import NamedTuple

from understanding.persons.household import OTHER, Person
from understanding.scene import Scene

HEADS = {"nghi": "leave", "vang": "leave", "phep": "leave", "wfh": "home", "om": "sick"}
REASONS = frozenset({"sick", "leave", "home", "field"})
KIN = frozenset({"con", "chau", "be"})
FEWEST = 2
LONGEST_HEAD = 12
SIGNS = frozenset("\n,;-–•+*")


class Absence(NamedTuple):
    """One line of the list: where it begins, what it says, who it is."""

    first: int
    status: str
    person: Person


def listed_absences(scene: Scene) -> list[Absence]:
    """The people below or behind a heading of absence, one each; none unless two or more are named, each at the head of an item."""
    line = scene.line
    if (
        ":" not in line.bag
        or ":" not in line.words[: LONGEST_HEAD + 1]
        or HEADS.keys().isdisjoint(line.words[:LONGEST_HEAD])
    ):
        return []
    colon = line.words.index(":")
    status = next((HEADS[word] for word in line.words[:colon] if word in HEADS), None)
    if status is None or any(person.name and person.first < colon for person in scene.people):
        return []
    if any(line.words[at].isdecimal() and not _is_dated(scene, at) for at in range(colon)):
        return []  # "vắng 2: Hà, Tú" is a figure with its reasons
    heads = [person for person in scene.people if person.name and person.who == OTHER and person.first > colon]
    heads = [person for person in heads if _opens_item(scene, person, colon) and person.first not in scene.muted]
    if len(heads) < FEWEST:
        return []
    ends = [person.first for person in heads[1:]] + [len(line)]
    return [
        Absence(person.first, _reason(scene, person.after, end) or status, person)
        for person, end in zip(heads, ends, strict=True)
    ]


def _is_dated(scene: Scene, at: int) -> bool:
    return any(when.first_word <= at < when.after for when in scene.whens)


def _opens_item(scene: Scene, person: Person, colon: int) -> bool:
    """Right behind the heading, a line's dash or running number, or a comma."""
    words, at = scene.line.words, person.first - 1
    while at > colon and (words[at].isdecimal() or words[at] in ".)/"):
        at -= 1
    return at == colon or words[at] in SIGNS or (words[at] in ("va", "voi") and at > colon + 1)


def _reason(scene: Scene, first: int, after: int) -> str | None:
    """What the line itself says: "(công tác)", "- ốm"; a child that is ill keeps its parent at home on leave."""
    line = scene.line
    for kind in ("presence_words", "count_fields"):
        for at, _, value in line.of(kind):
            if first <= at < after and value in REASONS and at not in scene.muted:
                kin = any(person.who == "family" and first <= person.first < at for person in scene.people)
                return None if kin or KIN & set(line.words[first:at]) else value
    return None
