"""What no rule has read and the words alone speak for: a report with what was found beside, which is always asked about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from understanding.corrections.changes import changes_of
from understanding.corrections.old_values import old_words
from understanding.doubts.evidence import ANSWERED, CANCEL, HARDLY, SORTS, STATUSES, person_meant
from understanding.journeys.no_visits import are_goods, is_not_visited
from understanding.journeys.unled_places import stays_home
from understanding.kind import Found, report, whose
from understanding.kinds.correction import KINDS, report_correction
from understanding.kinds.incident import report_incident
from understanding.kinds.presence import report_presence
from understanding.mishaps.not_meant import FEARED, is_not_meant
from understanding.persons.household import FAMILY, SELF, Person
from understanding.phrases.lexicon import function_words
from understanding.phrases.settle import Match
from understanding.reading import Report, Slot
from understanding.scene import Scene

ASK = 0.75
"""Just below certain: recorded only after a question."""
UNSURE = 0.7
"""Of a person: the first one told of may be another one's listener."""
SOMETHING = 1.0
"""So clearly must there be anything to report before words that nothing led up to are heard."""
HEARD = {"presence": 0.0, "travel": 0.0, "incident": 0.0, "count": 2.5}
"""And so clearly this kind; the other kinds are not heard without something before them."""
LED_UP_TO = -0.75
"""Enough for what was just asked for, and for a change of what was just reported."""
TAKEN_BACK = 0.0
"""Enough for a change where a second report of the same kind was read."""
LONGEST = 80
"""More words than this are a text, not a line."""
CONTACTING = function_words("correction.contacting")
NEAR = 4
NOTHING: frozenset[int] = frozenset()

Evidence = Mapping[str, float]


def overheard(scene: Scene, evidence: Evidence, reports: Sequence[Report]) -> Report | None:
    """The report that the words speak for where none was read, or a change instead of what was read as a second report."""
    heard = _speaks_for(scene, evidence, reports)
    made = MAKERS[heard](scene, evidence) if heard and _is_line_of_words(scene) else None
    return None if made is None else replace(made, certainty=min(made.certainty, ASK))


def _is_line_of_words(scene: Scene) -> bool:
    """A figure alone is a choice of what was offered, and speaks for nothing."""
    return len(scene.line) <= LONGEST and any(map(str.isalpha, scene.line.words))


def _speaks_for(scene: Scene, evidence: Evidence, reports: Sequence[Report]) -> str | None:
    """The kind that the words speak for."""
    reported = scene.context.partition("after:")[2]
    if reports:
        is_changed = reported and {each.kind for each in reports} == {reported} and evidence["correction"] > TAKEN_BACK
        return "correction" if is_changed else None
    expected = "correction" if reported else ANSWERED.get(scene.question)
    if expected and evidence[expected] > max(LED_UP_TO, HARDLY - evidence["any"]):
        return expected
    if evidence["any"] < SOMETHING:
        return None
    clear = [kind for kind, least in HEARD.items() if evidence[kind] > least]
    return max(clear, key=evidence.__getitem__, default=None)


def _presence(scene: Scene, evidence: Evidence) -> Report | None:
    found = Found()
    if any(when.sort == "period" and when.last < scene.today for when in scene.whens):
        return None  # "tuần trước em nghỉ 3 ngày"
    if person_meant(evidence, SELF) == FAMILY:
        return None  # "con em biết đi làm việc nhà rồi"
    report_presence(scene, found, _told_here(scene, _likeliest(evidence, "presence", STATUSES)), NOTHING)
    return found.reports[0]


def _incident(scene: Scene, evidence: Evidence) -> Report | None:
    found = Found()
    if FEARED & set(scene.line.typed) or any(is_not_meant(scene, match) for match in scene.line.of("incident_words")):
        return None  # "suýt nữa là té sông", "né tui như né F0"
    report_incident(scene, found, _told_here(scene, _likeliest(evidence, "incident", SORTS)))
    return found.reports[0]


def _correction(scene: Scene, evidence: Evidence) -> Report | None:
    """Nothing, unless something changes or all of it is taken back."""
    found, target = Found(), scene.context.partition("after:")[2]
    signs = scene.matches("correction_words")
    if target in KINDS and not _wants_peace(scene):
        old = old_words(scene, signs)
        report_correction(scene, found, (target, target), signs, cancels=evidence[CANCEL] > 0, old=old)
    return next(iter(found.reports), None)


def _wants_peace(scene: Scene) -> bool:
    """ "đừng nhắn cho tôi nữa", "thôi đừng làm phiền em": said to the one who asks, of no report."""
    line = scene.line
    return any(
        line.means(at, "đừng", "khỏi")
        and any(line.means(each, *CONTACTING) for each in range(at + 1, min(at + NEAR, len(line))))
        for at in range(len(line))
    )


def _travel(scene: Scene, _evidence: Evidence) -> Report | None:
    slots = changes_of(scene, "travel", NOTHING)
    told = _first_told_of(scene) or scene.context  # rain falls in places on days, too
    named = any(
        place.first not in scene.muted and not is_not_visited(scene, place) and not are_goods(scene, place.first)
        for place in scene.places
    )
    is_trip = told and named and "destinations" in slots and scene.whens and not stays_home(scene)
    return report("travel", ASK, **slots, **_of_whom(scene)) if is_trip else None


def _count(scene: Scene, _evidence: Evidence) -> Report | None:
    slots = changes_of(scene, "count", NOTHING)
    return report("count", ASK, **slots) if "values" in slots else None


def _symptom(scene: Scene, _evidence: Evidence) -> Report | None:
    """Well, unless an illness was found; a health check asks for either."""
    slots = {"symptoms": Slot([]), "negated": Slot([]), **changes_of(scene, "symptom", NOTHING)}
    return report("symptom", ASK, **{**slots, **_of_whom(scene)})


def _of_whom(scene: Scene) -> dict[str, Slot | None]:
    return whose(_first_told_of(scene), certainty=UNSURE)


def _told_here(scene: Scene, value: str) -> Match:
    """The word behind the first person told of, as if a list had known it."""
    person = _first_told_of(scene)
    at = min(person.after, len(scene.line) - 1) if person else 0
    return at, at + 1, value


def _first_told_of(scene: Scene) -> Person | None:
    return next((each for each in scene.people if each.first not in scene.muted), None)


def _likeliest(evidence: Evidence, kind: str, values: Sequence[str]) -> str:
    return max(values, key=lambda value: evidence[f"{kind}={value}"])


MAKERS: Mapping[str, Callable[[Scene, Evidence], Report | None]] = {
    "correction": _correction,
    "count": _count,
    "incident": _incident,
    "presence": _presence,
    "symptom": _symptom,
    "travel": _travel,
}
