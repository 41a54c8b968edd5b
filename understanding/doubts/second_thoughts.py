"""What makes a careful colleague ask although all seemed clear: figures, places and words that no report has used."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import pairwise

from understanding.doubts.doubtful_kinds import are_doubtful_trips, doubted_slots, is_nobodys_illness
from understanding.doubts.evidence import (
    ANSWERS,
    CLEARLY,
    URGENT,
    are_figures_doubtful,
    are_unbelievable,
    believable,
    is_way_back_doubtful,
    kinds_against,
)
from understanding.doubts.overheard import ASK, overheard
from understanding.doubts.spared import spared_kinds
from understanding.doubts.too_plain import is_too_plain
from understanding.doubts.who_is_meant import of_whom
from understanding.kind import report as make_report
from understanding.persons.household import GROUP
from understanding.phrases.line import Line
from understanding.reading import Doubt, Report
from understanding.scene import Scene

STRANGE = 0.3
"""So large a part of the words may be unknown to every list."""
UNWELL = 0.15
"""Of an illness less may be unknown: what is not read may deny it."""
TALK = 0.25
"""Tiredness or a headache of nobody, with so many strange words, is talk and is not even asked about."""
SILENT = 0.4
LONGEST_ANSWER = 30
CLEAR_ANSWER, PLAIN_ANSWER = 2.0, 0.85
"""So clearly weighed, an acknowledgement needs no question: it has nothing that could be read wrong."""
FEW_WORDS = 4
SHORT = 8
THANKS = ("cam", "on")
OWN_TEST = frozenset({"vach", "gach"})
ASKED_FOR_ONE = "reply_to:daily_count:"
ONLY_A_FIGURE = re.compile(r"\s*\d[\d.,]*\s*(?:(?:lượt|khách|người)\s*){0,2}(?:ạ|nhé)?[.!\s]*", re.IGNORECASE)
REJECTING = {("khong", "phai"), ("thay", "vi"), ("thay", "cho")}
"""Before a figure of a correction: the one that was wrong."""


def second_thoughts(
    scene: Scene, evidence: Mapping[str, float], reports: list[Report], asked: list[Doubt]
) -> tuple[list[Report], list[Doubt]]:
    """The same reports, less sure where something was left over, and the questions that follow; none if all is chatter."""
    reports = without_bare_wellness(scene, reports)
    if not reports:
        return _unread(scene, evidence, asked)
    if not asked and len(reports) == 1 and _needs_no_thought(scene, reports[0]):
        return reports, asked
    if (
        reports[0].kind == "symptom"
        and is_nobodys_illness(scene, reports)
        and _strangeness(scene) > TALK
        and evidence["symptom"] < CLEARLY
    ):
        return [replace(report, certainty=min(report.certainty, SILENT)) for report in reports], asked
    kinds = _doubtful_kinds(scene, reports) if [report for report in reports if report.is_certain] else {}
    weighed = _less_sure(reports, {*kinds, *(doubt.kind for doubt in asked)} if asked else kinds)
    spared = spared_kinds(scene, evidence, weighed) if are_unbelievable(evidence, weighed) else frozenset()
    left = believable(evidence, weighed, scene.question, spared)
    weighed = left or [each for each in weighed if is_too_plain(scene, evidence, each)]
    heard = overheard(scene, evidence, weighed)
    if heard is not None:
        return _asked_about(scene, evidence, heard)
    if len(weighed) < len(reports):
        told = {report.kind for report in weighed}
        asked = [doubt for doubt in asked if doubt.kind in told]
        kinds = {kind: slot for kind, slot in kinds.items() if kind in told}
    kinds |= _weighed_against(scene, evidence, weighed)
    weighed, doubted = of_whom(scene, evidence, weighed)
    kinds |= dict.fromkeys(doubted, "who")
    doubts = [*asked, *(Doubt(kind, slot, "really") for kind, slot in kinds.items())] if kinds else asked
    return _less_sure(weighed, kinds), doubts


def _weighed_against(scene: Scene, evidence: Mapping[str, float], reports: list[Report]) -> dict[str, str]:
    """What the words speak against, by kind and slot: that it is told at all, the day of a way back, which figures are given."""
    doubted = kinds_against(evidence, reports)
    told = {report.kind for report in reports}
    if "travel" in told and any(each.kind == "travel" and is_way_back_doubtful(evidence, each) for each in reports):
        doubted["travel"] = "return"
    if "count" in told and not scene.context.startswith(ASKED_FOR_ONE) and are_figures_doubtful(evidence, reports):
        doubted["count"] = "values"
    return doubted


def without_bare_wellness(scene: Scene, reports: list[Report]) -> list[Report]:
    """ "má em dương tính, em mới test 1 vạch": beside a case what the writer's own test told is no report of health."""
    if scene.question or OWN_TEST.isdisjoint(scene.line.bag) or not any(report.kind == URGENT for report in reports):
        return reports
    return [
        report
        for report in reports
        if report.kind != "symptom" or any(map(report.get, ("symptoms", "negated", "temperature_c")))
    ]


