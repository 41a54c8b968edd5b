"""Who is spoken of: the writer, the family, somebody else by name or office, or the writer with others."""

from operator import itemgetter

from understanding.persons.called import (
    CALLED_AFTER,
    NAME_LEADERS,
    calls_everyone,
    is_called,
    is_of_body,
    is_some_friend,
)
from understanding.persons.household import (
    FAMILY,
    GROUP,
    OTHER,
    SELF,
    Person,
    bare_child,
    with_own_children,
    without_their_bodies,
)
from understanding.persons.kin import own_kin
from understanding.persons.named_em import is_of_ours, named_em, opens
from understanding.persons.person_names import (
    ORDINARY,
    SURNAMES,
    TITLES,
    full_name,
    is_another_word,
    name_from,
    small_full_name,
)
from understanding.persons.speaker import speaker
from understanding.phrases.lexicon import NAMED_PLACES, function_words, lexicon
from understanding.phrases.line import Line
from understanding.phrases.settle import Match
from understanding.reading import Nicknames

POSSESSORS = function_words("people.possessors")
MARKED_POSSESSORS = function_words("people.marked_possessors")
SURE_WHEN_BARE = function_words("people.sure_when_bare")
"""Forms of address that mean nothing else when typed without marks; "di", "co", "ba", "con" could be anything."""
BELONGINGS = function_words("people.belongings")
BARE_BELONGINGS = function_words("people.bare_belongings")
BEFORE_NAMES = NAME_LEADERS | SURNAMES
BEFORE_A_FIGURE = frozenset({"co", "do", "them"})
"""Behind these "ba em" are three of them, and no father."""
LONGEST_ROLE = 4


def people(line: Line, nicknames: Nicknames | None = None) -> list[Person]:
    """Everybody mentioned, from left to right; people merely addressed are left out."""
    found: list[Person] = []
    starts = _starts(line)
    heads = {*starts, *[first for first, _, _ in line.of("given_names") if line.raw[first].istitle()]}
    if not BEFORE_NAMES.isdisjoint(line.typed):
        heads.update([at for at, word in enumerate(line.typed) if word in BEFORE_NAMES])
    if not line.has_marks:
        heads.update([at for at, word in enumerate(line.words) if word == "toi" or word in TITLES])
    done = 0
    for at in sorted(heads):
        person = _led_name(line, at) or _person_at(line, at, starts.get(at)) if at >= done else None
        if person is not None:
            done = max(person.after, at + 1)
            if person.who:
                found.append(person)
    return _with_nicknames(line, with_own_children(line, without_their_bodies(line, found)), nicknames)


def _starts(line: Line) -> dict[int, dict[str, Match]]:
    table: dict[int, dict[str, Match]] = {}
    things = {first for first, after, _ in line.of("not_people") if after - first > 1}
    days = {at for first, after, _ in line.of("weekdays") for at in range(first + 1, after)}
    for kind in ("family", "pronouns", "others"):
        for match in line.of(kind):
            first = match[0]
            if first in things and match[1] == first + 1:
                continue  # "con đường xuống xã"
            if first in days or (line.words[first] == "phong" and _prevents(line, first)):
                continue  # "thứ Ba em nghỉ" is Tuesday, no father
            if first in table:
                table[first][kind] = match
            else:
                table[first] = {kind: match}
    return table


def _prevents(line: Line, at: int) -> bool:
    """The "phòng em" of "sau khi tiêm phòng em hơi ớn lạnh"."""
    return at > 0 and line.words[at - 1] in ("tiem", "chich")


def _person_at(line: Line, at: int, here: dict[str, Match] | None) -> Person | None:
    if here is None:
        return _fully_named(line, at) or _bare_name(line, at) or _bare_me(line, at)
    return own_kin(line, at) or _spoken_of(line, at, here)


def _spoken_of(line: Line, at: int, here: dict[str, Match]) -> Person | None:
    family, pronoun, other = here.get("family"), here.get("pronouns"), here.get("others")
    if pronoun and pronoun[2] in (SELF, "either"):
        named = _titled(line, at, pronoun) or (_in_office(line, at, pronoun[1]) if pronoun[2] == "either" else None)
        if named:
            return named
    longest = max([match for match in (family, other, pronoun) if match], key=itemgetter(1))
    if longest is family:
        if line.words[at : at + 2] == ["ba", "em"] and at and line.words[at - 1] in BEFORE_A_FIGURE:
            return Person(at, family[1], OTHER)
        return Person(at, _skip_possessor(line, family[1]), FAMILY, None)
    if longest is other:
        return _by_office(line, at, other[1])
    return _pronoun(line, pronoun or longest)


