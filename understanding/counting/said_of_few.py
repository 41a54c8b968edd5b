"""Is a lone figure talk of some people, of guests of a trade, or of where they are, and not the day's figures?"""

from understanding.counting.counts import Block
from understanding.counting.guests import came_as_guests
from understanding.counting.tests_done import tells_tested
from understanding.persons.household import GROUP
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.scene import Scene

RECEIVED = function_words("count.received")
CASES = frozenset({"f0", "f1"})


def is_said_of_few(scene: Scene, block: Block, blocks_found: int, asked: bool) -> bool:  # noqa: PLR0911  one exit for each rule reads best
    """One lone figure without unit or frame is talk of some people, not the day's figures."""
    line, names = scene.line, set(block.values)
    if names <= CASES and blocks_found > 1 and ":" not in scene.line.words:
        return True
    if names == {"absent"} and not block.values["absent"]:
        return False
    if not asked and names <= {"sick", "leave", "total"} and _is_an_illness(scene, block):
        return True
    if asked or (len(names) > 1 and not names <= CASES) or blocks_found > 1:
        return False
    if names <= CASES and all(block.values[name] for name in names):
        if names == CASES and _are_told_as_cases(scene):
            return True
        return not (":" in line.words or "|" in line.words)
    if names == {"present"} and _is_of_contacts(scene, block):
        return True
    if "visitors" in names:
        joking = any(value == "joke" for _, _, value in line.of("moods"))
        return (joking and not (block.has_unit and scene.whens)) or not _is_visit(scene, block)
    if names <= {"quarantined"} and not any(block.values.values()):
        return False
    return not (names == {"tested"} and _are_people_tested(scene, block)) and _is_unframed(scene, block, names)


def _are_told_as_cases(scene: Scene) -> bool:
    """ "01 ca dương tính, 14 trường hợp tiếp xúc gần": each figure before its name is what happened; "F0: 3, F1: 12" is a table."""
    from understanding.mishaps.victims import led_number

    told = [match for match in scene.line.of("incident_words") if match[2] in ("f0_case", "f1_contact")]
    return len(told) > 1 and all(led_number(scene, match) is not None for match in told)


def _is_of_contacts(scene: Scene, block: Block) -> bool:
    """ "2 bạn trực quầy tiếp xúc gần": what happened to them is told, not how many came."""
    line = scene.line
    figures = {line.clauses[n.first] for n in scene.numbers if n.value == block.values["present"]}
    return any(line.clauses[first] in figures for first, _, _ in line.of("incident_words"))


def _are_people_tested(scene: Scene, block: Block) -> bool:
    """ "xét nghiệm 60 người, âm tính hết": so many at once are a day's work."""
    line = scene.line
    if tells_tested(line) and ("tinh" in line.bag or line.of("units")):
        return True
    ends = {after for _, after, value in line.of("count_fields") if value == "tested"}
    return any(number.first in ends and number.value == block.values["tested"] for number in scene.numbers) and any(
        value == "person" for _, _, value in line.of("people_nouns")
    )


def _is_unframed(scene: Scene, block: Block, names: set[str]) -> bool:
    """Neither a unit nor a colon nor the writer's own side nor a word of counting stands by it."""
    line = scene.line
    if (block.has_unit and not _is_whereabouts(block)) or ":" in line.words:
        return _is_trip(scene, names)
    if _is_whereabouts(block):
        return True
    if any(person.who == GROUP for person in scene.people) or {"quan", "si", "diem", "tong"} & set(line.words[:3]):
        return _is_trip(scene, names)
    return not (names <= {"from_epidemic_area"} or line.words[_past_day(line)] in ("vang", "nghi", "co", "tong"))


def _is_whereabouts(block: Block) -> bool:
    """ "tổ em 4 người nay đi hiện trường" tells where they are, not how many of a unit."""
    return set(block.values) == {"field"} and block.unit is None


def _past_day(line: Line) -> int:
    """ "bữa nay vắng 3 đứa": the first word that tells no day."""
    after = next((after for first, after, _ in line.of("day_words") if not first), 0)
    return after if after < len(line) else 0


def _is_an_illness(scene: Scene, block: Block) -> bool:
    """ "ba em sốt phải nhập viện" tells of the sick; "không ốm đau gì" of nobody."""
    if set(block.values) == {"total"}:
        return bool(scene.line.of("incident_words"))
    if not any(block.values.values()):
        return not block.has_unit
    return set(block.values) == {"sick"} and bool(scene.line.of("symptoms"))


def _is_visit(scene: Scene, block: Block) -> bool:
    """ "tiếp", "lượt", a unit with a colon, or a day make guests of "khách"; "cho 30 khách đi tham quan" are a tour."""
    line = scene.line
    words = line.bag
    if words & RECEIVED or ":" in words or "trong do" in line.folded:
        return True
    if came_as_guests(line, frozenset()):
        return True
    if not block.values["visitors"] and any(value == "nobody" for _, _, value in line.of("count_fields")):
        return True
    if block.has_unit and not block.values["visitors"]:
        return True
    summed = len(line.of("day_parts")) > 1 or any(value == "total" for _, _, value in line.of("count_fields"))
    placed = bool(scene.whens or scene.time_words) or bool(line.of("units")) or summed
    return bool(words & {"khach", "dan"}) and (placed or len(line) < 8)


def _is_trip(scene: Scene, names: set[str]) -> bool:
    return names <= {"present", "field", "total"} and bool(scene.places)
