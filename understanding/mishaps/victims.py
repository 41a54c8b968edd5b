"""Whom an incident happened to, and how many they are."""

from understanding.numbers import number_at
from understanding.persons.household import FAMILY, GROUP, MINE, OTHER, SELF, SPEAKERS, Person
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.phrases.settle import Match
from understanding.scene import Scene

COUNTABLE = frozenset({"f0_case", "f1_contact", "accident"})
NEIGHBOURS = function_words("incident.neighbours")
UNIT_WORDS = function_words("units.unit_words")
STRIKING = function_words("incident.striking")
KIN = frozenset({"nha", "me", "bo", "cha", "vo", "chong"})
SERVED = frozenset({"khach", "nhan", "bn"})
BEDS = frozenset({"giuong", "nha"})
NUMBERED = function_words("counts.numbered")


def victim(scene: Scene, match: Match) -> Person | None:
    """The subject of the sentence, or the last one named; "là cháu Bảo" behind it tells who."""
    behind = _named_behind(scene, match)
    if behind is not None:
        return behind
    person = scene.subject(match[0])
    before = [each for each in scene.people if each.first < match[0]]
    if person is None:
        return before[-1] if before else None
    if person.who == SELF and (_is_of_a_unit(scene, person) or scene.line.words[person.first] == "sep"):
        return person._replace(who=OTHER)
    if person.who == SELF and (_is_one_of_two(scene, person) or _only_serves(scene, person)):
        return person._replace(who=OTHER, certainty=0.7)
    return _led_by(scene, person, before)


def _is_of_a_unit(scene: Scene, person: Person) -> bool:
    """ "anh bên tổ 3 bị ngã", "bạn ở xưởng 2": not the writer, though the word might mean him."""
    line = scene.line
    if line.words[person.after : person.after + 1] == ["lop"]:
        return True  # "em lớp 4 bị té"
    either = any(first == person.first and value == "either" for first, _, value in line.of("pronouns"))
    told = line.words[person.after : person.after + 1] in (["ben"], ["o"], ["duoi"], ["trong"])
    return either and told and any(first == person.after + 1 for first, _, _ in scene.units)


def _only_serves(scene: Scene, person: Person) -> bool:
    """ "khách em bán thuốc hôm qua là F0", "bn giường 5 em chăm dương tính": the one before is meant."""
    words, at = scene.line.words, person.first
    numbered = at > 1 and words[at - 1].isdecimal() and words[at - 2] in BEDS | {"phong"}
    return words[max(at - 1, 0)] in SERVED or (numbered and bool(SERVED & set(words[max(at - 4, 0) : at])))


def _is_one_of_two(scene: Scene, person: Person) -> bool:
    """ "cô thu với cô lài": two people called alike, each with some word behind; the writer is neither."""
    line, at = scene.line, person.first
    title = line.words[at]
    either = any(first == at and value == "either" for first, _, value in line.of("pronouns"))
    before, behind = line.words[max(at - 3, 0) : at], line.words[at + 2 : at + 4]
    return either and (
        (before[:1] == [title] and before[-1:] in (["voi"], ["va"])) or (behind in (["voi", title], ["va", title]))
    )


def _named_behind(scene: Scene, match: Match) -> Person | None:
    """ "có 1 ca lên 2 vạch, là cháu Bảo con chú Sáu"."""
    line = scene.line
    for person in scene.people:
        if person.name and person.first == match[1] and line.words[match[1] - 1] in STRIKING:
            return person._replace(who=OTHER)  # "con trâu húc chị Lành té"
        if match[1] < person.first <= match[1] + 3 and person.name and line.words[person.first - 1] == "la":
            return person._replace(who=OTHER)
    return None


def _led_by(scene: Scene, person: Person, before: list[Person]) -> Person:
    """ "bạn cùng phòng trọ với em", "chị Như kế bên bàn em": the writer only tells where that one sits."""
    line = scene.line
    if person.who != SELF or not person.first or line.words[person.first - 1] not in NEIGHBOURS:
        return person
    leaders = [each for each in before if each.who == OTHER and line.clauses[each.first] == line.clauses[person.first]]
    return leaders[0] if leaders else person


def _there_is(scene: Scene, match: Match) -> bool:
    """ "dãy trọ em có F0", "xóm mình có ca dương tính": somebody near is ill."""
    before = scene.line.words[max(match[0] - 2, 0) : match[0]]
    return before[-1:] == ["co"] or before in (["phat", "hien"], ["xuat", "hien"], ["co", "ca"])


def who(scene: Scene, match: Match, person: Person | None) -> str | None:
    value = match[2]
    if value not in COUNTABLE:
        return None
    counted = how_many(scene, match) is not None and not _is_of_self(scene, match)
    counted = counted or (value == "accident" and _is_of_vehicles(scene, match))
    if (counted and not _met_one(scene, match)) or (
        person is not None
        and person.who in (SELF, "group")
        and not _met_one(scene, match)
        and (_some_others(scene, person, match) or (value == "f0_case" and _there_is(scene, match)))
    ):
        return OTHER
    if (
        person is None
        and {"em", "tôi", "mình"} & set(scene.line.typed)
        and not any(
            kind == "person" and scene.line.words[max(first - 1, 0)] != "moi"
            for first, _, kind in scene.line.of("people_nouns")
        )
    ):
        return SELF
    if person is not None and person.who == "group" and KIN & set(scene.line.words[person.first : person.after]):
        return FAMILY  # "cả nhà em", "hai mẹ con em"
    if person is None:
        return OTHER if scene.line.of("people_nouns") or scene.line.of("units") or value == "accident" else SELF
    told = {SELF, FAMILY, OTHER} | ({GROUP} if value == "f1_contact" and _is_company(scene, person) else set())
    return person.who if person.who in told else OTHER