def _in_office(line: Line, at: int, after: int) -> Person | None:
    """ "chị trưởng phòng", "anh CEO": somebody by what he does, not the writer."""
    for first, end, _ in line.of("others"):
        if first == after:
            return Person(at, end, OTHER)
    letters = line.raw[after] if after < len(line.words) else ""
    if not (letters.isupper() and letters.isalpha() and 1 < len(letters) <= LONGEST_ROLE) or line.is_calmed:
        return None
    told = any(first == after for kind in ("presence_words", "count_fields") for first, _, _ in line.of(kind))
    return None if told or _is_of_place(line, after) else Person(at, after + 1, OTHER, None, 0.85)  # "anh WFH" is none


def _by_office(line: Line, at: int, end: int) -> Person | None:
    """Called by what he is: "giám đốc Hùng"; "Hạnh, Trưởng phòng Nội vụ" is the one named before, and "Nội" no name."""
    if any(first == end for first, _, _ in line.of("unit_names")):
        return None if line.words[at - 1 : at] == [","] else Person(at, end, OTHER)
    name, after = name_from(line, end)
    if name is None:
        name, after = small_full_name(line, end)
    if name is None and line.is_calmed and end < len(line) and line.typed[end] in lexicon("given_names"):
        name, after = line.written(end, end + 1).title(), end + 1  # "THƯỢNG ÚY THÀNH"
    return Person(at, after, OTHER, name)


def _is_leader(line: Line, at: int) -> bool:
    """ "nhỏ", "lão", "Mr." before a name; other words without one."""
    if line.typed[at] in NAME_LEADERS:
        return not _says_where(line, at)
    if at and line.words[at - 1] in UNIT_HEADS and line.raw[at].istitle():
        return False  # "thon Ban Lac"
    bare = not line.has_marks and line.words[at] in TITLES and at + 1 < len(line)
    return bare and line.raw[at + 1].istitle() and not line.raw[at].isupper() and not _is_of_place(line, at)


def _says_where(line: Line, at: int) -> bool:
    """The "o" of "di mo mat o Vinh" is "ở", and nobody's aunt."""
    return line.typed[at] == "o" and not line.has_marks and _is_of_place(line, at)


def _is_of_place(line: Line, at: int) -> bool:
    """The word, or the one behind it, begins the name of a place: "Bac Giang", "ve Hue"."""
    return any(first in (at, at + 1) for kind in NAMED_PLACES for first, _, _ in line.of(kind))


def _led_name(line: Line, at: int) -> Person | None:
    if (line.has_marks and line.typed[at] not in NAME_LEADERS) or not _is_leader(line, at) or at + 2 >= len(line):
        return None
    first = at + 1 + (line.words[at + 1] == ".")
    name, after = name_from(line, first) if line.raw[first].istitle() else (None, first)
    return Person(at, after, OTHER, name) if name else None


def _bare_me(line: Line, at: int) -> Person | None:
    """ "toi" without marks is "tôi" at the head of a clause, unless a day follows ("toi nay")."""
    if line.has_marks or line.words[at] != "toi" or line.typed[at] != "toi":
        return None
    if line.words[at + 1 : at + 2] == ["qua"] and _is_of_place(line, at + 1):
        return Person(at, at + 1, SELF, None, 0.85)  # "toi qua Bac Lieu"
    if (at and line.clauses[at - 1] == line.clauses[at]) or line.words[at + 1 : at + 2] in (
        ["nay"],
        ["qua"],
        ["mai"],
        ["ve"],
        ["thu"],
        ["hom"],
        [],
    ):
        return None
    return Person(at, at + 1, SELF, None, 0.85)


def _skip_possessor(line: Line, at: int) -> int:
    while at < len(line) and (line.words[at] in POSSESSORS or line.typed[at] in MARKED_POSSESSORS):
        at += 1
    return at


