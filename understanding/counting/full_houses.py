"""Everybody is here: "đội xe 9 người, hôm nay đủ", "quân số tổ Tạp vụ ngày 17/11: đủ"."""

from understanding.counting.counts import Block
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

BETWEEN = function_words("counts.before_full")
BEFORE_ALL = function_words("counts.before_all_here") | function_words("turns.opening")
BEHIND_ALL = function_words("counts.behind_full") | {",", ".", "!", "nguoi", "mat"}
BEHIND = function_words("counts.behind_full") | {"", ",", ".", "!"}


def all_here(scene: Scene) -> list[Block]:
    """A unit, perhaps a day, and "đủ": nothing else is said, so nobody of it is away."""
    line = scene.line
    at = next((at for at, word in enumerate(line.words) if word == "du" and line.means(at, "đủ")), None)
    if at is None or at in scene.muted or "?" in line.bag or not BEHIND_ALL.issuperset(line.words[at + 1 :]):
        return []
    named = [(first, after, name) for first, after, name in scene.units if name and first < at]
    if len(named) != 1:
        return []
    first, after, name = named[0]
    if typed_bare := _day_inside(scene, first, after):
        after, name = typed_bare, line.written(first, typed_bare)
    told = scene.busy_days
    lists = ("day_words", "day_parts", "count_fields")
    told |= {each for kind in lists for a, b, value in line.of(kind) if value != "visitors" for each in range(a, b)}
    others = [line.words[each] for each in range(at) if not (first <= each < after or each in told)]
    counted = any(value == "total" for _, _, value in line.of("count_fields"))  # "quân số", "sĩ số"
    return [Block(name, True, 0, {"absent": 0}, is_split=not counted)] if BEFORE_ALL.issuperset(others) else []


def _day_inside(scene: Scene, first: int, after: int) -> int | None:
    """Where the name of "doi xe hom qua du" ends: a day is no part of it."""
    return next((when.first_word for when in scene.whens if first + 1 < when.first_word < after), None)


def full_house(scene: Scene) -> list[Block]:
    """The heads of one unit, none of them away; nothing where another figure is named."""
    line = scene.line
    if "du" not in line.bag or "count_fields" in line.found or len(scene.numbers) != 1:
        return []
    number = scene.numbers[0]
    noun = next((b for a, b, sort in line.of("people_nouns") if a == number.after and sort == "person"), None)
    at = next((at for at, word in enumerate(line.words) if word == "du" and line.means(at, "đủ")), None)
    if noun is None or at is None or at < noun or at in scene.muted or not set(line.words[noun:at]) <= BETWEEN:
        return []
    if "".join(line.words[at + 1 : at + 2]) not in BEHIND:
        return []
    units = [unit for unit in scene.units if unit[1] <= number.first]
    own = any(person.who == "group" for person in scene.people)
    if not units and not own:
        return []
    name = units[-1][2] if units else None
    return [Block(name, bool(units), 0, {"total": int(number.value), "absent": 0})]
