"""What ails whom, since when, how high the fever; also that somebody is well."""

from bisect import bisect_left
from itertools import pairwise

from understanding.dates import When
from understanding.illness.figures_of_speech import (
    is_advice,
    is_figure_of_speech,
    is_of_a_file,
    is_of_cases,
)
from understanding.illness.onsets import follows_from, onset
from understanding.illness.sufferers import sufferer
from understanding.illness.symptoms import Symptom, ends_here, symptoms
from understanding.illness.temperature import FEVER_FROM, Temperature
from understanding.illness.things import is_thing
from understanding.illness.wellbeing import report_well
from understanding.kind import Found, report, slot, whose
from understanding.persons.household import FAMILY, OTHER, SELF, SPEAKERS, Person
from understanding.persons.subjects import is_visited
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.reading import Doubt, Slot
from understanding.scene import Scene

IN_EARNEST = function_words("symptom.in_earnest")

VAGUE = frozenset({"fatigue", "dizziness", "chills", "headache", "body_ache"})
BODY = function_words("symptom.body")
BESIDE_COUGH = function_words("symptom.beside_cough")
WORRIES = function_words("symptom.worries")
WEATHER = function_words("symptom.weather")


def read_symptom(scene: Scene, used: frozenset[int]) -> Found:
    found = Found()
    ills = [each for each in symptoms(scene.line) if _counts(scene, each, used)]
    heat = _heat(scene, used)
    groups = _by_person(scene, ills, heat)
    hot = _whose_heat(scene, groups, heat)
    for at, (person, group) in enumerate(groups):
        _report_group(scene, found, person, group, heat if at == hot else None)
    report_well(scene, found, used)
    return found


def _counts(scene: Scene, ill: Symptom, used: frozenset[int]) -> bool:
    line = scene.line
    if ill.first in scene.muted or ill.first in used or is_thing(scene, ill) or is_visited(scene, ill.first):
        return False
    if is_figure_of_speech(line, ill) or is_of_cases(scene, ill) or is_of_a_file(line, ill) or is_advice(scene, ill):
        return False
    if _is_of_everybody(scene, ill):
        return False
    return line.has_marks or line.words[ill.first : ill.after] != ["ho"] or _is_cough(scene, ill)


def _is_of_everybody(scene: Scene, ill: Symptom) -> bool:
    """ "dạo này ai cũng ho": talk of the season, unless it is told of a unit."""
    before = scene.line.words[max(ill.first - 3, 0) : ill.first]
    return "cung" in before and ("ai", "cung") in pairwise(before) and not scene.units and not scene.line.of("units")


def _is_cough(scene: Scene, ill: Symptom) -> bool:
    """Without marks "ho" may be "họ", "hộ", "hồ": something near must speak of illness."""
    line = scene.line
    near = set(line.words[max(ill.first - 2, 0) : ill.first] + line.words[ill.after : ill.after + 2])
    lasts = any(0 <= length.first - ill.after <= 1 for length in scene.durations) or (
        line.words[ill.after : ill.after + 1] == ["may"] and _follows_person(scene, ill.first)
    )
    return ill.denied or lasts or bool(near & BESIDE_COUGH) or _is_listed(line, ill)


def _is_listed(line: Line, ill: Symptom) -> bool:
    """ "sot 38,3, ho, chay nuoc mui", "ho so mui", "sot tu toi qua, ho": another complaint stands beside it, or it is all of a clause."""
    others = [match for match in line.of("symptoms") if match[0] != ill.first]
    behind = ill.after + (line.words[ill.after : ill.after + 1] == [","])
    before = ill.first - (ill.first > 0 and line.words[ill.first - 1] == ",")
    alone = line.words[ill.first - 1 : ill.first] == [","] and line.words[ill.after : ill.after + 1] in (
        [],
        ["."],
        [","],
    )
    return any(first == behind or after == before or alone for first, after, _ in others)


def _follows_person(scene: Scene, at: int) -> bool:
    """ "ong noi em ho may bua", "ba cu nha toi ho may hom": the word behind somebody and his kin."""
    words = scene.line.words
    return any(
        0 <= at - person.after <= 2 and all(word == "nha" or word in SPEAKERS for word in words[person.after : at])
        for person in scene.people
    )


def _heat(scene: Scene, used: frozenset[int]) -> Temperature | None:
    line = scene.line
    for each in scene.temperatures:
        at = _word_at(scene, each.start)
        if (
            at in scene.muted
            or at in used
            or any(line.sentences[each] == line.sentences[at] for each in _of_weather(line))
            or is_thing(scene, Symptom(at, at + 1, "", denied=False))
        ):
            continue
        return each
    return None


def _by_person(
    scene: Scene, ills: list[Symptom], heat: Temperature | None
) -> list[tuple[Person | None, list[Symptom]]]:
    groups: list[tuple[Person | None, list[Symptom]]] = []
    for ill in ills:
        person = sufferer(scene, ill)
        who = (person.who, person.name) if person else (SELF, None)
        for other, group in groups:
            if ((other.who, other.name) if other else (SELF, None)) == who:
                group.append(ill)
                break
        else:
            groups.append((person, [ill]))
    if not groups and heat is not None and _tells_heat(scene, heat):
        groups.append((scene.subject(_word_at(scene, heat.start)), []))
    return groups


