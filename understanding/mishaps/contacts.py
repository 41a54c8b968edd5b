"""Who is ill and who met the one that is ill: a case, a contact, or both."""

from understanding.mishaps.victims import has_number
from understanding.persons.household import FAMILY, SELF
from understanding.phrases.lexicon import function_words
from understanding.phrases.settle import Match
from understanding.scene import Scene

BESIDE = frozenset({"voi", "cung", "gan", "canh", "chung"})
TOGETHER = frozenset({"voi", "cung", "chung"})
NEAR_TO = BESIDE | {"sat", "ben", "voi"}
REACH = 4
MET = function_words("incident.met")


def contact_or_case(scene: Scene, best: Match, matches: list[Match]) -> Match:
    """Beside an F0 the writer's own side is a contact: "con em cách ly vì lớp có F0, em là F2"."""
    if best[2] == "f0_case":
        return best if _shares_a_house(scene, best) else _contact_with(scene, best) or best
    if best[2] == "f1_contact" and any(
        match[2] == "f0_case"
        and match[0] < best[0]
        and has_number(scene, match)
        and contact_told(scene, match, [best]) is None
        for match in matches
    ):
        return next(match for match in matches if match[2] == "f0_case")
    return best


def _shares_a_house(scene: Scene, case: Match) -> bool:
    """ "chị họ em ở chung nhà dương tính": who shares the house is ill, and met nobody that is."""
    words = scene.line.words
    return words[max(case[0] - 2, 0)] == "chung" and words[case[0]] == "duong"


def _contact_with(scene: Scene, case: Match) -> Match | None:
    line, words = scene.line, scene.line.bag
    if BESIDE & set(line.words[max(case[0] - 2, 0) : case[0]]):
        return (case[0], case[1], "f1_contact")
    if any(
        line.words[at : at + 2] == ["tiep", "xuc"] and line.clauses[at] == line.clauses[case[0]]
        for at in range(case[0])
    ):
        return (case[0], case[1], "f1_contact")  # "em vừa tiếp xúc với anh Dũng F0"
    if met := _met_before(scene, case) or _sat_with(scene, case):
        return met
    if ("cach" in words and "ly" in words and "vi" in words) or ({"f", "2"} <= words and "la" in words):
        return (case[0], case[1], "f1_contact")
    return None


def _met_before(scene: Scene, case: Match) -> Match | None:
    """ "hôm qua em ngồi uống nước với ông chủ, sáng nay ổng dương tính": the writer met the one who is ill."""
    line = scene.line
    for at in range(case[0]):
        if line.words[at] not in MET or line.clauses[at] == line.clauses[case[0]]:
            continue
        own = any(
            person.who in (SELF, FAMILY) and person.first < at and line.clauses[person.first] == line.clauses[at]
            for person in scene.people
        )
        if own and TOGETHER & set(line.words[at : at + REACH]):
            return at, at + 1, "f1_contact"
    return None


def _sat_with(scene: Scene, case: Match) -> Match | None:
    """ "bé Trang ngồi ăn cùng BN vừa ra dương tính": in one clause somebody, what they did together, and who is ill."""
    line = scene.line
    for at in range(1, case[0]):
        if line.words[at] not in MET or line.clauses[at] != line.clauses[case[0]]:
            continue
        told = any(
            person.who and person.after <= at and line.clauses[person.first] == line.clauses[at]
            for person in scene.people
        )
        between = line.words[at + 1 : case[0]]
        if told and TOGETHER & set(between[:REACH]) and len(between) > 1 and not {"va", "roi"} & set(between):
            return at, at + 1, "f1_contact"
    return None


def met_later(scene: Scene, case: Match) -> Match | None:
    """ "chị Quyên dương tính, hôm thứ 7 em ngồi họp sát bên chị ấy": behind the case one of the writer's own who was beside it."""
    line = scene.line
    for at in range(case[1], len(line)):
        if line.words[at] not in MET or line.clauses[at] == line.clauses[case[0]]:
            continue
        own = any(
            person.who in (SELF, FAMILY) and person.first < at and line.clauses[person.first] == line.clauses[at]
            for person in scene.people
            if not any(first == person.first and value == "either" for first, _, value in line.of("pronouns"))
        )
        if own and at not in scene.muted and NEAR_TO & set(line.words[at + 1 : at + 1 + REACH]):
            return at, at + 1, "f1_contact"
    return None


def contact_told(scene: Scene, case: Match, matches: list[Match]) -> Match | None:
    """ "hai cháu lên hai vạch rồi cô thu với cô lài chăm trực tiếp chắc là F1": behind the case, and of somebody else."""
    for match in matches:
        if match[2] == "f1_contact" and match[0] >= case[1]:
            told = any(case[1] <= person.first < match[0] and person.who for person in scene.people)
            return match if told else None
    return None


def case_beside(scene: Scene, contact: Match, matches: list[Match]) -> Match | None:
    """ "ông khách … dương tính, 2 bạn trực quầy tiếp xúc gần": who is ill is told before, in a clause of its own or of another."""
    clauses = scene.line.clauses
    for match in matches:
        clause = clauses[match[0]]
        ill = any(clauses[person.first] == clause and person.first < match[0] for person in scene.people)
        met = any(match[1] <= person.first < contact[0] and person.who for person in scene.people)
        if match[2] == "f0_case" and match[0] < contact[0] and ill and (met or clause < clauses[contact[0]]):
            return match
    return None
