"""Units without a unit word: "Cắt 24/25", "Lá 1: 30", "4B đủ", "Tân Việt nghỉ 15, đi làm 341"."""

from collections.abc import Iterator, Mapping

from understanding.counting.lists import has_heading, names_in_turn
from understanding.phrases.lexicon import function_words, vocabulary
from understanding.phrases.line import Line
from understanding.phrases.normalize import fold
from understanding.scene import Scene

NOT_NAMES = function_words("names.never")
BARE_NOT_NAMES = frozenset(fold(word) for word in NOT_NAMES)
CLAUSE_SIGNS = frozenset(",;\n.:-•()|")
COLONS = frozenset(":|")
LINE_SIGNS = frozenset("\n,;-.–—|")
HEADCOUNT = function_words("counts.headcount")
CLASS_LETTERS = frozenset("ABCDEGHK")
VOWELS = frozenset("aeiouy")
LONGEST = 5
NO_NAME = ("count_fields", "day_words", "day_parts", "weekdays", "pronouns", "travel_words", "moods")

Unit = tuple[int, int, str | None]


def leading_names(scene: Scene) -> list[Unit]:
    """ "Cắt 24/25, May 1 60/62", "Mầm 1 hôm nay 19/22": a capitalised name, then its figures."""
    in_turn = names_in_turn(scene.line, scene.fractions)
    names: list[Unit] = [(*bounds, scene.line.written(*bounds)) for bounds in in_turn]
    heads = [] if in_turn else _figure_heads(scene)
    days = _days_by_their_end(scene) if heads else {}
    for head, is_field in heads:
        end = _before_days(scene, head, days)
        bounds = _run_of_capitals(scene, end) or _clause_head(scene, end)
        if bounds is None or (is_field and not _is_no_person(scene, bounds)):
            continue
        names.append((*bounds, scene.line.written(*bounds)))
    return list(dict.fromkeys(names))


def _figure_heads(scene: Scene) -> list[tuple[int, bool]]:
    """Where figures, or the names of figures, begin."""
    heads = [(ratio.first, False) for ratio in scene.ratios]
    if scene.context.count(":") == 2 and not heads:
        heads = [(number.first, False) for number in scene.numbers]
    if "count_fields" in scene.line.found and (len(scene.numbers) > 1 or scene.context == "after:count"):
        starts = {number.first for number in scene.numbers}
        ends = {number.after: number.first for number in scene.numbers}
        for first, after, _ in scene.line.of("count_fields"):
            if first in ends or after in starts:
                heads.append((ends.get(first, first), True))
    return heads


def _days_by_their_end(scene: Scene) -> dict[int, int]:
    """Where each day ends, and where it begins."""
    spans = [(after, first) for kind in ("day_words", "day_parts") for first, after, _ in scene.line.of(kind)]
    return dict([*spans, *((when.after, when.first_word) for when in scene.whens)])


def _before_days(scene: Scene, head: int, days: Mapping[int, int]) -> int:
    """ "Mầm 1 hôm nay 19/22": the name ends before the day."""
    while head in days:
        head = days[head]
        head -= bool(head) and scene.line.words[head - 1] in LINE_SIGNS
    return head


def _run_of_capitals(scene: Scene, end: int) -> tuple[int, int] | None:
    """The capitalised words and numbers right before the figures: "… giúp em SMT 146/150"."""
    line = scene.line
    first = end
    while first and end - first < LONGEST and _is_of_a_name(scene, first - 1):
        first -= 1
    while first < end and not line.raw[first][:1].isupper():
        first += 1
    return (first, end) if first < end and _is_name(scene, first, end) else None


def _is_of_a_name(scene: Scene, at: int) -> bool:
    line = scene.line
    return line.raw[at][:1].isupper() or line.words[at].isdecimal()


def _clause_head(scene: Scene, end: int) -> tuple[int, int] | None:
    """ "Một cửa 9/10": the clause begins with a capital and holds nothing but the name."""
    line = scene.line
    first = end
    while first and line.words[first - 1] not in CLAUSE_SIGNS:
        first -= 1
    end = min((at for at in _mending(line) if first <= at < end), default=end)
    fits = 1 <= end - first <= 4 and (line.raw[first][:1].isupper() or _is_short_form(scene, first, end))
    return (first, end) if fits and _is_name(scene, first, end) else None


def _mending(line: Line) -> Iterator[int]:
    """Where "Gia Lộc chị sửa giúp em thành vắng 3" leaves its name: at who is asked, or at what is asked."""
    kinds = ("correction_words", "pronouns") if "correction_words" in line.found else ()
    return (first for kind in kinds for first, _, _ in line.of(kind))


def _is_short_form(scene: Scene, first: int, end: int) -> bool:
    """The "tckt" of "tckt co mat 6": a lone word of consonants that no list knows."""
    word = scene.line.raw[first]
    sounds = VOWELS & set(word)
    return end == first + 1 and len(word) > 1 and word.isalpha() and not sounds and word not in vocabulary()