def _met_one(scene: Scene, match: Match) -> bool:
    """ "mình vừa tiếp xúc với 1 ca F0": the figure counts whom one met."""
    words = scene.line.words
    return any(
        words[number.first - 1] == "voi" for number in scene.numbers if number.first and number.after <= match[1]
    )


def _is_company(scene: Scene, person: Person) -> bool:
    """ "em và chị Vân ngồi cùng xe nên thuộc diện F1"."""
    return scene.line.words[person.first] in SPEAKERS and person.after - person.first > 2


def _is_of_vehicles(scene: Scene, match: Match) -> bool:
    """ "em đang trên đèo, xe tải lật đè 1 xe máy": the clause tells of a vehicle and of nobody."""
    line = scene.line
    clause = line.clauses[match[0]]
    things = [after for first, after, _ in line.of("not_people") if line.clauses[first] == clause and first < match[0]]
    told = bool(things) and not any(_is_own(line.words[after : after + 2]) for after in things)
    return told and not any(line.clauses[person.first] == clause for person in scene.people)


def _is_own(behind: list[str]) -> bool:
    """The "em bị" of "xe máy em bị xe container quẹt ngã"."""
    return behind[1:] == ["bi"] and behind[0] in MINE


def _is_of_self(scene: Scene, match: Match) -> bool:
    """Somebody of the writer's own is told of in the clause: "em là F1"."""
    line = scene.line
    nouns = {first for first, _, _ in line.of("people_nouns") if first and line.words[first - 1].isdecimal()}
    return any(
        person.who in (SELF, FAMILY, "group") and person.first not in nouns
        for person in scene.people
        if person.first < match[0] and line.clauses[person.first] == line.clauses[match[0]]
    )


def _some_others(scene: Scene, person: Person, match: Match) -> bool:
    """ "chúng em có 3 bạn F1": a number of people behind the writer's own unit (not the nought of "F0 anh ạ")."""
    return any(
        number.first >= person.after
        and not match[0] <= number.first < match[1]
        and any(first == number.after for first, _, _ in scene.line.of("people_nouns"))
        for number in scene.numbers
    )


def how_many(scene: Scene, match: Match) -> int | None:
    line = scene.line
    named = [each for each in scene.people if each.name or line.words[each.first : each.after] == ["ba", "em"]]
    taken = scene.busy_days.union(*(range(each.first, each.after) for each in named))
    taken |= {each.first + 1 for each in scene.people if each.who == FAMILY}  # "anh hai em"
    floor = _behind_the_case(line, match) if match[2] == "f1_contact" else 0
    for first, _, _ in line.of("people_nouns"):
        if line.sentences[first] != line.sentences[match[0]] or first < floor:
            continue
        number = next((each for each in scene.numbers if each.after == first), None)
        number = number or (number_at(line, first - 1) if first else None)
        if number is None or number.first in taken or only_tells_where(scene, number.first):
            continue  # "hôm thứ 7 em ngồi sát chị ấy", "ba em ngã cầu thang", "bn giường 5 em chăm"
        if number.after == first and not match[0] <= number.first < match[1]:
            return int(number.value)
    number = number_at(line, match[0] - 1) if match[0] else None
    if number is not None and only_tells_where(scene, number.first):
        return None
    if number is not None and any(each.first <= number.first < each.after for each in scene.people):
        return None  # "chị Ba té xuồng"
    if number is not None and any(first < number.first < after for first, after, _ in scene.units):
        return None  # "chị công nhân chuyền 5 bị kim đâm"
    return int(number.value) if number is not None and number.after == match[0] and number.value < 1000 else None


def _behind_the_case(line: Line, contact: Match) -> int:
    """People before a case are those who are ill, not those who met them."""
    told = line.of("incident_words")
    return max((after for _, after, value in told if value == "f0_case" and after <= contact[0]), default=0)


def only_tells_where(scene: Scene, at: int) -> bool:
    """ "giường 5", "tổ 3", "lần 2": a figure that counts nobody."""
    return at > 0 and scene.line.words[at - 1] in NUMBERED | UNIT_WORDS | BEDS


def led_number(scene: Scene, match: Match) -> int | None:
    """The figure right before it, or before a word for people: "14 trường hợp tiếp xúc gần"."""
    starts = {first for first, after, _ in scene.line.of("people_nouns") if after == match[0]} | {match[0]}
    return next((int(number.value) for number in scene.numbers if number.after in starts), None)


def has_number(scene: Scene, match: Match) -> bool:
    """A figure of people stands some words before it."""
    near = range(max(match[0] - 5, 0), match[0])
    return any(each.first in near and not only_tells_where(scene, each.first) for each in scene.numbers)
