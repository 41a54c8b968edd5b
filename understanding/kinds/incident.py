"""Something to act on now: a positive test, a contact, an accident, a fire, poison, a leak, a theft."""

from understanding.household import FAMILY, OTHER, SELF, Person
from understanding.kind import Found, report, slot
from understanding.lexicon import function_words
from understanding.numbers import number_at
from understanding.reading import Slot
from understanding.scene import Scene
from understanding.settle import Match
from understanding.units import unit_near

HURT_NEAR = function_words("incident.hurt_near")

RANK = ("food_poisoning", "chemical", "fire", "f1_contact", "f0_case", "security", "accident", "other")
OVER = function_words("incident.over")
STOMACH = frozenset({"nausea_vomiting", "abdominal_pain", "diarrhea"})
BURNING = function_words("incident.burning")
BESIDE = frozenset({"voi", "cung", "gan", "canh", "chung"})
MEALS = function_words("incident.meals")
FEARED = function_words("incident.feared")
HEADINGS = function_words("incident.headings")
NUMBERED = function_words("counts.numbered")
WEAK_HURTS = function_words("incident.weak_hurts")


def read_incident(scene: Scene, used: frozenset[int]) -> Found:
    found = Found()
    matches = [match for match in scene.matches("incident_words") if match[0] not in used and _counts(scene, match)]
    if not matches:
        _many_sick_after_a_meal(scene, found, used)
        return found
    best = min(matches, key=lambda match: (RANK.index(match[2]), match[0]))
    best = _contact_or_case(scene, best, matches)
    _report_one(scene, found, best)
    return found


def _many_sick_after_a_meal(scene: Scene, found: Found, used: frozenset[int]) -> None:
    """ "5 cháu ăn xong nôn, đau bụng": nobody says poison, a colleague would ask."""
    line = scene.line
    if MEALS.isdisjoint(line.words):
        return
    ills = [match for match in scene.matches("symptoms") if match[2] in STOMACH and match[0] not in used]
    if not ills:
        return
    people = _how_many(scene, ills[0])
    if people is None or people < 2:
        return
    span = line.span(ills[0][0], ills[-1][1])
    found.reports.append(
        report(
            "incident",
            0.7,
            type=Slot("food_poisoning", span, 0.7),
            people=slot(people),
            unit=slot(unit_near(scene, ills[0][0])),
        )
    )


def _counts(scene: Scene, match: Match) -> bool:  # noqa: PLR0911  one exit for each rule reads best
    line = scene.line
    first, after, value = match
    before = line.words[max(first - 2, 0) : first]
    if (
        any(word in OVER for word in before[-1:] if line.typed[first - 1] != "nghi")
        and not (before[-1:] == ["bao"] and (value != "fire" or before[0] in ("vua", "da", "goi", "moi")))
    ) or ("khong" in before and value != "accident"):
        return False
    if before and (before[-1] in HEADINGS or line.typed[first - 1] in FEARED):
        return False
    words = line.words
    follower = words[after] if after < len(line) else ""
    if value in ("f0_case", "f1_contact") and (
        follower in (":", "|", "=")
        or any(line.means(at, "giả") for at in range(after, min(after + 2, len(line))))
        or (first and words[first - 1].isdecimal() and int(words[first - 1]) == 0)
    ):
        return False
    if _is_denied(scene, match) or _is_unreal(scene, match):
        return False
    if value == "other":
        return words[first] not in ("ngap", "nuoc", "lu", "mat", "cup") or (
            bool(line.of("units")) and "duong" not in words
        )
    if value == "accident":
        return _hurts(scene, match)
    if value == "fire" and not _burns(scene, match):
        return False
    return not _is_thing(scene, match) or value in ("fire", "security", "chemical")


def _is_denied(scene: Scene, match: Match) -> bool:
    """ "không ai bị thương", "không có F0 nào", "chưa có ca nào"."""
    line = scene.line
    for first, after, value in line.of("negation"):
        if (
            value == "not"
            and after <= match[0]
            and match[0] - after <= 3
            and line.clauses[first] == line.clauses[match[0]]
        ) and "," not in line.words[after : match[0]]:
            return True
    return False


def _is_unreal(scene: Scene, match: Match) -> bool:
    """A drill, a film, or the sum of a month or year: nothing to act on now."""
    line = scene.line
    sentence = line.sentences[match[0]]
    for at, _, mood in line.of("moods"):
        if (mood in ("unreal", "tally") and line.sentences[at] <= sentence) or (mood == "settled" and at > match[0]):
            return True
    if any(
        when.sort == "period"
        and (when.last - when.first).days > 8
        and when.last < scene.today
        and when.first_word < match[0]
        for when in scene.whens
    ):
        return True
    words = line.words
    return any(
        words[at] == "nam" and words[at + 1].isdecimal() and len(words[at + 1]) == 4 and at < match[0]
        for at in range(len(words) - 1)
        if not (at and words[at - 1].isdecimal())
    )


def _burns(scene: Scene, match: Match) -> bool:
    """Without marks "chay" mostly runs; and a processor burns only in talk."""
    line = scene.line
    first, after, _ = match
    if any(
        line.sentences[a] == line.sentences[first] and line.words[a] not in ("xe", "may", "hang", "lo", "tu")
        for a, _, _ in line.of("not_people")
    ):
        return bool(line.of("units"))
    if after - first > 1 or line.typed[first] != "chay":
        return True
    near = line.words[after : after + 2] + line.words[max(first - 1, 0) : first]
    return bool(BURNING & set(near))


