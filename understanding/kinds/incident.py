"""Something to act on now: a positive test, a contact, an accident, a fire, poison, a leak, a theft."""

from dataclasses import replace

from understanding.counting.units import unit_near
from understanding.kind import Found, report, slot
from understanding.mishaps.built_incidents import SIGNS, burnt_by_gas, is_at_home
from understanding.mishaps.contacts import case_beside, contact_or_case, contact_told, met_later
from understanding.mishaps.meals import eaters, sick_after_a_meal
from understanding.mishaps.not_meant import is_not_meant
from understanding.mishaps.victims import how_many, led_number, victim, who
from understanding.persons.household import OTHER, SELF
from understanding.phrases.gates import gate
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.phrases.settle import Match
from understanding.reading import Slot
from understanding.scene import Scene

HURT_NEAR = function_words("incident.hurt_near")

RANK = ("food_poisoning", "chemical", "fire", "f1_contact", "f0_case", "security", "accident", "other")
OVER = function_words("incident.over")
BURNING = function_words("incident.burning")
NEAR = 3
BUILT = 0.7
"""Put together from words, not known as a phrase: asked about."""
SURE = 0.85
HEADINGS = function_words("incident.headings")
REPAIRS = function_words("incident.repairs")
BUILDING = gate(SIGNS)
BEASTS = function_words("incident.beasts")
WEAK_HURTS = function_words("incident.weak_hurts")


def read_incident(scene: Scene, used: frozenset[int]) -> Found:
    found = Found()
    matches = [match for match in scene.matches("incident_words") if match[0] not in used and _counts(scene, match)]
    if not matches:
        may_be_built = scene.line.gates & BUILDING and scene.built_incidents
        built = [match for match in _built(scene) if match[0] not in used] if may_be_built else []
        if built:
            report_incident(scene, found, built[0], BUILT)
            return found
        _many_sick_after_a_meal(scene, found, used)
        return found
    if both := _case_and_contacts(scene, matches):
        for match in both:
            report_incident(scene, found, match, people=led_number(scene, match))
        return found
    best = min(matches, key=lambda match: (RANK.index(match[2]), match[0]))
    best = contact_or_case(scene, best, matches)
    if best[2] in ("chemical", "fire") and (burnt := burnt_by_gas(scene.line, best)):
        report_incident(scene, found, burnt, BUILT)
        return found
    torn = best[2] == "accident" and any(match[2] == "other" and match[0] < best[0] for match in matches)
    report_incident(scene, found, best, BUILT if torn else SURE)  # "sạt lở, 2 nhà bị vùi": which of both?
    if best[2] == "f0_case" and found.reports[-1].get("who") == OTHER:
        met = contact_told(scene, best, matches) or met_later(scene, best)
        if met is not None:
            report_incident(scene, found, met, BUILT)
    if best in matches and best[2] == "f1_contact" and (case := case_beside(scene, best, matches)):
        report_incident(scene, found, case, BUILT)
        _tell_of_another(found)
    return found


def _tell_of_another(found: Found) -> None:
    """Beside "em là F1" the case is somebody else's: "bn giường 5 em chăm dương tính"."""
    contact, case = found.reports[-2:]
    if contact.get("who") == case.get("who") == SELF:
        found.reports[-1] = replace(case, slots={**case.slots, "who": Slot(OTHER, None, BUILT)})


def _case_and_contacts(scene: Scene, matches: list[Match]) -> list[Match]:
    """ "01 ca dương tính, 14 trường hợp tiếp xúc gần": both with a figure of their own; else none."""
    told = [match for match in matches if match[2] in ("f0_case", "f1_contact") and led_number(scene, match)]
    return told if [match[2] for match in told] == ["f0_case", "f1_contact"] else []


def _built(scene: Scene) -> list[Match]:
    return [
        match
        for match in scene.built_incidents
        if not (match[0] in scene.muted or scene.is_trapped(match[0], match[1]))
        and not (_is_denied(scene, match) or _is_unreal(scene, match) or is_not_meant(scene, match))
        and not (match[2] == "other" and (_is_ahead(scene) or _is_repaired(scene, match)))
        and not (match[2] == "accident" and (_is_broken_thing(scene, match) or _is_of_animal(scene, match)))
    ]


def _is_ahead(scene: Scene) -> bool:
    """ "mai cúp điện toàn khu": announced, nothing to act on now."""
    return any(when.first > scene.today for when in scene.whens)


def _is_repaired(scene: Scene, match: Match) -> bool:
    return not REPAIRS.isdisjoint(scene.line.words[max(match[0] - NEAR, 0) : match[0]])


def _many_sick_after_a_meal(scene: Scene, found: Found, used: frozenset[int]) -> None:
    """ "5 cháu ăn xong nôn, đau bụng": nobody says poison, a colleague would ask."""
    ills = sick_after_a_meal(scene, used)
    if not ills:
        return
    found.reports.append(
        report(
            "incident",
            BUILT,
            type=Slot("food_poisoning", scene.line.span(ills[0][0], ills[-1][1]), BUILT),
            people=slot(eaters(scene, ills[0])),
            unit=slot(unit_near(scene, ills[0][0])),
        )
    )
    found.words.update(at for ill in ills for at in range(ill[0], ill[1]))


