"""Figures whose labels no list knows, told apart by their sum: "Nhân lực: 8. Trực trạm: 6. Ốm: 1. Tiêm lưu động: 1"."""

from typing import NamedTuple

from understanding.counting.codes import codes
from understanding.counting.counts import Block
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

ENDS = frozenset(".;,\n")
PARTS = ("present", "leave", "sick", "wfh", "field")
HEADS = frozenset({"total", "absent", *PARTS})
AT_WORK = function_words("counts.at_work")
LEAST = 3
LONGEST_HEADING = 6


class Part(NamedTuple):
    """A label, the name of its figure if a list knows it, and the figure."""

    first: int
    after: int
    name: str | None
    value: int


def labelled_parts(scene: Scene) -> list[Block]:
    """One block, where a total and its parts each have a label, and the parts add up to it."""
    words = scene.line.words
    if len(scene.numbers) < LEAST or not any(value == "total" for _, _, value in scene.line.of("count_fields")):
        return []
    pieces = _pieces(scene)
    figures = {number.first for number in scene.numbers}
    heading = pieces[0] if pieces and figures.isdisjoint(range(*pieces[0])) else None
    parts = [_part(scene, *piece) for piece in pieces[heading is not None :]]
    known = [part for part in parts if part is not None]
    totals = [part for part in known if part.name == "total"]
    if len(parts) < LEAST or len(known) < len(parts) or len(totals) != 1 or all(part.name for part in known):
        return []
    others = [part for part in known if part is not totals[0]]
    if sum(part.value for part in others) != totals[0].value:
        return []
    unit = _unit(scene, heading, totals[0])
    values = {"total": totals[0].value, **_named(scene, others), **_headings(scene)}
    return [Block(unit, unit is not None, 0, values, len(words))]


def _headings(scene: Scene) -> dict[str, int]:
    """The sum that heads some of the parts: "nghỉ 52: phép 30, ốm 15"."""
    line = scene.line
    sums = {
        number.first: int(number.value)
        for number in scene.numbers
        if line.words[number.after : number.after + 1] == [":"]
    }
    return {value: sums[after] for _, after, value in line.of("count_fields") if after in sums and value == "absent"}


def _pieces(scene: Scene) -> list[tuple[int, int]]:
    """What stands between stops, commas and line ends; a sign inside a number divides nothing."""
    line, first, pieces = scene.line, 0, []
    inside = {at for number in scene.numbers for at in range(number.first, number.after)}
    for at in range(len(line.words) + 1):
        if at == len(line.words) or (line.words[at] in ENDS and at not in inside):
            if at > first:
                pieces.append((first, at))
            first = at + 1
    return pieces


def _part(scene: Scene, first: int, after: int) -> Part | None:
    """ "Trực trạm: 6", "đội 2: quân số 14"."""
    line = scene.line
    figures = [number for number in scene.numbers if first < number.first < after]
    nouns = {at for a, b, _ in line.of("people_nouns") for at in range(a, b)}
    if not figures or any(at not in nouns for at in range(figures[-1].after, after)):
        return None
    end = figures[-1].first - (line.words[figures[-1].first - 1] == ":")
    colon = next((at for at in range(end - 1, first, -1) if line.words[at] == ":"), first - 1)
    label = range(colon + 1, end)
    if any(number.first in label for number in figures) or not label:
        return None
    names = [value for a, b, value in line.of("count_fields") if a in label and value in HEADS]
    name = names[0] if names and _is_whole_label(scene, label) else None
    name = name or next((value for at, end, value in codes(line) if (at, end) == (label[0], label[-1] + 1)), None)
    return Part(first, after, name, int(figures[-1].value))


def _is_whole_label(scene: Scene, label: range) -> bool:
    """The known name fills its label, but for who is counted."""
    line = scene.line
    told = {at for kind in ("count_fields", "people_nouns") for a, b, _ in line.of(kind) for at in range(a, b)}
    return all(at in told for at in label)


def _named(scene: Scene, parts: list[Part]) -> dict[str, int]:
    """The largest part without a name are those present, the others without one are out at work where their label says so."""
    values = {part.name: part.value for part in parts if part.name}
    nameless = sorted((part for part in parts if not part.name), key=lambda part: -part.value)
    if "present" not in values and nameless and not _goes_out(scene, nameless[0]):
        values["present"] = nameless.pop(0).value
    out = [part.value for part in nameless if _tells_of_work(scene, part)]
    return {**values, "field": sum(out)} if out else values


def _tells_of_work(scene: Scene, part: Part) -> bool:
    """Not "không lý do 7"."""
    words = scene.line.words[part.first : part.after]
    return "khong" not in words and bool(AT_WORK & set(words))


def _goes_out(scene: Scene, part: Part) -> bool:
    """ "đi lưới 15"."""
    words = scene.line.words
    return "di" in words[part.first : part.first + 2]


def _unit(scene: Scene, heading: tuple[int, int] | None, total: Part) -> str | None:
    line = scene.line
    if heading is not None:
        short = heading[1] - heading[0] <= LONGEST_HEADING and line.raw[heading[0]][:1].isupper()
        return line.written(*heading) if short else None
    return next((name for first, _, name in scene.units if name and total.first <= first < total.after), None)


def with_rest(scene: Scene, block: Block) -> Block:
    """ "18 người: có mặt 15, phép 2, đang đối chiếu hóa đơn tại doanh nghiệp 1": what is left to the sum is out at work."""
    values = block.values
    if not {"total", "present"} <= set(values) or {"field", "absent", "wfh"} & set(values):
        return block
    rest = values["total"] - sum(values.get(name, 0) for name in PARTS)
    if rest <= 0:
        return block
    line = scene.line
    figures = [
        number
        for number in scene.numbers
        if block.first <= number.first < (block.after or len(line.words)) and number.value == rest
    ]
    out = [
        number for number in figures if number.first not in scene.time_words and _is_work_of_some(scene, number.first)
    ]
    return block._replace(values={**values, "field": rest}) if len(out) == 1 else block


def _is_work_of_some(scene: Scene, at: int) -> bool:
    """A work is told in the clause of the figure, and no other figure and no name of one."""
    line = scene.line
    clause = [each for each in range(len(line.words)) if line.clauses[each] == line.clauses[at]]
    named = any(line.clauses[first] == line.clauses[at] for first, _, _ in line.of("count_fields"))
    figures = [number for number in scene.numbers if number.first in clause]
    return len(figures) == 1 and not named and bool(AT_WORK & {line.words[each] for each in clause})
