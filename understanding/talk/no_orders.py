"""Words of ordering and asking that do neither, and what stands before an order: ways, blows, thieves, the ill."""

from typing import TYPE_CHECKING

from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

if TYPE_CHECKING:
    from understanding.scene import Scene

REACH = 3
CALLING = frozenset({"keu", "bao", "nhac", "bieu"})
WAYS = function_words("whereabouts.motion")


def is_no_order(scene: "Scene", mood: str, first: int, bounds: tuple[int, int]) -> bool:
    """Words of ordering and asking that do neither: a way "xuống các xã", "đụng tàu" typed bare, a thief nobody knows."""
    start, end = bounds
    if mood == "question":
        return scene.line.words[end - 1] == "nao" and _is_of_thief(scene.line, end)
    return mood == "order" and (
        _asks_to_correct(scene.line, start, end)
        or _is_way_to(scene, first, start)
        or (scene.line.words[start] == "dung" and _is_struck(scene.line, first, start))
    )


def _asks_to_correct(line: Line, start: int, end: int) -> bool:
    """ "Đề nghị hủy đăng ký đi Bắc Ninh của tôi": asked of the one who wrote it down."""
    signs = [(first, after) for first, after, value in line.of("correction_words") if value != "plain"]
    mends = any(0 <= first - end <= REACH and ":" in line.words[after : after + 2] for first, after in signs)
    return mends or any(first == end or after == start for first, after in signs)


def _is_way_to(scene: "Scene", first: int, start: int) -> bool:
    """ "tôi theo xe xuống các xã": where somebody goes, nobody is called upon."""
    words = scene.line.words
    led = words[start] == "cac" and start > first and words[start - 1] in WAYS
    return led and any(first <= person.first < start for person in scene.people)


def _is_struck(line: Line, first: int, start: int) -> bool:
    """ "ghe dan dung tau" typed bare: "đụng", not "đừng", where nobody is spoken to before it."""
    if line.has_marks or start == first or line.clauses[start - 1] != line.clauses[start]:
        return False
    before = any(after == start for kind in ("pronouns", "others", "family") for _, after, _ in line.of(kind))
    return not before and line.words[start - 1] not in CALLING | {"xin", "nho", "thi", "ma", "roi", "va", "cu", "co"}


def _is_of_thief(line: Line, end: int) -> bool:
    """ "đêm qua đứa nào cạy cốp xe chị Hạnh": whoever it was, it happened."""
    clause = line.clauses[end - 1]
    stolen = any(
        value == "security" and at >= end and line.clauses[at] == clause for at, _, value in line.of("incident_words")
    )
    return stolen and "?" not in line.bag


def is_after_illness(scene: "Scene", first: int, start: int) -> bool:
    """ "con Lài nó ho sặc sụa dì kêu nó về đừng có đứng bếp": what ails one with a name stands."""
    ills = [at for at, _, _ in scene.line.of("symptoms") if first <= at < start]
    return bool(ills) and any(person.name and first <= person.first < ills[0] for person in scene.people)


def told_to_do(line: Line, first: int, start: int) -> int:
    """Where the telling begins: "kêu", "bảo", "nhắc" before the order, or the order itself."""
    return next((at for at in range(start, first, -1) if line.words[at] in CALLING), start)
