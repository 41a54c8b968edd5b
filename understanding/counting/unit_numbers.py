"""Does a figure beside a unit's word belong to its name ("tổ 3 vắng 1"), count its people ("đội xe 9 đi làm 7") or the units?"""

from understanding.numbers import Number
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.scene import Scene

AFTER_NUMBER = function_words("units.after_number")
UNIT_WORDS = function_words("units.unit_words")
MANY = 10
"""A unit with so high a number is seldom followed by a word for people."""
COUNTED = function_words("units.counted")
GROUPS = function_words("counts.groups")
NUMBERED_UNITS = function_words("units.told_by_number")
CLASSES = frozenset({"mam", "choi", "la"})
CROWD = 100
"""No unit has so high a number, when the name of a figure follows."""


def number_stops(scene: Scene, at: int, head: int) -> bool:
    line = scene.line
    before, follower = line.words[at - 1], line.words[at + 1] if at + 1 < len(line.words) else ""
    if (
        before == "so"
        or follower in (":", "|")
        or (line.is_glued(at) and (len(before) <= 2 or line.raw[at - 1].isupper()))
    ):
        return False
    may_crowd = before not in UNIT_WORDS or int(line.words[at]) >= MANY
    crowd = at == head and may_crowd and _counts_people(line, at)  # "Chi cục 31 người", "trung đội 30 đồng chí"
    crowd = crowd or _counts_visits(line, at)
    if crowd or _ends_a_heading(line, at) or _numbers_the_unit(scene, at, head):
        return crowd
    if not _begins_a_day(scene, at) and any(first == at + 1 for first, _, _ in line.of("count_fields")):
        return _stops_before_field(scene, at, head)
    if at > head or _is_alone(scene, head):
        counted = any(first == at + 1 and value == "person" for first, _, value in line.of("people_nouns"))
        return before not in UNIT_WORDS or _begins_a_day(scene, at) or (counted and at > head)
    if follower == "," and _is_after_total(scene, head):
        return bool(_could_be_whole(scene, at))
    return follower in COUNTED or _begins_a_day(scene, at)


def _counts_visits(line: Line, at: int) -> bool:
    """ "KCN Thuận Hòa 22 lượt, quân số đủ 310"; not "Quầy 3 lượt khách: 22", where the figure stands behind."""
    behind = line.words[at + 1 : at + 4]
    return behind[:1] == ["luot"] and not any(word == ":" or word.isdecimal() for word in behind)


def numbers_units(line: Line, first: int, after: int) -> bool:
    """ "3 line 142 người", "tổng 3 ca: …": so many units, not heads."""
    if after >= len(line.words) or line.is_glued(after):
        return False
    if line.words[after] == "ca":
        return (
            first > 0 and line.words[first - 1] in ("tong", "so", "ca") and line.words[after + 1 : after + 2] != ["f"]
        )
    if line.words[after + 1 : after + 2] and line.words[after + 1].isdecimal():
        return False  # "nghỉ 2 chuyền 6 nghỉ 0": the next unit begins
    return line.words[after] in GROUPS and not any(start == after for start, _, _ in line.of("people_nouns"))


def _counts_people(line: Line, at: int) -> bool:
    """ "31 người", "30 đồng chí"; the "quân" of "Trạm 1 quân số 17/19" begins the name of a figure."""
    if any(first == at + 1 and after > at + 2 for first, after, _ in line.of("count_fields")):
        return False
    return any(first == at + 1 and value == "person" for first, _, value in line.of("people_nouns"))


def _numbers_the_unit(scene: Scene, at: int, head: int) -> bool:
    """ "Lớp Mầm 2 sáng nay 22/25", "trạm gác 4 có 6 người", "xưởng may 2 hôm nay vắng 4": the day's figures come later."""
    line = scene.line
    behind = [number.value for number in scene.numbers if number.first > at + 1]
    if (
        not behind
        or at + 1 >= len(line.words)
        or _could_be_whole(scene, at) > (at > head)
        or _is_of_a_field(scene, at, head)
    ):
        return False
    days = any(at < when.first_word <= at + 2 for when in scene.whens) or any(
        first == at + 1 for kind in ("day_words", "day_parts", "weekdays") for first, _, _ in line.of(kind)
    )
    if line.words[at + 1] in "-–" and not line.is_glued(at + 1):
        return any(when.first_word == at + 2 for when in scene.whens)
    return days or line.words[at + 1] in AFTER_NUMBER


def _is_of_a_field(scene: Scene, at: int, head: int) -> bool:
    """ "Tổ điều độ 6 có mặt, thiếu 2": the name of a figure follows, and no figure behind it."""
    line = scene.line
    ends = [after for first, after, _ in line.of("count_fields") if first == at + 1]
    return at > head and bool(ends) and line.words[ends[0] : ends[0] + 1] in ([","], [";"], ["."])