def _needs_no_thought(scene: Scene, only: Report) -> bool:
    if only.kind == "count":
        return _is_only_the_figure(scene, only)
    return only.kind == "symptom" and _is_measured(scene, only)


def _is_only_the_figure(scene: Scene, only: Report) -> bool:
    """ "12 lượt ạ" to "Hôm nay bao nhiêu lượt?": nothing is left to think about, and no message is more frequent."""
    is_asked = scene.context.startswith(ASKED_FOR_ONE)
    return is_asked and only.is_certain and ONLY_A_FIGURE.fullmatch(scene.line.text) is not None


def _is_measured(scene: Scene, only: Report) -> bool:
    """ "em sốt 39 độ", "con em sốt 38,5": a few known words and what the thermometer says; no figure of speech has one."""
    if not only.is_certain or not only.get("temperature_c"):
        return False
    return len(scene.line) <= SHORT and bool(scene.people) and not scene.line.of("moods") and _strangeness(scene) == 0


def _unread(scene: Scene, evidence: Mapping[str, float], asked: list[Doubt]) -> tuple[list[Report], list[Doubt]]:
    """What the words acknowledge, or speak for, although the rules have put nothing together."""
    heard = overheard(scene, evidence, [])
    if heard is not None:
        return _asked_about(scene, evidence, heard)
    sure = PLAIN_ANSWER if evidence["ack"] > CLEAR_ANSWER and evidence["any"] > ANSWERS else ASK
    return [make_report("ack", sure)] if _is_answer(scene, evidence) else [], asked


def _asked_about(scene: Scene, evidence: Mapping[str, float], heard: Report) -> tuple[list[Report], list[Doubt]]:
    reports, _ = of_whom(scene, evidence, [heard])
    return reports, [Doubt(heard.kind, "kind", "really")]


def _is_answer(scene: Scene, evidence: Mapping[str, float]) -> bool:
    """ "Dạ vâng em nhận được thông báo rồi ạ": acknowledged in words that the rules did not put together."""
    line = scene.line
    if "ack_words" not in line.found or len(line) > LONGEST_ANSWER or "?" in line.words:
        return False
    values = {value for _, _, value in line.of("ack_words")}
    if "goods" in values or ("strong" not in values and THANKS in pairwise(line.words)):
        return False  # "em cám ơn anh nhiều ạ"
    return evidence["ack"] > ANSWERS and evidence["any"] > 0


def _less_sure(reports: list[Report], kinds: Collection[str]) -> list[Report]:
    """The same reports, those of these kinds to be asked about."""
    if not kinds:
        return reports
    return [
        Report(each.kind, each.slots, ASK) if each.kind in kinds and each.certainty > ASK else each for each in reports
    ]


