"""The day's figures: visitors, present, absent, on leave, sick …; one report a unit."""

from collections.abc import Iterator, Mapping
from datetime import date

from understanding.counting.arrivals import may_tell_arrivals
from understanding.counting.bare_answers import as_asked, bare_answer
from understanding.counting.bare_tables import rows_of_units, with_sum
from understanding.counting.count_days import days_in_turn
from understanding.counting.counts import Block, blocks
from understanding.counting.full_houses import all_here, full_house
from understanding.counting.guests import GUESTS_BY
from understanding.counting.headcounts import is_of_work
from understanding.counting.labelled_parts import labelled_parts, with_rest
from understanding.counting.out_of_all import with_errands
from understanding.counting.said_of_few import CASES, is_said_of_few
from understanding.counting.split_heads import split_heads
from understanding.counting.stated_sums import stated_sum
from understanding.counting.summed_lists import summed_list
from understanding.counting.tests_done import tells_tested
from understanding.counting.unit_sums import unit_sum
from understanding.counting.units_in_turn import units_in_turn
from understanding.dates import When
from understanding.kind import Found, report, slot
from understanding.persons.household import GROUP
from understanding.phrases.line import Line
from understanding.reading import Doubt, Slot
from understanding.scene import Scene

NEAR = 6
BUILT = 0.7
"""Put together from a sentence: to be asked about."""
SHORT = 9
DETAILED = frozenset("(:")
LEADS_WORKERS = frozenset({":", ";", "tong", "so"})
MISSING = frozenset({"?", "chua", "thieu", "vang", "nghi", "tru", "ma", "gan", "khong"})
"""With one of these words not everybody is here."""
NO_FIGURE = frozenset({"khong", "chua", "du"})


def read_count(scene: Scene, used: frozenset[int]) -> Found:  # noqa: ARG001  the contract of a kind
    found = Found()
    asked = scene.context.startswith("reply_to:daily_count")
    bare = bare_answer(scene) if asked else None
    if bare is not None:
        sure = scene.context.count(":") == 2 and len(scene.numbers) < 2
        _add(scene, found, Block(None, False, 0, bare), 0.9 if sure else 0.75)
        return found
    rows = _whole_tables(scene, asked)
    may_count = asked or scene.ratios or _may_hold_figures(scene)
    if not (rows or may_count):
        rows = split_heads(scene) or all_here(scene)
    for row in rows:
        _add(scene, found, row, BUILT)
    if rows or not may_count:
        return found
    for certainty, day, block in _told_figures(scene, asked):
        _add(scene, found, block, certainty, day)
    return found


def _told_figures(scene: Scene, asked: bool) -> Iterator[tuple[float, date | None, Block]]:
    """How sure each figure is, on what other day, and the figure."""
    parts = _single_figures(scene, asked)
    turns = units_in_turn(scene)
    if len(turns) > len(parts):
        yield from ((_certainty(scene, block, asked), None, block) for block in turns)
        return
    if dated := days_in_turn(scene, parts):
        yield from ((_certainty(scene, block, asked), day, block) for day, block in dated)
        return
    parts = _unless_split(scene, parts)
    full = _full_strength(scene, asked) if not parts else None
    parts += [full] if full else []
    yield from ((_certainty(scene, block, asked), None, block) for block in parts)
    if not parts:
        yield from ((_certainty(scene, block, asked), None, block) for block in all_here(scene))


def _whole_tables(scene: Scene, asked: bool) -> list[Block]:
    """Forms that tell all figures of a message together; the first that fits."""
    return (
        (rows_of_units(scene) if not asked else [])
        or summed_list(scene)
        or stated_sum(scene)
        or labelled_parts(scene)
        or full_house(scene)
        or unit_sum(scene)
    )


def _single_figures(scene: Scene, asked: bool) -> list[Block]:
    """Names with figures, one after the other, but for those that count something else."""
    parts = blocks(scene, asked=scene.context.split(":")[2] if scene.context.count(":") == 2 else None)
    parts = [as_asked(scene, with_errands(scene, with_rest(scene, with_sum(scene, block)))) for block in parts]
    parts = [block for block in parts if not is_said_of_few(scene, block, len(parts), asked)]
    return [block for block in parts if asked or not (_is_statistic(scene, block) or _is_progress(scene, block))]