def _titled(line: Line, at: int, title: tuple[int, int, str]) -> Person | None:
    """ "anh Quân", "chị thu", "em Phúc"; "Em Thảo P.KT xin …" at the head is the writer herself."""
    name, after = name_from(line, title[1])
    if (
        name is None
        or _says_where(line, at)
        or (at and line.words[at - 1] in UNIT_HEADS and line.raw[at].istitle() and line.raw[at - 1].islower())
    ):
        return None
    after = next((end for first, end, _ in line.of("others") if first == after), after)
    if (
        line.words[at] == "em"
        and "xin" in line.words[after : after + 5]
        and not any(a < at and line.clauses[a] == line.clauses[at] for a, _, _ in line.of("pronouns"))
    ):
        return Person(at, after, SELF, None, 0.75)
    if line.words[at] in ("con", "thang") and "nó" in line.typed[after:]:
        return Person(at, after, OTHER, name)  # "con Thắm xin nghỉ … đám tang ông ngoại nó"
    if line.words[at] in ("em", "chau", "con") and opens(line, at) and not is_of_ours(line, after):
        return named_em(line, at, after, name)
    if (
        after < len(line)
        and line.words[after] in CALLED_AFTER
        and not (after + 1 < len(line) and line.words[after] == "a")
        and line.words[max(at - 1, 0)] not in ("ma", "la")
    ):
        return Person(at, after, "")
    return Person(at, after, OTHER, name, 1.0 if line.raw[title[1]][:1].isupper() else 0.75)


def _pronoun(line: Line, match: tuple[int, int, str]) -> Person | None:
    first, after, value = match
    if not line.has_marks and after == first + 1 and line.words[first] not in SURE_WHEN_BARE:
        return bare_child(line, first) or (Person(first, after, "") if line.typed[first] == line.words[first] else None)
    if value == GROUP and line.words[after - 1] in TITLES and line.words[after - 1] != "em":
        return _couple(line, first, after)
    if value in (OTHER, GROUP) or is_some_friend(line, first):
        return _others(line, first, after, GROUP if value == GROUP else OTHER)
    if first and (
        line.typed[first - 1] in BELONGINGS or (not line.has_marks and line.words[first - 1] in BARE_BELONGINGS)
    ):
        return Person(first, after, "")
    if is_of_body(line, first) or (value == "either" and is_called(line, first, after)):
        return Person(first, after, "")
    return speaker(line, match)


def _others(line: Line, first: int, after: int, value: str) -> Person:
    is_called = (after < len(line) and line.words[after] == "oi") or calls_everyone(line, first, after)
    if is_called or is_of_body(line, first):
        return Person(first, after, "")
    return Person(first, _skip_possessor(line, after) if value == GROUP else after, value)


def _couple(line: Line, first: int, after: int) -> Person:
    """ "vợ chồng anh Hải" are others, "vợ chồng chú" mostly the writer's own."""
    name, end = name_from(line, after)
    return Person(first, end, OTHER if name else GROUP, name, 0.7)


def _fully_named(line: Line, at: int) -> Person | None:
    end = full_name(line, at)
    return Person(at, end, OTHER, line.written(at, end), 0.85) if end else None


def _bare_name(line: Line, at: int) -> Person | None:
    """ "Hùng phòng KT bị sốt": a capitalised given name without a title."""
    if (
        not line.raw[at].istitle()
        or len(line.raw[at]) < 2
        or not any(match[0] == at for match in line.of("given_names"))
    ):
        return None
    if line.words[at] in ORDINARY and (not line.has_marks or at == 0 or line.words[at - 1] in ".\n!?"):
        return None
    if is_another_word(line, at):
        return None
    if at and (line.raw[at - 1][:1].isupper() or line.words[at - 1] in UNIT_HEADS):
        return None
    name, after = name_from(line, at)
    if after < len(line) and line.words[after] in CALLED_AFTER:
        return Person(at, after, "")
    return Person(at, after, OTHER, name, 0.7) if name else None


UNIT_HEADS = function_words("people.unit_heads")


def _with_nicknames(line: Line, found: list[Person], nicknames: Nicknames | None) -> list[Person]:
    if nicknames is None or not nicknames.people:
        return found
    for first, after, full in line.of("office_people"):
        found = [person for person in found if person.after <= first or person.first >= after]
        found.append(Person(first, after, OTHER, full))
    return sorted(found)
