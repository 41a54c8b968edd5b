"""What stands before an order or a question though these are silent: what happened, figures, hands called for."""

from typing import TYPE_CHECKING

from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

if TYPE_CHECKING:
    from understanding.scene import Scene

KEEPING_AWAY = frozenset({"dung", "tranh", "khoan"})
HELPING = function_words("moods.helping")
"""Who calls for hands tells of what happened: "… gãy chân rồi có ai xuống phụ tui"."""
SEEN = function_words("moods.seen")
REACH = 6


def is_after_incident(scene: "Scene", first: int, start: int) -> bool:
    """ "Tổ 7 vừa báo cháy nhà, đề nghị công an có mặt": what happened stands, the order behind it is silent."""
    line = scene.line
    found = [*line.of("incident_words"), *scene.built_incidents]
    told = [
        at
        for at, _, _ in found
        if first <= at and (line.clauses[at] < line.clauses[start] or "roi" in line.words[at:start])
    ]
    if not told:
        return False
    goes_on = "dang" in line.words[told[0] : start]
    keeps_away = line.words[start] in KEEPING_AWAY  # "đổ chai formol phòng 204, đừng ai vô"
    own = any(person.who == "self" and first <= person.first < start for person in scene.people)
    today = (when for when in scene.whens if when.first == when.last == scene.today)
    return goes_on or keeps_away or own or any(first <= when.first_word < start for when in today)


def calls_for_help(line: Line, first: int, start: int) -> bool:
    """ "… gãy chân rồi có ai xuống phụ tui", "cháy trường rồi ai trực gọi 114", "mai nghỉ bù, ai trực thay nhắn tui"."""
    told = line.clauses[first] < line.clauses[start] or any(
        first <= at < start for at, _, _ in line.of("incident_words")
    )
    return told and "ai" in line.words[start : start + 2] and not HELPING.isdisjoint(line.words[start : start + REACH])


def is_after_figures(scene: "Scene", first: int, start: int) -> bool:
    """ "Xưởng 1: 487 trên 520, chuyền nào thiếu chị điều sang": the figures stand."""
    clauses = scene.line.clauses
    return any(first <= ratio.first < start and clauses[ratio.first] < clauses[start] for ratio in scene.ratios)


def wonders_at_harm(line: Line, start: int, end: int) -> bool:
    """ "khói ở đâu ra mù mịt", "có mấy người nôn ói": it is seen already, only whence or how many is open."""
    asked = line.words[start:end]
    if asked == ["o", "dau"]:
        return start > 0 and line.typed[start - 1] in SEEN
    return asked == ["may", "nguoi"] and any(0 <= ill - end <= 1 for ill, _, _ in line.of("symptoms"))
