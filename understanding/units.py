"""Which unit a figure belongs to: "P.KT:", "KCN Đồng Văn II", "phòng Kế toán", "ca đêm", "K16 Hàn"."""

from understanding.lexicon import function_words
from understanding.scene import Scene

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
)
STOP_WORDS = function_words("units.stop_words")
LONGEST = 6
UNIT_WORDS = function_words("units.unit_words")
HEADINGS = function_words("units.headings")
CLAUSE_SIGNS = frozenset(",;\n.:-•")
NOT_NAMES = frozenset({"da", "bao", "cao", "em", "anh", "chi", "ngay", "co", "con", "ca"})
CLASS_LETTERS = frozenset("ABCDEGHK")


def unit_at(scene: Scene, first: int, after: int, value: str) -> tuple[str | None, int]:
    """The name that begins with a unit word, and the word after it; none for "phòng em"."""
    line = scene.line
    if value == "whole":
        return line.written(first, after), after
    end = after
    while end < len(line) and end - after < LONGEST and not _stops(scene, end, after):
        end += 1
    if end == after or (end == after + 1 and line.words[after] == "."):
        alone = line.words[first] in ("van", "vp") and line.raw[first][:1].isupper()
        return (line.written(first, after) if alone else None), after
    return line.written(first, end), end


def _stops(scene: Scene, at: int, head: int) -> bool:
    """Does the name of a unit end before this word?"""
    line = scene.line
    word = line.words[at]
    if _joins(scene, at, head):
        return False
    if _is_capital(scene, at):
        return line.sentences[at] != line.sentences[head - 1]
    if word in STOP_WORDS or (word in OWN and at == head) or not word.isalnum():
        return True
    return _number_stops(scene, at, head) if word.isdecimal() else _other_list_begins(scene, at, head)


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


def _joins(scene: Scene, at: int, head: int) -> bool:
    """The dot of "P.KT", the sign of "TC-KH", the night of "ca đêm"."""
    line = scene.line
    word, before = line.words[at], line.words[at - 1]
    if word == ".":
        return before in ("p", "kcn", "tt", "cty") or _is_between(scene, at)
    if word in ("&", "-"):
        return _is_between(scene, at)
    return at == head and before in ("ca", "kip") and word in ("dem", "sang", "chieu", "toi", "ngay")


def _is_between(scene: Scene, at: int) -> bool:
    line = scene.line
    return line.is_glued(at) and at + 1 < len(line) and line.is_glued(at + 1)


def _is_capital(scene: Scene, at: int) -> bool:
    """A capital goes on with the name, unless it is the head of a figure: "Phòng KT: Có mặt"."""
    line = scene.line
    is_field = line.words[at] in ("co", "vang", "tong") and line.words[at - 1] in (":", "\n")
    return line.raw[at][:1].isupper() and at > 0 and not is_field


def _number_stops(scene: Scene, at: int, head: int) -> bool:
    line = scene.line
    before, follower = line.words[at - 1], line.words[at + 1] if at + 1 < len(line) else ""
    if line.is_glued(at) and len(before) <= 2:
        return False
    if at == head and scene.line.words[head - 2 : head] == ["doi", "xe"]:
        return True
    if at > head:
        return not (before in UNIT_WORDS or follower in (":", "|"))
    return follower in ("/", "luot", "khach", "nguoi", "ban", "ng", "em", "dua")


def units(scene: Scene) -> list[tuple[int, int, str | None]]:
    """Every unit of a message: first word, word after, its name (none for the writer's own)."""
    line = scene.line
    found: list[tuple[int, int, str | None]] = []
    for first, after, full in line.of("office_units"):
        found.append((first, after, full))
    for first, after, value in line.of("units"):
        if any(a <= first < b for a, b, _ in found) or scene.is_trapped(first, after) or first in scene.muted:
            continue
        if line.words[first] in ("p", "ca", "tt", "ch", "cs", "k", "kho", "ban", "hoi", "so", "hat") and not _is_head(
            scene, first, after
        ):
            continue
        name, end = unit_at(scene, first, after, value)
        found.append((first, end, name))
    for at, word in enumerate(line.words):
        if (
            word == "k"
            and at + 1 < len(line)
            and line.words[at + 1].isdecimal()
            and line.is_glued(at + 1)
            and line.raw[at].isupper()
        ):
            _, end = unit_at(scene, at, at + 2, "unit")
            found.append((at, end, line.written(at, end)))
    if not scene.has_digits:
        return found
    found += [head for head in _colon_heads(scene) if not any(a < head[1] and head[0] < b for a, b, _ in found)]
    found += [each for each in _leading_names(scene) if not any(a < each[1] and each[0] < b for a, b, _ in found)]
    found += [each for each in _class_names(scene) if not any(a <= each[0] < b for a, b, _ in found)]
    return sorted(found, key=lambda each: each[0])


