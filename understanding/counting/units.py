"""Which unit a figure belongs to: "P.KT:", "KCN Đồng Văn II", "phòng Kế toán", "ca đêm", "K16 Hàn"."""

from itertools import product

from understanding.counting.codes import codes
from understanding.counting.names import Unit, class_names, colon_heads, leading_names
from understanding.counting.unit_numbers import is_told_number, number_stops, spelled_number
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.scene import Scene

CAPITAL_HEADS = function_words("units.capital_heads")
NUMBERED_HEADS = function_words("units.numbered_heads")
SHIFTS = function_words("units.shifts")

OWN = function_words("units.own")
STOP_KINDS = (
    "count_fields",
    "day_words",
    "weekdays",
    "presence_words",
    "incident_words",
    "symptoms",
    "travel_words",
    "negation",
    "week_words",
    "correction_words",
)
STOP_WORDS = function_words("units.stop_words")
CALLED = frozenset(product(function_words("units.writes"), function_words("units.helps")))
HEADS = frozenset({"units", "office_units"})
LONGEST = 6
BEFORE_ALONE = function_words("units.before_alone")
ADDRESSING = function_words("units.addressing")
WORKING = function_words("units.working")
NOT_STOPS = function_words("units.not_stops")
PREVENTING = frozenset({"tiem", "du", "de", "quoc", "chich", "bien"})
"""Before "phòng" they make no room of it: "tiêm phòng dại"."""
GIVING_WAY = frozenset({"tràn", "trào", "sập", "bục", "rò", "dột"})
"""What happened to it is no part of its name: "khu B tràn"."""
SOME = function_words("units.some")
BEFORE_FIGURES = frozenset({"ho", "con", "tong", "si", "quan", "tri", "co", "nhan"})
MANY_MEANINGS = function_words("units.many_meanings")


def unit_at(scene: Scene, first: int, after: int, value: str) -> tuple[str | None, int]:
    """The name that begins with a unit word, and the word after it; none for "phòng em"."""
    line = scene.line
    if value in ("whole", "role"):
        return line.written(first, after), after
    end = next((last for first, last, _ in line.of("unit_names") if first == after), after)
    while end < len(line.words) and end - after < LONGEST and not _stops(scene, end, after):
        end += 1
    if line.words[end - 1] == "ca" and end > after + 1 and _is_of_day(line, end):
        end -= 1  # "Khoa Nhi ca chiều nay"
    if line.words[end - 1 : end + 1] == ["co", "quan"]:
        end -= 1  # "trước cổng cơ quan"
    if end == after or (end == after + 1 and line.words[after] == "."):
        named = (value == "alone" and _stands_first(scene, first)) or (
            after - first > 1 and line.words[after : after + 1] == [":"]
        )
        return (line.written(first, after) if named else None), after
    return line.written(first, end), end


def _is_of_day(line: Line, at: int) -> bool:
    return any(first == at for kind in ("day_words", "day_parts") for first, _, _ in line.of(kind))


def _stands_first(scene: Scene, first: int) -> bool:
    """ "Văn phòng báo cáo: …", "hôm nay nhà ăn đi làm 9"; not "lên văn phòng"."""
    line = scene.line
    if not first or line.clauses[first - 1] != line.clauses[first] or line.words[first - 1] in BEFORE_ALONE:
        return True
    if any(when.after == first for when in scene.whens):
        return True
    return any(after == first for kind in ("day_words", "day_parts") for _, after, _ in line.of(kind))


def _stops(scene: Scene, at: int, head: int) -> bool:
    """Does the name of a unit end before this word?"""
    line = scene.line
    word = line.words[at]
    if _joins(scene, at, head) or _names_its_work(scene, at, head) or is_told_number(scene, at, head):
        return False
    if _is_capital(scene, at):
        dotted = at == head + 1 and line.words[head] == "." and line.is_glued(head) and line.is_glued(at)  # "p.KT"
        return line.sentences[at] != line.sentences[head - 1] and not dotted
    if (
        _ends_behind_number(scene, at, head)
        or (word in STOP_WORDS and line.typed[at] not in NOT_STOPS)
        or (word in OWN and at == head)
        or not word.isalnum()
        or line.typed[at] in GIVING_WAY
    ):
        return True
    spelled = None if word.isdecimal() else spelled_number(scene, at)
    if spelled is not None and at > head:
        return spelled.after >= len(line.words) or line.words[spelled.after] not in ":|"
    if word == "0":
        return True  # "phòng hạ tầng 0 vắng": no unit is number nought
    return number_stops(scene, at, head) if word.isdecimal() else _other_list_begins(scene, at, head)


