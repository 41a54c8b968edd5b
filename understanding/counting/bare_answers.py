"""Answers to a question for one figure: "12", "sáng 11 chiều 14", "1 thôi, a Dũng chưa lên", "chưa thấy ai"."""

from understanding.counting.counts import Block
from understanding.numbers import Number
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

SILENT = function_words("count.silent")
NONE = frozenset({"khong", "chua", "chang"})
TWO = 2
NOT_OF_STAFF = frozenset({"visitors", "tested", "from_epidemic_area", "quarantined", "f0", "f1"})
"""Asked for one of these, "hết thảy 32" is its figure."""


def bare_answer(scene: Scene) -> dict[str, int] | None:
    """ "12", "dạ 12 ạ", "không có ạ": the field is the one that was asked."""
    line = scene.line
    asked = {_asked_field(scene), "nobody"} | ({"total"} if _asked_field(scene) in NOT_OF_STAFF else set())
    if any(value not in asked for _, _, value in line.of("count_fields")):
        return None
    compared = _compared(scene) | _rejected(scene)
    numbers = [n for n in scene.numbers if n.first not in scene.time_words | compared and n.value == int(n.value)]
    rest = [
        w
        for at, w in enumerate(line.words)
        if w not in SILENT
        and at not in compared
        and not any(n.first <= at < n.after for n in numbers)
        and w.isalnum()
        and not any(a <= at < b for a, b, _ in line.of("count_fields"))
    ]
    told = _halves_of_a_day(scene, numbers) or _number_then_names(scene, numbers)
    if told:
        return {_asked_field(scene): told}
    if len(rest) > 2 or "?" in line.words:
        return None
    if len(numbers) == 1 and not scene.ratios and not rest:
        return {_asked_field(scene): int(numbers[0].value)}
    if not numbers and not rest and not NONE.isdisjoint(line.words):
        return {_asked_field(scene): 0}
    return None


def as_asked(scene: Scene, block: Block) -> Block:
    """ "hết thảy 32 nghe" to "Hôm nay bao nhiêu khách?"."""
    asked = _asked_field(scene) if scene.context.count(":") == TWO else None
    if asked in NOT_OF_STAFF and set(block.values) == {"total"}:
        return block._replace(values={asked: block.values["total"]})
    return block


def _compared(scene: Scene) -> frozenset[int]:
    """The "tăng 2 so với hôm qua" behind "15 nhé em": a clause that only compares."""
    line = scene.line
    if {"so", "hon"}.isdisjoint(line.words):
        return frozenset()
    clauses = {line.clauses[at] for at, word in enumerate(line.words) if word in ("tang", "giam", "hon") and at > 1}
    return frozenset(at for at in range(len(line)) if line.clauses[at] in clauses and line.clauses[at] > 0)


def _rejected(scene: Scene) -> frozenset[int]:
    """The "chu ko phai 12" of "15 chu ko phai 12": the figure that is not meant, and the words that say so."""
    signs = [(first, after) for first, after, value in scene.line.of("correction_words") if value == "not"]
    return frozenset(
        at
        for number in scene.numbers
        for first, after in signs
        if number.first == after
        for at in range(first, number.after)
    )


def _number_then_names(scene: Scene, numbers: list[Number]) -> int:
    """ "1 thôi, a Dũng chưa lên": the figure first, then who it is; nought if it is not told so."""
    line = scene.line
    if len(numbers) != 1 or scene.context.count(":") < TWO or "?" in line.words:
        return 0
    number = numbers[0]
    opens = all(word in SILENT or not word.isalnum() for word in line.words[: number.first])
    cut = next((at for at in range(number.after, len(line)) if line.words[at] in ",(:-"), 0)
    told = cut and all(word in SILENT for word in line.words[number.after : cut])
    named = any(person.name and person.first > cut for person in scene.people)
    return int(number.value) if opens and told and named else 0


def _halves_of_a_day(scene: Scene, numbers: list[Number]) -> int:
    """ "sáng 11 chiều 14": what came in each part of the day, together; none for anything longer."""
    line = scene.line
    parts = {after for kind in ("day_parts", "count_fields") for _, after, _ in line.of(kind)}
    if len(numbers) < 2 or len(numbers) != len(line.of("day_parts")) or any(n.first not in parts for n in numbers):
        return 0
    rest = [word for word in line.words if word.isalpha() and word not in SILENT]
    return 0 if rest else sum(int(number.value) for number in numbers)


def _asked_field(scene: Scene) -> str:
    parts = scene.context.split(":")
    return parts[2] if len(parts) == 3 else "visitors"