def _doubtful_kinds(scene: Scene, reports: list[Report]) -> dict[str, str]:
    told = {report.kind for report in reports if report.kind != "ack"}
    doubtful: dict[str, str] = {}
    strange = _strangeness(scene, UNWELL if "symptom" in told else STRANGE) if told else 0.0
    if "symptom" in told and strange > UNWELL:
        doubtful["symptom"] = "kind"
    if strange > STRANGE:
        # what is urgent does not wait for an answer: whoever must act reads the sentence itself
        doubtful |= dict.fromkeys(sorted(told - {URGENT}), "kind")
    if "count" in told and (_has_unread_figure(scene, reports) or _has_no_home(scene, reports)):
        doubtful["count"] = "values"
    if "correction" in told and _gives_values(reports) and _has_unread_figure(scene, reports):
        doubtful["correction"] = "values"
    if "travel" in told and _has_unread_place(scene, reports):
        doubtful["travel"] = "destinations"
    elif are_doubtful_trips(reports):
        doubtful["travel"] = "return"
    doubtful.update(doubted_slots(scene, reports, told))
    if "count" in told and told & {"presence", URGENT} and scene.context.endswith("checkin"):
        doubtful["count"] = "values"
    return doubtful


def _gives_values(reports: list[Report]) -> bool:
    return any(report.get("values") or report.get("status") for report in reports if report.kind == "correction")


def _has_no_home(scene: Scene, reports: list[Report]) -> bool:
    """Figures without a unit, not asked for and not said of the writer's own."""
    if scene.context.startswith("reply_to:"):
        return False
    own = any(person.who == GROUP for person in scene.people) or any(name is None for _, _, name in scene.units)
    return not own and any(report.kind == "count" and report.get("unit") is None for report in reports)


def _has_unread_figure(scene: Scene, reports: list[Report]) -> bool:
    """A number that is no value of a report, no part of a day, a time, a length, a name or a temperature."""
    if not scene.numbers:
        return False
    said = {value for report in reports for value in _figures(report)}
    unsaid = [each for each in scene.numbers if each.value not in said and each.first not in scene.muted]
    return any(
        number.first not in scene.busy
        and not _numbers_a_line(scene.line, number.first)
        and tuple(scene.line.words[max(0, number.first - 2) : number.first]) not in REJECTING
        for number in unsaid
    )


def _numbers_a_line(line: Line, at: int) -> bool:
    """The "2." at the head of a line."""
    return (not at or line.words[at - 1] == "\n") and line.words[at + 1 : at + 2] in (["."], [")"], ["-"], ["/"])


def _figures(report: Report) -> set[float]:
    values: set[float] = set((report.get("values") or {}).values())
    return values | {report.get(name) for name in ("people", "temperature_c") if report.get(name) is not None}


def _has_unread_place(scene: Scene, reports: list[Report]) -> bool:
    named = {name for report in reports for name in report.get("destinations") or ()}
    told = [slot.span for report in reports if (slot := report.slots.get("destinations")) and slot.span]
    starts = scene.line.starts
    return any(
        place.name
        and place.name not in named
        and place.first not in scene.muted
        and not any(first <= starts[place.first] < after for first, after in told)  # "Quy Nhơn (nay là Gia Lai)"
        for place in scene.places
    )


def _strangeness(scene: Scene, least: float = UNWELL) -> float:
    """How large a part of the words stands in no list at all; of a part no larger than `least` days and numbers are not taken off."""
    words = scene.line.words
    if len(words) < FEW_WORDS:
        return 0.0  # before any list is asked
    known = scene.known
    strange = [at for at in {*range(len(words))} - known if len(words[at]) > 1 and words[at].isalpha()]
    if not strange:
        return 0.0
    how_many = len([word for word in words if len(word) > 1 and word.isalpha()])
    if how_many < FEW_WORDS:
        return 0.0
    if len(strange) > least * how_many:
        strange = [at for at in strange if at not in scene.busy]
    return len(strange) / how_many