def _ends_a_heading(line: Line, at: int) -> bool:
    """ "KCN Thuận Thành 2", then its figures line by line."""
    ends = line.words[at + 1 : at + 2] == ["\n"] and (line.raw[at - 1].istitle() or line.raw[at - 1].isupper())
    return ends and any(first == at + 2 for first, _, _ in line.of("count_fields"))


def _stops_before_field(scene: Scene, at: int, head: int) -> bool:
    """ "đội xe 9 đi làm 7": nine are all; "tổ 3 vắng 1", "Lớp Chồi 2 sĩ số 28": a number of the unit."""
    line, whole = scene.line, _could_be_whole(scene, at)
    if int(line.words[at]) >= CROWD:
        return True  # "qua bến 2340 khách"
    behind = range(at + 2, len(line.words))
    figure_behind = any(line.words[each].isdecimal() or line.words[each] == "du" for each in behind)
    if not figure_behind and line.words[at - 1] not in UNIT_WORDS:
        return True  # "CS 47 present", but "quầy 3 nghỉ"
    if not whole and _is_one_too_many(scene, at):
        return False
    if at == head:
        return whole > 1 or (whole > 0 and (_is_alone(scene, head) or _is_after_total(scene, head)))
    return bool(whole) or not (line.words[at - 1] in UNIT_WORDS or line.raw[at - 1][:1].isupper())


def _is_one_too_many(scene: Scene, at: int) -> bool:
    """ "bãi 2 có mặt 47 vắng 3": every name behind it has a figure of its own."""
    line = scene.line
    names = {first for first, _, _ in line.of("count_fields") if first > at}
    figures = [n for n in scene.numbers if n.first > at and n.first not in names]
    return 0 < len(names) == len(figures) and line.words[-1] not in ("mat", "vang")


def _is_alone(scene: Scene, head: int) -> bool:
    return any(after == head and value == "alone" for _, after, value in scene.line.of("units"))


def _is_after_total(scene: Scene, head: int) -> bool:
    """ "quân số đại đội 86, có mặt 81": the figure is the total, not the unit's number."""
    line = scene.line
    first = next((first for first, after, _ in line.of("units") if after == head), head)
    return any(after == first and value == "total" for _, after, value in line.of("count_fields"))


def _could_be_whole(scene: Scene, at: int) -> int:
    """ "đội xe 9 đi làm 7 nghỉ 2": 2 when the next two figures add up to this one, 1 when it is at least the next."""
    turn = next((first for first, _, _ in scene.line.of("correction_words") if first > at), len(scene.line))
    values = [int(number.value) for number in scene.numbers if at <= number.first < turn]
    if len(values) >= 3 and values[0] == values[1] + values[2]:
        return 2
    return int(len(values) >= 2 and values[0] >= values[1])


def _begins_a_day(scene: Scene, at: int) -> bool:
    """The "6" of "Bảo tàng 6/5:"."""
    line = scene.line
    signed = line.words[at].isdecimal() and line.words[at + 1 : at + 2] in (["/"], ["-"], ["."])
    return signed and any(when.first_word == at for when in scene.whens)


def spelled_number(scene: Scene, at: int) -> Number | None:
    """The number in words that begins here."""
    return next((number for number in scene.numbers if number.first == at), None)


def is_told_number(scene: Scene, at: int, head: int) -> bool:
    """The "hai" of "lớp mầm hai đi được hai mươi ba cháu": a lone small figure in words, and the day's figures behind it."""
    line = scene.line
    if at >= len(line.words) or line.words[at].isdecimal() or line.words[head - 1] not in NUMBERED_UNITS | CLASSES:
        return False
    if at > head and not (at == head + 1 and line.words[head] in CLASSES):
        return False
    number = spelled_number(scene, at)
    if number is None or number.after > at + 1 or not 0 < number.value <= MANY or number.after >= len(line.words):
        return False
    counted = any(first == number.after for first, _, _ in line.of("people_nouns"))
    behind = any(each.first > at and line.clauses[each.first] == line.clauses[at] for each in scene.numbers)
    return behind and not counted and (line.words[at + 1] in AFTER_NUMBER or _is_followed_by_field(line, at + 1))


def _is_followed_by_field(line: Line, at: int) -> bool:
    """ "ca hai đi hai mươi mốt", "tổ một có mặt mười hai", "lớp lá một đi được …"."""
    return any(first == at for kind in ("count_fields", "day_words") for first, _, _ in line.of(kind))
