"""What a sentence asks, and which of its clauses tell a fact of the writer's own beside the question."""

from itertools import pairwise
from typing import TYPE_CHECKING

from understanding.phrases.lexicon import PLACES, function_words
from understanding.phrases.line import Line

if TYPE_CHECKING:
    from understanding.scene import Scene

TRAILING = function_words("questions.trailing") | {"\n"}
AFTER_NO = function_words("questions.after_no")

TELLERS = frozenset({"self", "family", "group"})
ASKING = frozenset(
    {("khong", "biet"), ("cho", "em"), ("duoc", "khong"), ("cho", "hoi"), ("xin", "hoi"), ("cho", "toi")}
)
OPENERS = 4
"""So many words "cho em hỏi chút" and what leads to it may have."""
MODALS = ("can", "phai", "duoc", "nen")
RULES = frozenset(("co", modal) for modal in (*MODALS, "tinh"))
"""Asking by a rule: "có tính là khách không", "có phải báo không"."""


def question(scene: "Scene", first: int, start: int, after: int) -> set[int]:
    """The clause that asks; beside it, clauses in which nobody is told of."""
    line = scene.line
    clause = line.clauses[start]
    if opener := _only_opens(line, first, start, after):
        return opener
    told = {line.clauses[person.first] for person in scene.people if first <= person.first < after}
    told |= {line.clauses[ill] for ill, _, _ in line.of("symptoms") if first <= ill < start}
    told |= _going_on(scene, told, first, start)
    told -= {clause}
    if line.words[after - 1] == "?" or "?" in line.words[start:after]:
        told = {each for each in told if each < clause}
    asked = {at for at in range(first, after) if line.clauses[at] not in told}
    return asked - set(range(first, start)) if _fact_before(scene, start, clause) else asked


def _only_opens(line: Line, first: int, start: int, after: int) -> set[int]:
    """The clause "cho em hỏi" before a comma asks nothing itself: what is asked stands at the end."""
    if start - first > OPENERS or ("hoi" not in line.words[start : start + OPENERS]):
        return set()
    clause = {at for at in range(first, after) if line.clauses[at] == line.clauses[start]}
    ends = max(clause)
    later = [line.clauses[at] for at in range(ends + 1, after) if line.words[at].isalnum()]
    return clause if len(clause) <= OPENERS + 1 and len(set(later)) > 1 else set()


def _fact_before(scene: "Scene", start: int, clause: int) -> bool:
    """ "con em đang cách ly không biết có phải khai": a fact of one's own stands before the asking words."""
    line = scene.line
    own = any(
        person.who in TELLERS and person.first < start and line.clauses[person.first] == clause
        for person in scene.people
    )
    facts = ("symptoms", "incident_words", "presence_words", *PLACES)
    fact = any(first < start and line.clauses[first] == clause for kind in facts for first, _, _ in line.of(kind))
    return (
        own
        and fact
        and (
            tuple(line.words[start : start + 2]) in ASKING
            or _is_unsure(line, start)
            or line.words[start] in ("lam", "thi", "sao")
        )
    )


def _is_unsure(line: Line, start: int) -> bool:
    """ "mẹ em sốt mấy hôm nay không biết có phải khai không": an illness, and whether it must be told."""
    ill = any(first < start and line.clauses[first] == line.clauses[start] for first, _, _ in line.of("symptoms"))
    return ill and line.words[max(start - 2, 0) : start] == ["khong", "biet"]


def yes_no_question(scene: "Scene", first: int, after: int) -> set[int]:
    line = scene.line
    words = line.words
    asks = "?" in words[first:after]
    answers = scene.context.startswith("reply_to:daily_count")  # "F0 không có F1 ba người cách ly không"
    frame = None if answers and RULES.isdisjoint(pairwise(words[first:after])) else _frame(line, first, after)
    if not asks and frame is None:
        return set()
    at = frame if frame is not None else after - 1
    if _is_request(scene, first, after):
        return set()
    clause = line.clauses[at]
    if frame is not None and at + 1 < after and words[at + 1] in MODALS:
        own = [person for person in scene.people if person.who in TELLERS and first <= person.first < at]
        if own:
            return set(range(at, after))
    told = {
        line.clauses[person.first] for person in scene.people if person.who in TELLERS and first <= person.first < at
    }
    told |= _going_on(scene, told, first, at) - {clause}
    return {each for each in range(first, after) if line.clauses[each] >= clause or line.clauses[each] not in told}


def _going_on(scene: "Scene", told: set[int], first: int, after: int) -> set[int]:
    """ "em đi Lào Cai từ Chủ nhật, chiều nay vừa về, có phải khai không ạ?": what goes on with a day or a complaint before it."""
    goes_on = {scene.line.clauses[when.first_word] for when in scene.whens if first <= when.first_word < after}
    goes_on |= {scene.line.clauses[ill] for ill, _, _ in scene.line.of("symptoms") if first <= ill < after}
    return {clause for clause in goes_on if told and clause > min(told)}


def asked_clauses(line: Line, first: int, after: int) -> set[int]:
    """ "con Lài hết sổ mũi chưa, mai vô làm nghen": a clause that ends in "chưa" asks."""
    asked = _whether(line, first, after)
    if "chua" not in line.words:
        return asked
    for at in range(first + 2, after - 1):
        if line.words[at] == "chua" and line.words[at + 1] == "," and line.means(at, "chưa"):
            start = line.before(at, at - first).start
            asked.update(range(start, at + 1) if at - start > 1 else ())
    return asked


def _whether(line: Line, first: int, after: int) -> set[int]:
    """ "chị Vân có đang ở phòng không, em quên thẻ": a clause framed by "có … không" asks."""
    asked: set[int] = set()
    if "khong" not in line.words or "co" not in line.words:
        return asked
    for at in range(first + 3, after - 1):
        if line.words[at] != "khong" or line.words[at + 1] != "," or line.words[at - 1] in ("co", "ca"):
            continue
        clause = line.before(at, at - first)
        frames = [each for each in clause if line.words[each] == "co" and each < at - 1]
        if frames and frames[0] > clause[0]:
            asked.update(range(clause[0], at + 1))
    return asked


def _frame(line: Line, first: int, after: int) -> int | None:
    """ "có … không", "… chưa" at the end: where the question begins."""
    words = line.words
    end = after - 1
    while end > first and ((words[end] in TRAILING and line.typed[end] != "hạ") or not words[end].isalnum()):
        end -= 1
    if line.means(end, "chưa") and end > first:
        return end
    for at in range(first + 2, end):
        if words[at] == "khong" and words[at + 1] in AFTER_NO and "co" in words[max(at - 5, first) : at]:
            return at
    if words[end] == "khong" and end > first + 1 and words[end - 1] != "thi":
        for at in range(end - 1, first - 1, -1):
            if words[at] == "co" and line.clauses[at] == line.clauses[end]:
                return at
        return (
            end
            if words[after - 1] == "?" or (line.typed[end] != "khong" and end == after - 1 and after - first > 3)
            else None
        )
    return None


def _is_request(scene: "Scene", first: int, after: int) -> bool:
    """ "mai em nghỉ được không ạ?" asks for leave and is as good as a notice."""
    words = scene.line.words[first:after]
    allowed = any(words[at : at + 2] == ["duoc", "khong"] for at in range(len(words)))
    mine = any(person.who == "self" and first <= person.first < after for person in scene.people) or "xin" in words
    return allowed and mine