def _leading_names(scene: Scene) -> list[tuple[int, int, str | None]]:
    """ "Cắt 24/25, May 1 60/62", "Mầm 1 hôm nay 19/22": a capitalised name at the head of a clause, then its figures."""
    line = scene.line
    names: list[tuple[int, int, str | None]] = []
    heads = [ratio.first for ratio in scene.ratios]
    if scene.context.count(":") == 2 and not heads:
        heads = [number.first for number in scene.numbers]
    for head in heads:
        first = head
        while first and line.words[first - 1] not in CLAUSE_SIGNS:
            first -= 1
        days = [match[0] for kind in ("day_words", "day_parts") for match in line.of(kind) if first < match[0] < head]
        end = min([head, *days])
        if 1 <= end - first <= 4 and _is_name(scene, first, end):
            names.append((first, end, line.written(first, end)))
    return names


def _is_name(scene: Scene, first: int, end: int) -> bool:
    line = scene.line
    if (
        not line.raw[first][:1].isupper()
        or HEADINGS & set(line.words[first:end])
        or any(w in NOT_NAMES for w in line.words[first:end])
    ):
        return False
    kinds = ("count_fields", "day_words", "weekdays", "pronouns", "travel_words", "negation")
    return not any(first <= a < end for kind in kinds for a, _, _ in line.of(kind))


def _class_names(scene: Scene) -> list[tuple[int, int, str | None]]:
    """ "4B đủ", "10A2: 38/40": a school class by its short name."""
    line = scene.line
    names: list[tuple[int, int, str | None]] = []
    for at in range(len(line) - 1):
        if not (
            line.words[at].isdecimal()
            and int(line.words[at]) <= 12
            and line.is_glued(at + 1)
            and line.raw[at + 1] in CLASS_LETTERS
        ):
            continue
        after = at + 2 + (at + 2 < len(line) and line.is_glued(at + 2) and line.words[at + 2].isdecimal())
        names.append((at, after, line.written(at, after)))
    return names


def _colon_heads(scene: Scene) -> list[tuple[int, int, str | None]]:
    """ "ĐV3: 5240/5301": a short name before a colon at the head of a line, followed by figures."""
    line = scene.line
    heads: list[tuple[int, int, str | None]] = []
    for at, word in enumerate(line.words):
        if (
            word not in (":", "|")
            or at + 1 >= len(line)
            or not (line.words[at + 1].isdecimal() or _is_field(scene, at + 1))
        ):
            continue
        first = at
        while first and line.words[first - 1] not in ("\n", ",", ";", "-", "."):
            first -= 1
        name = line.words[first:at]
        if (
            1 <= len(name) <= 4
            and line.raw[first][:1].isupper()
            and not HEADINGS & set(name)
            and not _is_field(scene, first, at)
        ):
            heads.append((first, at, line.written(first, at)))
    return heads


def _is_field(scene: Scene, first: int, last: int | None = None) -> bool:
    return any(first <= a < (last or first + 1) for a, _, _ in scene.line.of("count_fields"))


def _is_head(scene: Scene, first: int, after: int) -> bool:
    """ "p" needs its dot or a capital, "ca" a number or a part of the day: else they are other words."""
    line = scene.line
    word = line.words[first]
    follower = line.words[after] if after < len(line) else ""
    if word == "p":
        return follower == "." or line.raw[first].isupper()
    if word == "ca":
        return follower.isdecimal() or follower in ("dem", "ngay", "sang", "chieu", "toi", "a", "b", "c", "hanh")
    if word in ("ban", "hoi", "so", "hat", "kho"):
        return line.raw[first][:1].isupper() or (bool(follower) and line.raw[after][:1].isupper())
    return line.raw[first].isupper()


def unit_near(scene: Scene, at: int) -> str | None:
    """The unit named in the same sentence, the nearest before the word first."""
    line = scene.line
    named = [each for each in scene.units if each[2] and line.sentences[each[0]] == line.sentences[at]]
    before = [each for each in named if each[0] <= at]
    best = before[-1] if before else named[0] if named else None
    return best[2] if best else None