def _unless_split(scene: Scene, parts: list[Block]) -> list[Block]:
    """ "phòng 7 người hôm nay đi 5 thôi nhé, chị Mai phép": a sentence that tells all and those here goes before single figures."""
    split = split_heads(scene)
    told = any(len(split[0].values) <= len(block.values) for block in parts) if split else True
    return parts if told else split


def _may_hold_figures(scene: Scene) -> bool:
    """A number that is no day and no time, or a denial near the name of a figure; cheap to ask of every message."""
    line = scene.line
    fields = line.of("count_fields")
    denials = [at for at, word in enumerate(line.words) if word in NO_FIGURE]
    if any(-NEAR <= first - at <= NEAR for first, _, _ in fields for at in denials):
        return True
    if not fields and not may_tell_arrivals(scene) and GUESTS_BY.isdisjoint(line.bag) and not tells_tested(line):
        return False
    busy = scene.busy_days | scene.time_words
    return bool(denials and not fields) or any(number.first not in busy for number in scene.numbers)


def _is_statistic(scene: Scene, block: Block) -> bool:
    """ "9 tháng đầu năm …", "so với cùng kỳ": figures of a season, not of a day."""
    line = scene.line
    last = min((block.after or len(line.words)), len(line.words)) - 1
    return any(
        value == "statistic" and line.sentences[block.first] <= line.sentences[first] <= line.sentences[last]
        for first, _, value in line.of("count_traps")
    )


def _is_progress(scene: Scene, block: Block) -> bool:
    """ "xin tuyển 120 lao động": a lone number of people that work is done for."""
    if len(block.values) > 1 or not set(block.values) <= {"total", "present", "absent"}:
        return False
    figures = [number for number in scene.numbers if number.value in block.values.values()]
    return any(is_of_work(scene.line, number.first) for number in figures)


def _full_strength(scene: Scene, asked: bool = False) -> Block | None:
    """ "quân số chuyền 7: đủ", "phòng em đi làm đủ"; "đông đủ", "full quân" as an answer."""
    line = scene.line
    if asked and _says_all_are_here(scene):
        unit = next((name for _, _, name in scene.units if name), None)
        return Block(unit, unit is not None, 0, {"absent": 0})
    at = next(
        (at for at, typed in enumerate(line.typed) if typed in ("đủ", "du") and (typed == "đủ" or not line.has_marks)),
        None,
    )
    if at is None or at in scene.muted:
        return None
    words = line.bag
    if not (
        ({"si", "quan"} & words and "so" in words)
        or {"co", "mat"} <= words
        or {"di", "lam"} <= words
        or "vang" in words
        or line.words[at + 1 : at + 2] in (["quan"], ["mat"])
    ):
        return None
    named = scene.units
    if not named and not ({"si", "quan"} & words) and not any(person.who == GROUP for person in scene.people):
        return None
    return Block(next((name for _, _, name in named if name), None), bool(named), 0, {"absent": 0})


def _says_all_are_here(scene: Scene) -> bool:
    """ "phòng em đủ quân", "đủ mặt anh em", "full quân sếp ơi": short, and without a figure."""
    line = scene.line
    if len(line.words) > SHORT or scene.numbers or not MISSING.isdisjoint(line.words):
        return False
    return any(
        (line.means(at, "đủ") or line.words[at] in ("full", "ful"))
        and at not in scene.muted
        and line.words[at + 1 : at + 2] != ["luot"]
        for at in range(len(line.words))
    )


def _add(scene: Scene, found: Found, block: Block, certainty: float, day: date | None = None) -> None:
    day = day or _day(scene)
    found.reports.append(
        report(
            "count",
            certainty,
            unit=slot(block.unit, None, 0.9),
            date=Slot(day or scene.today, None, 0.95 if day else 0.9),
            values=Slot(block.values, None, certainty),
        )
    )
    if certainty < 0.8:
        found.doubts.append(Doubt("count", "values", "really", tuple(sorted(block.values.items()))))
    found.words.update(_told_words(scene, block))


def _is_compared(scene: Scene, at: int) -> bool:
    """ "nhiều hơn hôm qua 4 lượt"."""
    line = scene.line
    return any(line.means(each, "hơn", "so", "như", "bằng") for each in range(max(at - 2, 0), at))


