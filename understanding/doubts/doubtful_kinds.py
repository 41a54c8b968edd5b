"""What a kind has taught to be wary of: readings that were sure of themselves and wrong when strangers wrote."""

from datetime import timedelta

from understanding.doubts.bare_names import is_perhaps_named
from understanding.persons.household import FAMILY, GROUP, OTHER, SELF
from understanding.phrases.lexicon import function_words
from understanding.reading import Report
from understanding.scene import Scene

SINCE = function_words("doubts.since")
LIKENED = function_words("doubts.likened")
DAYS = frozenset({"date", "until", "depart", "return", "onset"})
PAIR, LONG = 2, 12
"""A correction of more words says more than its one new value."""
VAGUE = frozenset({"fatigue", "dizziness", "headache", "body_ache", "chills"})
TOLD_ALONE = frozenset({"travel", "symptom"})
ERRANDS, ILL, NOTHING = frozenset({"field", "leave", "office"}), frozenset({"sick"}), frozenset[str]()
"""Why one travels, that one asked, and when one is back: said beside a trip, they are the trip; "nhập viện" is the illness."""
STRONG_WELL = function_words("symptom.strong_well")
FAR_BACK, FAR_AHEAD = timedelta(days=60), timedelta(days=200)
FIGURATIVE = frozenset({"joke", "wish", "woe"})


def _is_doubtful_correction(scene: Scene, report: Report) -> bool:
    """It changes what is written already: sure only when short, right after the report, with one new value that has a name."""
    if scene.context != f"after:{report.get('target')}" or report.get("target") == "incident":
        return True
    words = [word for word in scene.line.words if word.isalpha()]
    signs = {value for _, _, value in scene.line.of("correction_words")}
    changed = set(report.slots) - {"target", "action"}
    if report.get("action") == "cancel":
        return len(words) > LONG or bool(changed) or "not" in signs
    if _says_day_was_wrong(scene) and not changed & DAYS:
        return True
    values = report.get("values") or {}
    is_named = not values or bool(scene.line.of("count_fields") or scene.ratios or scene.context.count(":") > 1)
    both_given = len(scene.places) > 1 or (bool(values) and is_named and len(scene.numbers) > 1)
    both_given |= changed <= DAYS and len(scene.whens) > 1 and _sets_apart(scene)
    set_against = "not" in signs and not both_given  # "16 lượt chứ không phải 15" is clear
    return len(words) > LONG or set_against or len(changed - {"unit"}) != 1 or len(values) > 2 or not is_named


def _sets_apart(scene: Scene) -> bool:
    """ "nghỉ thứ tư chứ không phải thứ ba": the right one, then the wrong one."""
    words = scene.line.words
    return any(
        value == "not" and words[first] in ("chu", "cho") for first, _, value in scene.line.of("correction_words")
    )


def _says_day_was_wrong(scene: Scene) -> bool:
    """ "lộn ngày, mai mốt mới nghỉ": a day was to change."""
    words = scene.line.words
    return any(words[after - 1] == "ngay" for _, after, _ in scene.line.of("correction_words"))


def _is_doubtful_illness(scene: Scene, report: Report, told: list[Report]) -> bool:
    """Nobody is named, a beginning was not understood, it is likened or laughed at, or somebody was left over."""
    line = scene.line
    if scene.context.endswith("health_check") and len(line) < LONG:
        return False
    if any(value in FIGURATIVE for _, _, value in line.of("moods")) or not LIKENED.isdisjoint(line.bag):
        return True
    if set(report.get("symptoms") or ()) == {"fatigue"}:
        return True
    if report.get("symptoms") and report.get("onset") is None and _begins_somewhere(scene):
        return True
    if not scene.people and not _asks_leave(scene):
        return True
    return _is_somebody_left(scene, told) or has_unread_name(scene)


def _leaves_something_told(scene: Scene, told: set[str]) -> bool:
    """Beside what was read an absence, a presence or somebody's health is told that no report holds."""
    line = scene.line
    if not told & TOLD_ALONE or told - TOLD_ALONE:
        return False
    expected = (ERRANDS if "travel" in told else NOTHING) | (ILL if "symptom" in told else NOTHING)
    if any(value not in expected for _, _, value in scene.matches("presence_words")):
        return True
    if "khoe" not in line.bag or told != {"travel"}:
        return False
    well = [match for match in scene.matches("wellness") if STRONG_WELL & set(line.words[match[0] : match[1]])]
    return any("khoe" in line.words[a:b] for a, b, _ in well)


def is_nobodys_illness(scene: Scene, told: list[Report]) -> bool:
    """Only what everybody says of a long day, and no person, no day, no leave, no topic of health, and no question that they answer."""
    if scene.context or any(
        report.kind != "symptom" or report.get("negated") or not VAGUE.issuperset(report.get("symptoms") or "?")
        for report in told
    ):
        return False
    return not (scene.people or scene.whens or _asks_leave(scene) or scene.line.of("health_topics"))


