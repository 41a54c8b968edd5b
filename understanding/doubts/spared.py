"""Which of the kinds that were read stay, though the words are weighed against them: what is told by two signs, or outright."""

from collections.abc import Mapping

from understanding.doubts.evidence import are_hardly_doubted
from understanding.doubts.told_outright import is_told_outright
from understanding.journeys.itineraries import visits
from understanding.journeys.left_places import has_landed
from understanding.persons.household import SELF
from understanding.presences.listed_absences import listed_absences
from understanding.presences.posts import in_passing
from understanding.presences.whereabouts import spelled_out
from understanding.reading import Report
from understanding.scene import Scene

FEW_WORDS = 4
POSTS = frozenset({"nha", "quan", "so", "phong"})
"""At home, at the office: where one works, told in so many words."""


def spared_kinds(scene: Scene, evidence: Mapping[str, float], reports: list[Report]) -> frozenset[str]:
    """ "không có ở trường", "10h về thư viện": heard however seldom their words are."""
    kinds = {report.kind for report in reports}
    spared = {kind for kind in kinds & {"correction", "count"} if is_told_outright(scene, kind)}
    if "presence" in kinds and _is_absence_spelled_out(scene, reports):
        spared.add("presence")
    if "travel" in kinds and _is_trip_spelled_out(scene, evidence, reports):
        spared.add("travel")
    return frozenset(spared)


def _is_absence_spelled_out(scene: Scene, reports: list[Report]) -> bool:
    told = {report.get("status") for report in reports if report.kind == "presence"}
    if ("field" in told and spelled_out(scene)) or (scene.whens and in_passing(scene)) or listed_absences(scene):
        return True
    beside_a_trip = "leave" in told and any(report.kind == "travel" for report in reports)
    return (beside_a_trip and _has_own_day(scene, reports)) or _names_post(scene, told)


def _is_trip_spelled_out(scene: Scene, evidence: Mapping[str, float], reports: list[Report]) -> bool:
    """All of it is told, or it answers a question about trips, ends in landing, or stands in a list of them."""
    if are_hardly_doubted(evidence) and any(_is_whole_trip(scene, report) for report in reports):
        return True
    answers = scene.context.endswith("travel_check") and len(scene.line) <= FEW_WORDS
    return answers or has_landed(scene.line.words) or bool(visits(scene))


def _is_whole_trip(scene: Scene, report: Report) -> bool:
    """Who, where and when are all told."""
    told = report.kind == "travel" and report.get("destinations") and (report.get("depart") or report.get("return"))
    return bool(told) and any(person.who == report.get("who") for person in scene.people)


def _has_own_day(scene: Scene, reports: list[Report]) -> bool:
    """ "em nghỉ thứ 5, tối thứ 4 em đi Vinh": the absence beside a trip names its day in a clause of its own."""
    clauses = dict(zip(scene.line.starts, scene.line.clauses, strict=True))
    places = [report.slots["destinations"].span for report in reports if "destinations" in report.slots]
    gone = {clauses.get(span[0]) for span in places if span}
    absences = [report.slots for report in reports if report.kind == "presence" and "date" in report.slots]
    told = [(slots["status"].span, slots["date"].span) for slots in absences]
    return any(
        status and day and clauses.get(status[0]) == clauses.get(day[0]) and clauses.get(status[0]) not in gone
        for status, day in told
    )


def _names_post(scene: Scene, told: set[str]) -> bool:
    """ "em làm việc tại nhà", "tôi làm việc tại cơ quan" told of oneself in so many words."""
    return any(
        value in told
        and value in ("office", "home")
        and after - first >= FEW_WORDS
        and not POSTS.isdisjoint(scene.line.words[first:after])
        and (person := scene.subject(first)) is not None
        and person.who == SELF
        for first, after, value in scene.line.of("presence_words")
    )
