"""Whom a report is told of, where the words speak clearly for another person than the rules have read."""

from collections.abc import Mapping
from dataclasses import replace

from understanding.doubts.evidence import URGENT, person_meant
from understanding.doubts.overheard import UNSURE
from understanding.journeys.travellers import are_crews, brings_kin, takes_somebody
from understanding.persons.household import FAMILY, GROUP, OTHER, SELF
from understanding.reading import Report, Slot
from understanding.scene import Scene


def of_whom(scene: Scene, evidence: Mapping[str, float], reports: list[Report]) -> tuple[list[Report], set[str]]:
    """All that tells of one person tells of another, where the words are clear about it; and the kinds to ask about then."""
    told = {report.get("who") for report in reports if "who" in report.slots and report.kind != "correction"}
    meant = person_meant(evidence, *told) if len(told) == 1 else None
    if meant is None or any(report.get("name") for report in reports) or _is_plainly_told(scene, told, reports):
        return reports, set()
    not_of_them = (URGENT, "correction") + (("presence",) if meant == FAMILY else ())  # kin are nobody of the office
    kinds = {report.kind for report in reports if "who" in report.slots and report.kind not in not_of_them}
    return [_told_of(report, meant) if report.kind in kinds else report for report in reports], kinds


def _is_plainly_told(scene: Scene, told: set[str], reports: list[Report]) -> bool:
    """ "mấy đứa cháu tui ở Bình Dương về tới rồi": nobody else is spoken of; without marks "vo" may mean anything."""
    if told in ({GROUP}, {OTHER}) and {report.kind for report in reports} == {"travel"} and are_crews(scene):
        return True  # "tổ Văn đi thực tế Ninh Bình"
    if told == {SELF} and brings_kin(scene):
        return True
    if told == {GROUP}:
        return any(report.kind == "travel" for report in reports) and takes_somebody(scene)
    return scene.line.has_marks and told == {FAMILY} == {person.who for person in scene.people}


def _told_of(report: Report, person: str) -> Report:
    slots = {**report.slots, "who": Slot(person, None, UNSURE)}
    if person != "other":
        slots.pop("name", None)
    return replace(report, slots=slots)