def _is_thing(scene: Scene, match: Match) -> bool:
    line = scene.line
    return any(0 <= match[0] - after <= 2 for _, after, _ in line.of("not_people")) and scene.subject(match[0]) is None


def _is_broken_thing(scene: Scene, match: Match) -> bool:
    """ "Cái ghế phòng họp gãy chân": furniture is nobody's accident; a vehicle or a machine may be."""
    line = scene.line
    clause = line.clauses[match[0]]
    things = [
        first
        for first, after, _ in line.of("not_people")
        if line.clauses[first] == clause and first < match[0] and not {"xe", "may", "lo"} & set(line.words[first:after])
    ]
    return bool(things) and not any(line.clauses[person.first] == clause for person in scene.people)


def _hurts(scene: Scene, match: Match) -> bool:
    """A fall or a cut needs somebody it happened to."""
    line = scene.line
    if match[1] - match[0] > 1 or line.words[match[0]] not in WEAK_HURTS:
        return line.words[match[0]] not in WEAK_HURTS or not _is_broken_thing(scene, match)
    if _is_broken_thing(scene, match):
        return False
    near = set(line.words[max(match[0] - 3, 0) : match[1] + 3])
    return bool(near & HURT_NEAR) and (bool(scene.people) or bool(line.of("people_nouns")) or "xe" in near)


def _contact_or_case(scene: Scene, best: Match, matches: list[Match]) -> Match:
    """Beside an F0 the writer's own side is a contact: "con em cách ly vì lớp có F0, em là F2"."""
    if best[2] == "f0_case" and BESIDE & set(scene.line.words[max(best[0] - 2, 0) : best[0]]):
        return (best[0], best[1], "f1_contact")
    words = set(scene.line.words)
    if best[2] == "f0_case" and (
        ("cach" in words and "ly" in words and "vi" in words) or ({"f", "2"} <= words and "la" in words)
    ):
        return (best[0], best[1], "f1_contact")
    if best[2] == "f1_contact" and any(
        match[2] == "f0_case" and match[0] < best[0] and _has_number(scene, match) for match in matches
    ):
        return next(match for match in matches if match[2] == "f0_case")
    return best


def _has_number(scene: Scene, match: Match) -> bool:
    return any(scene.line.words[at].isdecimal() for at in range(max(match[0] - 5, 0), match[0]))


def _report_one(scene: Scene, found: Found, match: Match) -> None:
    line = scene.line
    first, after, value = match
    person = _victim(scene, match)
    people = _how_many(scene, match)
    unit = unit_near(scene, first)
    who = _who(scene, (first, after, value), person)
    certainty = 0.85 if value != "other" else 0.7
    if any(mood == "joke" for _, _, mood in line.of("moods")):
        certainty = 0.65
    if value in ("f0_case", "f1_contact") and person is None and people is None:
        certainty = 0.75
    found.reports.append(
        report(
            "incident",
            certainty,
            type=Slot(value, line.span(first, after)),
            who=slot(who, None, 0.85),
            people=slot(people),
            name=slot(person.name if person and person.who == OTHER else None),
            unit=slot(unit),
        )
    )
    found.words.update(range(first, after))


def _victim(scene: Scene, match: Match) -> Person | None:
    person = scene.subject(match[0])
    if person is None:
        before = [each for each in scene.people if each.first < match[0]]
        person = before[-1] if before else None
    return person


def _there_is(scene: Scene, match: Match) -> bool:
    """ "dãy trọ em có F0", "xóm mình có ca dương tính": somebody near is ill."""
    before = scene.line.words[max(match[0] - 2, 0) : match[0]]
    return before[-1:] == ["co"] or before in (["phat", "hien"], ["xuat", "hien"], ["co", "ca"])


def _who(scene: Scene, match: Match, person: Person | None) -> str | None:
    value = match[2]
    if value not in ("f0_case", "f1_contact", "accident"):
        return None
    if (
        person is not None
        and person.who in (SELF, "group")
        and (_some_others(scene, person, match) or (value == "f0_case" and _there_is(scene, match)))
    ):
        return OTHER
    if (
        person is None
        and {"em", "tôi", "mình"} & set(scene.line.typed)
        and not any(kind == "person" for _, _, kind in scene.line.of("people_nouns"))
    ):
        return SELF
    if person is not None and person.who == "group" and "nha" in scene.line.words[person.first : person.after]:
        return FAMILY
    if person is None:
        return OTHER if scene.line.of("people_nouns") or scene.line.of("units") or value == "accident" else SELF
    return person.who if person.who in (SELF, FAMILY, OTHER) else OTHER


def _some_others(scene: Scene, person: Person, match: Match) -> bool:
    """ "chúng em có 3 bạn F1": a number of people behind the writer's own unit (not the nought of "F0 anh ạ")."""
    return any(
        number.first >= person.after
        and not match[0] <= number.first < match[1]
        and any(first == number.after for first, _, _ in scene.line.of("people_nouns"))
        for number in scene.numbers
    )


def _how_many(scene: Scene, match: Match) -> int | None:
    line = scene.line
    for first, _, _ in line.of("people_nouns"):
        if line.sentences[first] != line.sentences[match[0]]:
            continue
        for back in (1, 2):
            number = number_at(line, first - back) if first >= back else None
            if number is not None and number.after == first and not match[0] <= number.first < match[1]:
                return int(number.value)
    number = number_at(line, match[0] - 1) if match[0] else None
    if number is not None and number.first and line.words[number.first - 1] in NUMBERED:
        return None
    return int(number.value) if number is not None and number.after == match[0] and number.value < 1000 else None
