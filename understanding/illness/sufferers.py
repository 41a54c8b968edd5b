"""Whose illness it is: the last one named, one of a class, some people counted, or whom the sentence before told of."""

from understanding.illness.symptoms import Symptom
from understanding.persons.household import FAMILY, OTHER, SELF, Person
from understanding.persons.person_names import given_name
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

CHILDREN = function_words("people.children")


def sufferer(scene: Scene, ill: Symptom) -> Person | None:
    person = scene.subject(ill.first)
    counted = _counted_people(scene, ill, person.after if person else 0)
    if counted is None and person is not None and _is_counted_case(scene, ill.first - 1):
        return Person(ill.first - 1, ill.first, OTHER, None, 0.7)
    if counted is not None or person is None:
        return counted or _carried_over(scene, ill)
    return _of_class(scene, person) if person.who in (SELF, FAMILY) else person


def _of_class(scene: Scene, person: Person) -> Person:
    """A child of a class, or some of them, where the words might mean the writer's own."""
    if scene.line.words[person.after : person.after + 1] == ["nao"]:
        return person._replace(who=OTHER, certainty=0.85)  # "không có bé nào sốt"
    if person.who == FAMILY and _is_one_of_class(scene, person):
        name, after = given_name(scene.line, person.after)
        return Person(person.first, after, OTHER, name, 0.7)
    if _is_some_of_class(scene, person):
        return person._replace(who=OTHER, certainty=0.85)
    return person._replace(who=OTHER) if person.who == SELF and scene.is_counted(person) else person


def _is_counted_case(scene: Scene, at: int) -> bool:
    """ "phòng em có 2 ca sốt": some of the unit, not all of it."""
    return at > 0 and scene.line.typed[at] == "ca" and any(number.after == at for number in scene.numbers)


def _is_some_of_class(scene: Scene, person: Person) -> bool:
    """ "lớp Lá 2 có 3 bé đỏ mắt": a number of somebody else's children."""
    behind_number = any(number.after == person.first for number in scene.numbers)
    return behind_number and any(after < person.first for _, after, name in scene.units if name)


def _is_one_of_class(scene: Scene, person: Person) -> bool:
    """ "lớp chồi có bé bảo ngọc nổi ban": one of those a unit has."""
    has = scene.line.words[max(person.first - 1, 0)] == "co"
    return has and any(after == person.first - 1 for _, after, name in scene.units if name)


def _counted_people(scene: Scene, ill: Symptom, start: int) -> Person | None:
    """ "một hộ 4 người sốt": some people stand between the last person named and the illness."""
    line = scene.line
    ends = {number.after for number in scene.numbers}
    for first, after, value in line.of("people_nouns"):
        if (
            (value == "person" or (start and line.words[first] in CHILDREN))
            and start <= first < ill.first
            and first in ends
            and line.sentences[first] == line.sentences[ill.first]
        ):
            return Person(first, after, OTHER)
    return None


def _carried_over(scene: Scene, ill: Symptom) -> Person | None:
    """ "Con em sốt. Ho nữa.": the sentence before told of whom."""
    line = scene.line
    before = [
        person
        for person in scene.people
        if person.first < ill.first and line.sentences[person.first] == line.sentences[ill.first] - 1
    ]
    return before[0] if before and before[0].who in (FAMILY, OTHER) else None