def _is_name(scene: Scene, first: int, end: int) -> bool:
    line = scene.line
    words = line.words[first:end]
    if has_heading(line, first, end) or any(word in CLAUSE_SIGNS for word in words) or _counts_heads(scene, first, end):
        return False
    if any(_is_small_talk(scene, at) for at in range(first, end) if at == first or line.raw[at].islower()):
        return False
    meant = [(a, b) for kind in NO_NAME for a, b, _ in line.of(kind) if a == first or not line.raw[a][:1].isupper()]
    return not any(first <= a < end or a <= first < b for a, b in meant)


def _counts_heads(scene: Scene, first: int, end: int) -> bool:
    """The "31 người" of "Chi cục 31 người"."""
    nouns = {at for at, _, _ in scene.line.of("people_nouns")}
    return any(scene.line.words[at].isdecimal() and at + 1 in nouns for at in range(first, end))


def _is_small_talk(scene: Scene, at: int) -> bool:
    line = scene.line
    return line.typed[at] in NOT_NAMES or (not line.has_marks and line.words[at] in BARE_NOT_NAMES)


def _is_no_person(scene: Scene, bounds: tuple[int, int]) -> bool:
    """Before the name of a figure a lone word may be somebody's: "Lan nghỉ 2"."""
    first, end = bounds
    line = scene.line
    asking = {at for a, b, _ in line.of("correction_words") for at in range(a, b)}  # the "e" of "sửa giúp e ĐL Chư Sê"
    titled = any(
        after == first and start not in asking
        for kind in ("pronouns", "family", "others")
        for start, after, _ in line.of(kind)
    )
    capitals = len(line.raw[first]) > 1 and line.raw[first].isupper()
    return not titled and (end - first > 1 or capitals or _is_short_form(scene, first, end))


def class_names(scene: Scene) -> list[Unit]:
    """ "4B đủ", "10A2: 38/40": a school class by its short name."""
    line = scene.line
    names: list[Unit] = []
    for at in range(len(line.words) - 1) if not CLASS_LETTERS.isdisjoint(line.raw) else ():
        if not (
            line.words[at].isdecimal()
            and int(line.words[at]) <= 12
            and line.is_glued(at + 1)
            and line.raw[at + 1] in CLASS_LETTERS
        ):
            continue
        after = at + 2 + (at + 2 < len(line.words) and line.is_glued(at + 2) and line.words[at + 2].isdecimal())
        names.append((at, after, line.written(at, after)))
    return names


def colon_heads(scene: Scene) -> list[Unit]:
    """ "ĐV3: 5240/5301", "sales: 5 in office": a short name before a colon at the head of a line, then figures."""
    line = scene.line
    heads: list[Unit] = []
    if COLONS.isdisjoint(line.bag):
        return []
    for at in [at for at, word in enumerate(line.words[:-1]) if word in COLONS]:
        if not (_begins_figures(scene, at + 1) or line.words[at + 1] in HEADCOUNT):
            continue
        first = at
        while first and line.words[first - 1] not in LINE_SIGNS:
            first -= 1
        end = _before_days(scene, at, _days_by_their_end(scene))
        if 1 <= end - first <= 6 and _may_head(scene, first, end):
            heads.append((first, end, line.written(first, end)))
    return heads


def _begins_figures(scene: Scene, at: int) -> bool:
    """A figure or its name; also in the list below: "Hoa Cúc:", then "- có 26"."""
    line = scene.line
    while at + 1 < len(line.words) and line.words[at] in "\n-•+*":
        at += 1
    counted = line.words[at] == "co" and line.words[at + 1 : at + 2] and line.words[at + 1].isdecimal()
    return line.words[at].isdecimal() or is_field(scene, at) or bool(counted and line.words[at - 1] != ":")


def _may_head(scene: Scene, first: int, end: int) -> bool:
    line = scene.line
    of_a_department = end - first > 1 and line.typed[end - 1] == "sở"  # "Thanh tra Sở"
    if has_heading(line, first, end - of_a_department) or is_field(scene, first, end):
        return False
    if any(first <= a < end for a, _, _ in line.of("correction_words")):
        return False  # "Tôi ghi nhầm dòng: phép 01"
    if _counts_heads(scene, first, end):
        return False  # "p.KT 12ng: 10 đi làm"
    if any((a, b) == (first, end) for a, b, _ in line.of("not_counts")):
        return False  # "Bưu phẩm: 05"
    strange = end - first == 1 and line.words[first].isalpha() and line.words[first] not in vocabulary()
    return line.raw[first][:1].isupper() or (strange and len(line.words[first]) > 1)


def is_field(scene: Scene, first: int, last: int | None = None) -> bool:
    return any(first <= a < (last or first + 1) for a, _, _ in scene.line.of("count_fields"))