def _counts(scene: Scene, match: Match) -> bool:
    """Do these words tell of something that happened here?"""
    if _is_over(scene.line, match) or _is_a_figures_name(scene.line, match):
        return False
    if _is_denied(scene, match) or _is_unreal(scene, match) or is_not_meant(scene, match):
        return False
    return _fits_its_sort(scene, match)


def _fits_its_sort(scene: Scene, match: Match) -> bool:
    """What each sort asks for besides."""
    line, (first, _, value) = scene.line, match
    if value in ("other", "chemical") and (
        REPAIRS & set(line.words[max(first - 2, 0) : first]) or is_at_home(line, first)
    ):
        return False  # "đi sửa ống vỡ", "nhà vỡ ống nước"
    if value == "other":
        is_news = scene.places and not (scene.people or scene.units)  # "Bão số 5 vào Quảng Ninh, cây đổ nhiều nơi"
        in_a_unit = bool(line.of("units")) and "duong" not in line.words
        return not is_news and (line.words[first] not in ("ngap", "nuoc", "lu", "mat", "cup") or in_a_unit)
    if value == "accident":
        return _hurts(scene, match)
    if value == "fire":
        return _burns(scene, match)
    return not _is_thing(scene, match) or value in ("security", "chemical")


def _is_over(line: Line, match: Match) -> bool:
    """ "hết cháy", "không ngập", under a heading; but "vừa báo cháy" and "không may bị ngã" are told."""
    first, _, value = match
    before = line.words[max(first - 2, 0) : first]
    last = before[-1] if before else ""
    ended = last in OVER and line.typed[first - 1] != "nghi"
    is_called_in = last == "bao" and (value != "fire" or before[0] in ("vua", "da", "goi", "moi"))
    return (ended and not is_called_in) or ("khong" in before and value != "accident") or last in HEADINGS


def _is_a_figures_name(line: Line, match: Match) -> bool:
    """ "F0: 2", "0 F1", "F0 giả"."""
    first, after, value = match
    if value not in ("f0_case", "f1_contact"):
        return False
    follower = line.words[after] if after < len(line) else ""
    none = first > 0 and line.words[first - 1].isdecimal() and int(line.words[first - 1]) == 0
    return follower in (":", "|", "=") or none or any(line.means(at, "giả") for at in range(after, len(line))[:2])


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
    return "nam" in line.bag and any(
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


def _is_of_animal(scene: Scene, match: Match) -> bool:
    """ "con bò bị trâu húc tét bụng, em khâu 18 mũi": the sentence tells first of a beast, and of nobody before it."""
    line = scene.line
    sentence = line.sentences[match[0]]
    beasts = [
        first
        for first, _, _ in line.of("not_people")
        if first <= match[0] and line.sentences[first] == sentence and BEASTS & set(line.words[first : first + 2])
    ]
    told = any(person.first < match[0] and line.sentences[person.first] == sentence for person in scene.people)
    before = (
        any(person.first < beasts[0] and line.sentences[person.first] == sentence for person in scene.people)
        if beasts
        else told
    )
    behind = (
        any(
            line.clauses[person.first] == line.clauses[beasts[0]] and person.first > beasts[0]
            for person in scene.people
        )
        if beasts
        else True
    )
    return bool(beasts) and not (before or behind)


def _hurts(scene: Scene, match: Match) -> bool:
    """A fall or a cut needs somebody it happened to."""
    line = scene.line
    if _is_of_animal(scene, match):
        return False
    if match[1] - match[0] > 1 or line.words[match[0]] not in WEAK_HURTS:
        return line.words[match[0]] not in WEAK_HURTS or not _is_broken_thing(scene, match)
    if _is_broken_thing(scene, match):
        return False
    near = set(line.words[max(match[0] - 3, 0) : match[1] + 3])
    return bool(near & HURT_NEAR) and (bool(scene.people) or bool(line.of("people_nouns")) or "xe" in near)


def report_incident(scene: Scene, found: Found, match: Match, most: float = SURE, people: int | None = None) -> None:
    line = scene.line
    first, after, value = match
    person = victim(scene, match)
    people = people or how_many(scene, match)
    unit = unit_near(scene, first)
    whose = who(scene, (first, after, value), person)
    certainty = most if value != "other" else 0.7
    if any(mood == "joke" for _, _, mood in line.of("moods")):
        certainty = 0.65
    if value in ("f0_case", "f1_contact") and person is None and people is None:
        certainty = 0.75
    if value == "f0_case" and "cua" in line.words[max(first - NEAR - 1, 0) : first]:
        certainty = min(certainty, BUILT)  # "roommate của thầy Bảo dương tính": a case, and a contact of his
    found.reports.append(
        report(
            "incident",
            certainty,
            type=Slot(value, line.span(first, after)),
            who=slot(whose, None, 0.85),
            people=slot(people),
            name=slot(person.name if person and person.who == OTHER else None),
            unit=slot(unit),
        )
    )
    found.words.update(range(first, after))
