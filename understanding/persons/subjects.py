"""Of whom words are told: the last person mentioned before them who is no mere object, and for whom a pronoun stands."""

from typing import TYPE_CHECKING

from understanding.persons.household import OTHER, SELF, Person, has_it_told
from understanding.phrases.lexicon import function_words

if TYPE_CHECKING:
    from understanding.scene import Scene

ASKED_OF = function_words("scene.asked_of")
AILING = 16
"""So many words behind a name, and what ails him, may the pronoun for him stand."""
LONGEST_PRONOUN = 2
TAKEN = function_words("scene.taken")
BARE_TAKEN = function_words("scene.bare_taken")
TITLES = function_words("scene.titles")
SAID_BY = function_words("scene.said_by")
THIRD_PERSON = function_words("scene.third_person")


def subject_of(scene: "Scene", at: int, after: int) -> Person | None:
    """The last person mentioned before a word in its sentence (not before the word `after`)."""
    line = scene.line
    last: Person | None = None
    for person in scene.people:
        if person.first >= at:
            break
        if person.first in scene.objects:
            continue
        if person.first >= after and line.sentences[person.first] == line.sentences[min(at, len(line) - 1)]:
            last = person
    return None if last is None else _company(scene, _resumed(scene, last))


def is_visited(scene: "Scene", at: int) -> bool:
    """ "ra Đà Nẵng thăm bà cụ ốm", "vào thăm anh Tuấn nằm viện": whom these words tell of is visited, and ill or away anyway."""
    line = scene.line
    return "tham" in line.bag and any(
        line.means(person.first - 1, "thăm") and line.clauses[person.first] == line.clauses[at]
        for person in scene.people
        if 0 < person.first < at
    )


def objects_in(scene: "Scene") -> frozenset[int]:
    """The first words of people to whom something is only done, or who only tell where."""
    return frozenset(person.first for person in scene.people if _is_object(scene, person))


def _is_object(scene: "Scene", person: Person) -> bool:
    """ "chở đoàn", "phòng bên" behind a name: people taken along or named only to tell where."""
    before = scene.line.typed[person.first - 1] if person.first else ""
    taken = before in TAKEN or (not scene.line.has_marks and before in BARE_TAKEN)
    taken = taken and not (before == "của" and scene.line.words[person.after : person.after + 1] == [":"])
    if taken and (person.who == "group" or (person.who == OTHER and (not person.name or _is_led(scene, person)))):
        return True
    if person.who == SELF and before in ASKED_OF and _is_led(scene, person):
        return True
    if taken and person.who == SELF and scene.line.words[person.first] in TITLES and _is_led(scene, person):
        return True
    if "gom" in scene.line.words[max(person.first - 2, 0) : person.first]:
        return True
    if (
        person.who == OTHER
        and not person.name
        and any(other.who == "family" and other.after == person.first for other in scene.people)
    ):
        return True
    near = any(other.name and _adjoins(scene, other, person) for other in scene.people)
    return near and person.who in ("group", OTHER) and not person.name


def _adjoins(scene: "Scene", named: Person, person: Person) -> bool:
    """At most two words stand between, and none that lists or introduces."""
    if not 0 <= person.first - named.after <= 2:
        return False
    return not {",", "va", "voi", ":"} & set(scene.line.words[named.after : person.first])


def _is_led(scene: "Scene", person: Person) -> bool:
    """Somebody else leads the clause in which this person is only company."""
    clauses = scene.line.clauses
    return any(other.first < person.first and clauses[other.first] == clauses[person.first] for other in scene.people)


def _company(scene: "Scene", person: Person) -> Person:
    """ "chị Hương và anh Tú": both names."""
    others = [each for each in scene.people if each.name and each.after + 1 == person.first]
    if person.name and others and scene.line.words[person.first - 1] in ("va", ",", "voi", "cung"):
        return person._replace(name=f"{others[-1].name}, {person.name}")
    return person


def _resumed(scene: "Scene", person: Person) -> Person:
    """ "Mẹ em … bà khỏe", "chị Thu … chị ấy": the pronoun stands for the person named before."""
    if person.name or not any(match[0] == person.first for match in scene.line.of("pronouns")):
        return person
    word = scene.line.words[person.first]
    if person.after - person.first > LONGEST_PRONOUN and scene.line.words[person.after - 1] == "ay":
        return person  # "cháu nhà chị ấy"
    if named := [each for each in scene.people if _is_called_alike(scene, each, person)]:
        return _told_again(scene, named[-1], person)
    if person.who == OTHER or (word in THIRD_PERSON and person.who == SELF):
        earlier = [each for each in scene.people if each.first < person.first]
        third = [each for each in earlier if each.who in ("family", OTHER)]
        if not third and word == "no" and earlier and earlier[-1].who == SELF:
            return earlier[-1]  # "dì hết đau lưng mà giờ nó qua ho": the illness itself is "nó"
        return third[-1] if third else person
    return person


def _told_again(scene: "Scene", named: Person, person: Person) -> Person:
    """Somebody named before; or the writer, who may be called alike: "thầy Khang bận, thứ tư thầy mới lên lớp"."""
    if person.who == OTHER:
        return named
    unsure = min(person.certainty, 0.7)
    return (named if _speaks_through(scene, named, person) else person)._replace(certainty=unsure)


def _is_called_alike(scene: "Scene", named: Person, person: Person) -> bool:
    """ "Anh Nam … anh", "đ/c Hoài … đ/c": the same form of address."""
    words = scene.line.words
    return (
        bool(named.name)
        and named.who == OTHER
        and named.first < person.first
        and words[named.first] == words[person.first]
    )


def _speaks_through(scene: "Scene", named: Person, person: Person) -> bool:
    """ "Anh Nam báo nhà có tang, anh về quê": what somebody with a name lets the writer say; nobody calls himself "đ/c"."""
    between = scene.line.words[named.after : person.first]
    told = (
        between[:1] != ["xin"]  # "chị Ba xin báo mốt chị về" is she herself
        and any(word in SAID_BY for word in between)
        and scene.line.sentences[named.first] == scene.line.sentences[person.first]
    )
    me = any(
        each.who == SELF and scene.line.words[each.first] != scene.line.words[named.first] for each in scene.people
    )
    ails = any(
        named.after <= at < person.first <= named.after + AILING for at, _, _ in scene.line.of("symptoms")
    )  # "c Trâm p.KH-TC bị đau mắt đỏ, c làm ở nhà"
    return (
        ails
        or scene.line.typed[person.first] == "đ"
        or (told and not (me and "nho" in between and not (has_it_told(between) or "bao" in between)))
    )