def _tells_heat(scene: Scene, heat: Temperature) -> bool:
    """ "38,5" alone may be a water level: a word of measuring a body, or a degree with a person, must stand by it."""
    at = _word_at(scene, heat.start)
    words = scene.line.words
    led = any(0 <= at - after <= 3 and words[first] in BODY for first, after, _ in scene.line.of("temperature_words"))
    told = scene.line.text[heat.start : heat.end]
    has_degree = any(not (sign.isdigit() or sign in ".,") for sign in told) and bool(scene.people)
    beside = any(person.after == at and person.who in (FAMILY, OTHER) for person in scene.people)
    if beside and "." in told.replace(",", ".") and heat.value >= FEVER_FROM:
        return True  # "bé nhà mình 39.5 co giật"
    return led or scene.context.endswith("health_check") or has_degree


def _word_at(scene: Scene, start: int) -> int:
    at = bisect_left(scene.line.starts, start)
    return at if at < len(scene.line.starts) else 0


def _whose_heat(
    scene: Scene, groups: list[tuple[Person | None, list[Symptom]]], heat: Temperature | None
) -> int | None:
    """Which of those who ail was measured: whoever is spoken of at the figure, else the first."""
    if heat is None or not groups:
        return None
    told = scene.subject(_word_at(scene, heat.start))
    mine = [at for at, (person, _) in enumerate(groups) if person and told and person[2:4] == told[2:4]]
    return mine[0] if mine else 0


def _report_group(
    scene: Scene, found: Found, person: Person | None, group: list[Symptom], heat: Temperature | None
) -> None:
    denied = {ill.code for ill in group if ill.denied}
    over = {ill.code: ill.first for ill in group if ends_here(scene.line, ill)} if denied else {}
    has = {ill.code for ill in group if not ill.denied and ill.first > over.get(ill.code, -1)}
    denied -= has
    if heat is not None and heat.value >= FEVER_FROM and (group or not found.reports) and not denied >= {"fever"}:
        has.add("fever")
    certainty = _certainty(scene, has, denied, person)
    if certainty < 0.5:
        return
    line = scene.line
    span = line.span(group[0].first, group[-1].after) if group else None
    found.reports.append(
        report(
            "symptom",
            certainty,
            symptoms=Slot(sorted(has), span),
            negated=Slot(sorted(denied), span),
            temperature_c=slot(heat.value, (heat.start, heat.end)) if heat else None,
            onset=onset(scene, group) if has else None,
            **whose(person, line),
        )
    )
    if certainty < 0.8:
        found.doubts.append(Doubt("symptom", "symptoms", "really", tuple(sorted(has))))
    for ill in group:
        found.words.update(range(ill.first, ill.after))
    began = found.reports[-1].slots.get("onset")
    for when in scene.whens:
        is_onset = began is not None and began.span and line.starts[when.first_word] == began.span[0]
        if is_onset or (has and _is_past(scene, when)):
            found.words.update(range(when.first_word, when.after))


def _is_past(scene: Scene, when: When) -> bool:
    """A day before today, or today behind "từ"."""
    return when.last <= scene.today and (when.first < scene.today or follows_from(scene, when.first_word))


def _certainty(scene: Scene, has: set[str], denied: set[str], person: Person | None) -> float:
    line = scene.line
    joking = any(value == "joke" for _, _, value in line.of("moods"))
    if has and has <= VAGUE and not denied:
        earnest = _is_earnest(scene, person)
        worried = joking or bool(WORRIES & line.bag) or _is_of_woes(line)
        if (worried and not _is_absent(scene)) or (has == {"fatigue"} and not earnest):
            return 0.3
        return 0.9 if earnest else 0.4 if person is None and _of_weather(line) else 0.7
    if joking:
        return 0.75 if scene.people or denied else 0.6
    if person is None and not _is_absent(scene) and (_is_of_woes(line) or _is_of_weather(line, has)):
        return 0.4
    return 0.9 if person is None or person.certainty >= 0.8 else person.certainty


def _is_of_weather(line: Line, has: set[str]) -> bool:
    """ "trời chi mà nóng hầm hập"."""
    return bool(has) and has <= {"fever", "chills", "fatigue"} and bool(_of_weather(line))


def _of_weather(line: Line) -> list[int]:
    """Words of the weather; the sky of "đau quá trời", "trời ơi" is none."""
    words = line.words
    if WEATHER.isdisjoint(line.bag):
        return []
    return [
        at
        for at, word in enumerate(words)
        if word in WEATHER
        and not (word == "troi" and (words[max(at - 1, 0)] == "qua" or words[at + 1 : at + 2] in (["oi"], ["dat"])))
    ]


def _is_of_woes(line: Line) -> bool:
    """ "thua cá độ đau thắt ngực": what is named as the cause is money, a match, love."""
    return any(value == "woe" for _, _, value in line.of("moods"))


def _is_absent(scene: Scene) -> bool:
    return any(value in ("leave", "home", "sick") for _, _, value in scene.matches("presence_words"))


def _is_earnest(scene: Scene, person: Person | None) -> bool:
    """Tired people are many; a report says so, asks for leave, gives a day, or answers a question on health."""
    line = scene.line
    if scene.context.endswith(("health_check", "checkin")) or _is_absent(scene) or scene.matches("health_topics"):
        return True
    if person is not None and person.who in (FAMILY, OTHER) and person.certainty >= 0.8:
        return True
    words = line.bag
    if any("nguoi" in line.words[first:after] for first, after, _ in line.of("symptoms")):
        return True
    return bool(words & IN_EARNEST) and not words & {"vi", "vai", "viec", "deadline"}