def _begins_somewhere(scene: Scene) -> bool:
    """ "từ lúc phun thuốc": a beginning that is no day."""
    line = scene.line
    if SINCE.isdisjoint(line.bag):
        return False
    dated = {at for when in scene.whens for at in range(when.first_word - 2, when.after)}
    return any(
        word in SINCE and at not in dated and at not in scene.muted and line.means(at, "từ", "hồi", "lúc")
        for at, word in enumerate(line.words)
    )


def has_unread_name(scene: Scene) -> bool:
    """A capital inside a sentence that no list and no reader knows is somebody, or some place, not understood."""
    line = scene.line
    if line.text.isupper():
        return False
    known = scene.known
    strange = [at for at, raw in enumerate(line.raw) if at not in known and raw.istitle() and len(raw) > 1]
    inside = [at for at in strange if at and line.sentences[at] == line.sentences[at - 1]]
    inside = [at for at in inside if line.words[at - 1] not in ':("']
    return bool(inside) and not scene.words_of_units.issuperset(inside)


def _asks_leave(scene: Scene) -> bool:
    return any(value in ("leave", "sick", "home") for _, _, value in scene.line.of("presence_words"))


def _is_somebody_left(scene: Scene, told: list[Report]) -> bool:
    """More people are spoken of than are reported on."""
    if len(scene.people) < PAIR:
        return False
    spoken = {
        (person.who, person.name) for person in scene.people if person.who != GROUP and person.first not in scene.muted
    }
    named = {(report.get("who", "self"), report.get("name")) for report in told if report.kind != "count"}
    return len(spoken) > len(named) + sum(report.kind == "incident" for report in told)


def are_doubtful_trips(told: list[Report]) -> bool:
    """Of two trips one without a way back: the second may be the way home, the first may end where the second begins."""
    trips = [report for report in told if report.kind == "travel"] if len(told) > 1 else []
    return len(trips) > 1 and any(trip.get("return") is None for trip in trips)


def doubted_slots(scene: Scene, reports: list[Report], told: set[str]) -> dict[str, str]:
    """Each kind told that a colleague would ask about, and about which slot, though no word was strange to him."""
    left = _leaves_something_told(scene, told)
    doubted = dict.fromkeys(sorted(told), "kind") if left else {}
    for report in reports:
        if _is_of_no_name(report) and is_perhaps_named(scene):
            doubted[report.kind] = "who"
        elif (slot := _doubted_slot(scene, report, reports)) is not None:
            doubted[report.kind] = slot
    return doubted


def _doubted_slot(scene: Scene, report: Report, told: list[Report]) -> str | None:
    if report.kind == "count":
        of_a_while = any(when.sort == "period" for when in scene.whens) and report.get("date") == scene.today
        return "unit" if has_unread_name(scene) else "date" if of_a_while else None
    if report.kind == "correction":
        return "action" if _is_doubtful_correction(scene, report) else None
    if report.kind == "symptom":
        return "who" if _is_doubtful_illness(scene, report, told) else None
    if report.kind in ("travel", "presence") and _is_of_somebody_else(scene, report):
        return "who"
    if report.kind == "travel" and _is_far_off(scene, report):
        return "depart"
    return "until" if report.kind == "presence" and _ends_elsewhere(scene, report) else None


def _is_of_no_name(report: Report) -> bool:
    """Of the writer, of his own, or of somebody without a name; of an accident to others the name may stay untold."""
    who = report.get("who")
    return who in (SELF, GROUP) or (who == OTHER and report.kind != "incident" and not report.get("name"))


def _is_of_somebody_else(scene: Scene, report: Report) -> bool:
    """A trip or an absence told of the writer, who is not mentioned while somebody else is."""
    if report.get("who") != SELF or not scene.line.has_marks:
        return False
    spoken = {person.who for person in scene.people if person.first not in scene.muted}
    return bool(spoken & {FAMILY, OTHER}) and not spoken & {SELF, GROUP}


def _is_far_off(scene: Scene, report: Report) -> bool:
    """A day of going months away is more often misread than meant."""
    day = report.get("depart")
    return day is not None and not -FAR_BACK <= day - scene.today <= FAR_AHEAD


def _ends_elsewhere(scene: Scene, report: Report) -> bool:
    """ "mai em đi cơ sở, hồ sơ để đến thứ Sáu": the last day of an absence stands in another clause."""
    line, last, told = scene.line, report.get("until"), report.slots["status"].span
    if last is None or told is None:
        return False
    ends = {line.clauses[when.first_word] for when in scene.whens if when.last == last}
    return bool(ends) and line.clauses[line.starts.index(told[0])] not in ends
