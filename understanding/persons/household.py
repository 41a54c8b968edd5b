"""Somebody spoken of, whose he is, and which children are of the writer's own house."""

from itertools import pairwise
from typing import NamedTuple

from understanding.phrases.gates import gate
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

SELF, FAMILY, OTHER, GROUP = "self", "family", "other", "group"
CHILDREN_LED = function_words("people.children_led")
SPEAKERS = function_words("household.speakers")
PARENTS = frozenset({"chi", "anh", "co", "chu", "bac", "thay", "sep", "c", "a"})
OWN_HOUSE = function_words("people.own_house")
BODIES = function_words("people.bodies")
OF_BODIES, OF_HOUSES, OF_SCHOOLS = gate(BODIES), gate({"nha", "con"}), gate({"hoc", "lop"})


OWNERS = PARENTS | {"em", "ong", "ba", "ban", "cau", "di"}
THEIRS = frozenset({"ổng", "bả", "ảnh", "cổ", "họ"})
SCHOOL = frozenset({("di", "hoc"), ("den", "lop"), ("toi", "lop"), ("nghi", "hoc"), ("o", "lop")})
MINE = frozenset({"em", "toi", "minh", "tui"})
OF_ONESELF = MINE | {"e"}
FEW_MARKS = 3
TELLS = function_words("scene.said_by") - {"xin"}


class Person(NamedTuple):
    first: int
    after: int
    who: str
    name: str | None = None
    certainty: float = 1.0


def has_it_told(words: list[str]) -> bool:
    """The "nhờ em báo giúp" of "cô Sương nhờ em báo giúp là cô bị ngã xe"."""
    return any(
        word == "nho" and words[at + 1] in MINE and TELLS & set(words[at + 2 : at + 4])
        for at, word in enumerate(words[:-1])
    )


def without_their_bodies(line: Line, found: list[Person]) -> list[Person]:
    """ "chị kế toán phòng em ho": the room behind somebody says whose he is, not who is ill."""
    if not line.gates & OF_BODIES:
        return found
    theirs = {person.after for person in found if person.who == OTHER}
    return [
        person
        for person in found
        if not (person.who == GROUP and person.first in theirs and line.words[person.first] in BODIES)
    ]


def with_own_children(line: Line, found: list[Person]) -> list[Person]:
    found = [_of_another(line, person) if person.who == FAMILY else person for person in found]
    if line.gates & OF_SCHOOLS:
        found = [
            each._replace(who=FAMILY, certainty=0.7) if each.who == SELF and _is_of_school(line, each) else each
            for each in found
        ]
    if not line.gates & OF_HOUSES:
        return found
    found = _with_spouse(line, _children(line, [_of_this_house(line, person) for person in found]))
    return _of_other_houses(line, found)


def _of_another(line: Line, kin: Person) -> Person:
    """ "chồng chị ấy", "mẹ ổng", "vợ của anh ấy": of the house of the one just spoken of."""
    at = kin.after + (line.words[kin.after : kin.after + 1] == ["cua"])
    for owner in (at - 1, at):
        if kin.first < owner and line.words[owner + 1 : owner + 2] == ["ay"] and line.words[owner] in OWNERS:
            return Person(kin.first, owner + 2, OTHER, None, 0.9)
    if at < len(line) and line.typed[at] in THEIRS and kin.after == kin.first + 1:
        return Person(kin.first, at + 1, OTHER, None, 0.9)
    return kin


def _of_other_houses(line: Line, found: list[Person]) -> list[Person]:
    """ "con của anh Tuấn", "bé Na con chị Hoa": somebody else's child, not the writer's and not the parent."""
    kept: list[Person] = []
    for person in found:
        child = kept[-1] if kept else None
        between = line.words[child.after : person.first] if child else ["."]
        if child is None or child.who != FAMILY or between not in ([], ["cua"]) or not _is_parent(line, person):
            kept.append(person)
        elif len(kept) > 1 and kept[-2].name and kept[-2].after == child.first:
            kept[-2:] = [kept[-2]._replace(after=person.after, who=OTHER)]
        else:
            kept[-1] = Person(child.first, person.after, OTHER, None, 0.7)
    return kept