def _other_list_begins(scene: Scene, at: int, head: int) -> bool:
    """A figure's name, a day, a symptom: no more part of the unit's name."""
    line = scene.line
    kinds: tuple[str, ...] = STOP_KINDS
    if at == head:
        kinds = (
            ("count_fields", "day_words")
            if line.words[head - 1] in ("ca", "kip")
            else ("count_fields", "day_words", "day_parts")
        )
    return any(first <= at < after for kind in kinds for first, after, _ in line.of(kind))


def _names_its_work(scene: Scene, at: int, head: int) -> bool:
    """ "bộ phận tiếp dân: 27 lượt": the name of a figure right behind the unit word and before a colon."""
    line = scene.line
    if line.words[head - 1] not in WORKING:
        return False
    return any(
        first == head + (line.words[head] == ".")
        and at < after
        and after < len(line.words)
        and (line.words[after] == ":" or line.words[after].isdecimal())
        for first, after, value in line.of("count_fields")
        if value in ("visitors", "tested")
    )


def _joins(scene: Scene, at: int, head: int) -> bool:
    """The dot of "P.KT", the sign of "TC-KH", the night of "ca đêm"."""
    line = scene.line
    word, before = line.words[at], line.words[at - 1]
    if word == ".":
        return before in ("p", "kcn", "tt", "cty") or _is_between(scene, at)
    if word in ("&", "-"):
        return _is_between(scene, at)
    if line.words[head - 1] == "lop" and at in (head, head + 1, head + 2) and "/" in line.words[head : head + 2]:
        return line.words[head + 1] == "/" and all(each.first != head for each in scene.fractions)
    if word == "so":
        return line.words[at + 1 : at + 2] != [] and line.words[at + 1].isdecimal() and line.means(at, "số")
    return at == head and before in ("ca", "kip") and word in ("dem", "sang", "chieu", "toi", "ngay")


def _is_between(scene: Scene, at: int) -> bool:
    line = scene.line
    return line.is_glued(at) and at + 1 < len(line.words) and line.is_glued(at + 1)


def _ends_behind_number(scene: Scene, at: int, head: int) -> bool:
    """Behind its number a name goes on with a capital or another unit word: "ca 1 xưởng 2", "K16 Hàn"; not "quầy 4 gần …"."""
    line = scene.line
    if at == head or not line.words[at - 1].isdecimal() or not line.words[at].isalpha():
        return False
    goes_on = line.raw[at][:1].isupper() or line.is_glued(at)
    return not goes_on and not any(first == at for first, _, _ in line.of("units"))


def _is_capital(scene: Scene, at: int) -> bool:
    """A capital goes on with the name, unless it is the head of a figure: "Phòng KT: Có mặt"."""
    line = scene.line
    is_field = line.words[at] in ("co", "vang", "tong") and line.words[at - 1] in (":", "\n")
    is_day = line.words[at] == "ngay" and "".join(line.words[at + 1 : at + 2]).isdecimal()  # "ĐỘI 1 NGÀY 14/1"
    return line.raw[at][:1].isupper() and at > 0 and not (is_field or is_day)


def units(scene: Scene) -> list[Unit]:
    """Every unit of a message: first word, word after, its name (none for the writer's own)."""
    line = scene.line
    if not line.has_digits and HEADS.isdisjoint(line.found):
        return []
    found: list[Unit] = [(first, after, full) for first, after, full in line.of("office_units")]
    for first, after, value in line.of("units"):
        if not any(a <= first < b for a, b, _ in found) and _may_begin(scene, first, after, value):
            name, end = unit_at(scene, first, after, value)
            if not _is_called(line, end):
                found.append((first, end, name))
    if not line.has_digits:
        return found
    found += _courses(scene)
    for names in (colon_heads, class_names, leading_names):
        more = [each for each in names(scene) if not any(a < each[1] and each[0] < b for a, b, name in found if name)]
        found = [each for each in found if each[2] or not any(a <= each[0] < b for a, b, _ in more)] + more
    return sorted(found, key=lambda each: each[0])