def _is_of_workers(line: Line, at: int) -> bool:
    """The "CN" of "118 CN", "Xưởng 2: CN đi làm 90": workers, not a Sunday."""
    named = any(first == at for first, _, _ in line.of("people_nouns"))
    return named and at > 0 and (line.words[at - 1].isdecimal() or line.words[at - 1] in LEADS_WORKERS)


def _is_bare_figure(line: Line, when: When) -> bool:
    """The "2" of "17 đi làm, 2 xuống xưởng": so many of them, no day."""
    led = line.words[max(when.first_word - 1, 0)] in (",", ";", "+")
    return led and when.after == when.first_word + 1 and line.words[when.first_word].isdecimal()


def _told_words(scene: Scene, block: Block) -> set[int]:
    """The clauses that hold the block's figures, without an incident that is not among them."""
    line = scene.line
    after = block.after or len(line.words)
    figures = {number.first for number in scene.numbers} | {first for first, _, _ in line.of("negation")}
    clauses = {line.clauses[at] for at in figures if block.first <= at < after}
    told = {at for at in range(block.first, after) if line.clauses[at] in clauses}
    if not DETAILED.isdisjoint(line.bag):
        told |= {at for first in sorted(told) if line.words[first] in "(:" for at in _detail(line, first, after)}
    for first, end, value in line.of("incident_words"):
        if value not in ("f0_case", "f1_contact") or not CASES & set(block.values):
            told -= set(range(first, end))
    return told


def _detail(line: Line, first: int, after: int) -> range:
    """ "vắng 1 (chị Nhung nghỉ thai sản)", "vắng 2: Ngân bịnh, Khang có phép": who the counted ones are."""
    ends = [at for at in range(first, after) if line.words[at] == (")" if line.words[first] == "(" else "\n")]
    return range(first, ends[0] if ends else after)


def _is_part_of_day(scene: Scene, at: int) -> bool:
    """ "sáng 11 chiều 14" answers with figures, not with days."""
    line = scene.line
    return line.words[at + 1 : at + 2] != ["ngay"] and any(
        first == at and after < len(line.words) and line.words[after].isdecimal()
        for first, after, _ in line.of("day_parts")
    )


def _day(scene: Scene) -> date | None:
    for when in scene.whens:
        if when.sort != "day" or when.first_word in scene.muted or _is_compared(scene, when.first_word):
            continue
        if _is_of_workers(scene.line, when.first_word) or _is_bare_figure(scene.line, when):
            continue
        if scene.context.startswith("reply_to:daily_count") and _is_part_of_day(scene, when.first_word):
            continue
        spoken = any(first == when.first_word for first, _, _ in scene.line.of("day_words"))
        if when.first <= scene.today or spoken:
            return when.first
        if when.back is not None and (scene.today - when.back).days < 40:
            return when.back
    return None


def _certainty(scene: Scene, block: Block, asked: bool) -> float:
    total, present, absent = (block.values.get(name) for name in ("total", "present", "absent"))
    if (
        total is not None
        and present is not None
        and (present > total or (absent is not None and present + absent != total))
    ):
        return 0.7
    if _has_several_heads(scene, block) or block.is_split:
        return 0.7
    if any(value == "joke" for _, _, value in scene.line.of("moods")) or _adds_up_badly(
        block.values, names_total=any(value == "total" for _, _, value in scene.line.of("count_fields"))
    ):
        return 0.7
    return 0.9 if asked or block.has_unit or len(block.values) > 1 or "visitors" in block.values else 0.75


def _has_several_heads(scene: Scene, block: Block) -> bool:
    """ "học sinh 512/520, giáo viên 38/38": of which of them is asked."""
    after = block.after or len(scene.line)
    return len({(each.part, each.whole) for each in scene.ratios if block.first <= each.first < after}) > 1


def _adds_up_badly(values: Mapping[str, int], *, names_total: bool) -> bool:
    """More away than absent, or more in all than there are: a colleague would ask."""
    away = sum(values.get(name, 0) for name in ("leave", "sick"))
    present, total, absent = (values.get(name) for name in ("present", "total", "absent"))
    if absent is not None and away > absent:
        return True
    if total is None:
        return False
    if set(values) == {"total", "absent"} and not names_total:
        return True  # "có 18 người, thiếu 2": all of them, or those who came
    if present is None and absent is not None and len(values) == 2:
        return absent > total
    return (present or 0) + away > total