def _is_parent(line: Line, person: Person) -> bool:
    return bool(person.name) and person.who == OTHER and line.words[person.first] in PARENTS


def _with_spouse(line: Line, found: list[Person]) -> list[Person]:
    """ "Nhà tôi bị viêm họng": husband or wife, not the house."""
    if "nha" not in line.words:
        return found
    ills = {first for first, _, _ in line.of("symptoms")}
    return sorted([*found, *(Person(at, at + 2, FAMILY) for at in range(len(line) - 2) if _is_spouse(line, at, ills))])


def _is_spouse(line: Line, at: int, ills: set[int]) -> bool:
    if not line.means(at, "nhà") or line.words[at + 1] not in SPEAKERS:
        return False
    opens = at == 0 or line.clauses[at - 1] != line.clauses[at]
    later = [tuple(line.words[each : each + 2]) for each in range(at + 2, len(line) - 1)]
    if opens and not {("ba", "ay"), ("ong", "ay")}.isdisjoint(later):
        return True  # "Nhà tôi dạo này trở trời, bà ấy cứ nhức đầu"
    return opens and (at + 2 in ills or (line.words[at + 2] in ("bi", "dang", "cung") and at + 3 in ills))


def _of_this_house(line: Line, person: Person) -> Person:
    """ "bé Na nhà em", "thằng Bin con tôi": a child of the writer's."""
    if not person.name or person.who != OTHER or line.words[person.after : person.after + 1] not in (["nha"], ["con"]):
        return person
    owner = line.words[person.after + 1 : person.after + 2]
    child = line.words[person.first] in CHILDREN_LED
    return Person(person.first, person.after + 2, FAMILY) if child and owner and owner[0] in OWN_HOUSE else person


def _is_of_school(line: Line, person: Person) -> bool:
    """ "cháu bị viêm họng, mai cháu đi học lại": told by a parent."""
    pairs = set(pairwise(line.words))
    return line.words[person.first] in ("chau", "con") and bool(SCHOOL & pairs) and "xin" not in line.bag


def bare_child(line: Line, at: int) -> Person | None:
    """ "sáng nay con ho sốt, em xin nghỉ": where other words wear their marks "con" is a child and not "còn"."""
    ill = line.typed[at] == "con" and any(first == at + 1 for first, _, _ in line.of("symptoms"))
    opens = not at or line.clauses[at - 1] != line.clauses[at] or any(end == at for _, end, _ in line.of("day_words"))
    if not (ill and opens) or MINE.isdisjoint(line.words[at + 1 :]):
        return None
    marked = sum(not typed.isascii() for typed in line.typed)
    return Person(at, at + 1, FAMILY, None, 0.7) if marked >= FEW_MARKS else None


def _sick_child(line: Line, person: Person) -> Person:
    """The child of "nghỉ nha, con sốt": who is away and who is ill stand in clauses of their own; to be asked about."""
    ill = any(first - person.after in (0, 1) for first, _, _ in line.of("symptoms"))
    away = any(line.clauses[first] < line.clauses[person.first] for first, _, _ in line.of("presence_words"))
    return person._replace(who=FAMILY, certainty=0.7) if ill and away else person


def _children(line: Line, found: list[Person]) -> list[Person]:
    """ "con ốm" said by one who calls herself otherwise is her child."""
    if all(person.who == SELF and line.words[person.first] == "con" for person in found):
        return [_sick_child(line, found[0])] if len(found) == 1 else found
    return [
        person._replace(who=FAMILY)
        if person.who == SELF and line.words[person.first : person.after] == ["con"]
        else person
        for person in found
    ]