def _may_begin(scene: Scene, first: int, after: int, value: str) -> bool:
    """A unit word that is neither muted nor part of a name, a trap, or the name of a figure ("đi cơ sở")."""
    line = scene.line
    some = first > 0 and (
        line.words[first - 1] in SOME or _is_behind(line, first) or _is_all_of(line, first, after)
    )  # "mấy trường vùng lụt báo về"
    some = some or (first > 0 and line.words[first] == "phong" and line.words[first - 1] in PREVENTING)
    if some or first in scene.muted or scene.is_trapped(first, after) or _is_addressed(line, first):
        return False
    if any(person.name and person.first < first < person.after for person in scene.people) or any(
        a < first < b or (a == first and b > after) for a, b, _ in line.of("count_fields")
    ):
        return False
    if value == "role" and not _stands_first(scene, first):
        return False
    if value == "numbered":
        return _is_numbered(scene, first, after)
    if _is_another_word(line, first, after):
        return False
    return after - first > 1 or line.words[first] not in MANY_MEANINGS or _is_head(scene, first, after)


def _is_another_word(line: Line, first: int, after: int) -> bool:
    """The "chốt số" of "chốt số khách là 9" mends, that of "Chốt số 3" is a post; the "test" of "trạm test 5 người" is done."""
    behind = line.words[after : after + 2]
    numbered = behind[:1] == ["so"] and "".join(behind[1:]).isdecimal()
    if not numbered and any(a <= first < b and b - a > after - first for a, b, _ in line.of("correction_words")):
        return True
    return line.words[after - 1] == "test" and "".join(behind[:1]).isdecimal()


def _is_all_of(line: Line, first: int, after: int) -> bool:
    """ "cả team họp chung với ảnh": the writer's own, without a name or a number."""
    named = after < len(line.words) and (line.raw[after][:1].isupper() or line.words[after].isdecimal())
    return line.typed[first - 1] == "cả" and after < len(line.words) and line.words[after].isalpha() and not named


def _is_behind(line: Line, first: int) -> bool:
    """The "so" of "ho so dat dai", "con so": no office."""
    return line.words[first] == "so" and first > 0 and line.words[first - 1] in BEFORE_FIGURES


def _is_numbered(scene: Scene, first: int, after: int) -> bool:
    """ "Lá 3", "chồi 1"; not the "la 3" of "f1 la 3"."""
    line = scene.line
    is_verb = line.typed[first] == "la" and any(end == first for _, end, _ in line.of("count_fields"))
    if is_verb or after >= len(line.words):
        return False
    told = line.words[after].isdecimal() or is_told_number(scene, after, after)
    return told and not line.is_glued(after)


def _is_addressed(line: Line, first: int) -> bool:
    """ "Kính báo cáo Phòng GD: Trường …": who is written to, not who is counted."""
    return first > 1 and line.words[first - 1] in ADDRESSING and "kinh" in line.words[max(first - 3, 0) : first]


def _is_called(line: Line, at: int) -> bool:
    """ "Phòng TCHC ghi giúp tôi", "văn phòng ơi": who is asked to write it down."""
    return line.words[at : at + 1] == ["oi"] or tuple(line.words[at : at + 2]) in CALLED


def _courses(scene: Scene) -> list[Unit]:
    """ "K16 Hàn": a course by its number."""
    line = scene.line
    found: list[Unit] = []
    for at, word in enumerate(line.words[:-1]) if "k" in line.bag else ():
        if word == "k" and line.words[at + 1].isdecimal() and line.is_glued(at + 1) and line.raw[at].isupper():
            _, end = unit_at(scene, at, at + 2, "unit")
            found.append((at, end, line.written(at, end)))
    return found


def _is_head(scene: Scene, first: int, after: int) -> bool:
    """ "p" needs its dot or a capital, "ca" a number or a part of the day: else they are other words."""
    line = scene.line
    word = line.words[first]
    follower = line.words[after] if after < len(line.words) else ""
    if word == "p":
        named = line.raw[first].isupper() or (follower.isalpha() and line.raw[after].isupper())
        return follower == "." or (named and not any(at == first for at, _, _ in codes(line)))
    if word in NUMBERED_HEADS and follower.isdecimal():
        return True
    if word == "ca":
        return follower.isdecimal() or follower in SHIFTS or is_told_number(scene, after, after)
    if any(start == after for start, _, _ in line.of("unit_names")):
        return True
    if word in CAPITAL_HEADS:
        return line.raw[first][:1].isupper() or (bool(follower) and line.raw[after][:1].isupper())
    return line.raw[first].isupper()


def unit_near(scene: Scene, at: int) -> str | None:
    """The unit named in the same sentence, the nearest before the word first."""
    line = scene.line
    named = [each for each in scene.units if each[2] and line.sentences[each[0]] == line.sentences[at]]
    before = [each for each in named if each[0] <= at]
    best = before[-1] if before else named[0] if named else None
    return best[2] if best else None
