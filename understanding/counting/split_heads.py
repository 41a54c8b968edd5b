"""Heads told in a sentence: "trạm tám người mà nay ngồi đây có năm", "có bảy anh em đi tuần năm người ở lại hai người"."""

from understanding.counting.counts import Block
from understanding.numbers import Number
from understanding.phrases.lexicon import function_words
from understanding.phrases.normalize import fold
from understanding.scene import Scene

LED_BY = function_words("heads.led_by")
BEING = function_words("heads.being")
IS_HERE = function_words("heads.is_here")
STAYS = function_words("heads.stays")
LEAVES = function_words("heads.leaves")
ENDS = function_words("heads.ends") | frozenset({",", ".", "(", "\n", ";"})
NOT_GONE = frozenset({"sáng", "ca", "công", "sàng"})
"""Without their marks they would be words of going."""
TWO = 2


def split_heads(scene: Scene) -> list[Block]:
    """How many there are and how many of them are here or out; none unless the figures add up or one is set against the other."""
    if len(scene.numbers) < TWO or not scene.line.of("people_nouns"):
        return []
    silent = scene.time_words | scene.muted
    figures = [n for n in scene.numbers if n.first not in silent and n.value == int(n.value)]
    whole = figures[0] if figures else None
    if whole is None or not _are_all(scene, whole):
        return []
    parts = [number for number in figures[1:] if number.value <= whole.value]
    values: dict[str, int] = {}
    if len(parts) == TWO == len(figures) - 1 and sum(each.value for each in parts) == whole.value:
        values = _told(scene, [whole, *parts])
    elif len(parts) == 1 == len(figures) - 1 and _are_here(scene, whole, parts[0]):
        values = {"present": int(parts[0].value)}
    if not values:
        return []
    unit = next(
        (name for first, after, name in scene.units if name and first < whole.first and after <= whole.first), None
    )
    return [Block(unit, unit is not None, 0, {"total": int(whole.value), **values}, len(scene.line), True)]


def _are_all(scene: Scene, number: Number) -> bool:
    """Heads of the writer's own side, at the head of the sentence: "phòng 7 người", "trạm có bảy anh em"."""
    line = scene.line
    at = number.first
    owned = at > 0 and line.means(at - 1, "có") and line.words[number.after : number.after + 1] in (["ma"], ["nhung"])
    if not owned and not any(first == number.after for first, _, _ in line.of("people_nouns")):
        return False
    units = {after for _, after, _ in (*scene.units, *line.of("units"))} | {first for first, _, _ in line.of("units")}
    side = any(first < at for first, _, _ in line.of("units")) or any(
        p.who == "group" and p.first < at for p in scene.people
    )
    return side and (at in units or line.words[at - 1] in LED_BY)


def _told(scene: Scene, figures: list[Number]) -> dict[str, int]:
    """What is said of each part, before its figure or behind it."""
    line = scene.line
    values: dict[str, int] = {}
    for at, number in enumerate(figures[1:], 1):
        end = figures[at + 1].first if at + 1 < len(figures) else len(line)
        before = _clause(scene, figures[at - 1].after, number.first)
        name = _meant(before) or _meant(_clause(scene, number.after, end, behind=True))
        if name and name not in values:
            values[name] = int(number.value)
    return values


def _clause(scene: Scene, first: int, after: int, *, behind: bool = False) -> set[str]:
    """The words of the stretch that stand in one clause with the figure."""
    line = scene.line
    own = line.clauses[first - 1] if behind else line.clauses[after]
    said = line.typed if line.has_marks else line.words
    return {fold(said[at]) if said[at] not in NOT_GONE else "" for at in range(first, after) if line.clauses[at] == own}


def _meant(words: set[str]) -> str | None:
    if words & STAYS or {"di", "lam"} <= words:
        return "present"
    return "field" if words & LEAVES else None


def _are_here(scene: Scene, whole: Number, part: Number) -> bool:
    """ "7 người hôm nay đi 5 thôi": between them nothing but a day, a turn, and a word of being here."""
    line = scene.line
    nouns = {at for first, after, _ in line.of("people_nouns") for at in range(first, after) if first == whole.after}
    days = scene.busy_days
    between = [line.words[at] for at in range(whole.after, part.first) if at not in nouns | days]
    behind = line.words[part.after] if part.after < len(line) else ","
    turned = bool(days & set(range(whole.after, part.first))) or bool({"ma", "nhung", "thi"} & set(between))
    ends = behind in ENDS or any(first == part.after for first, _, _ in line.of("people_nouns"))
    return turned and ends and bool(between) and BEING.issuperset(between) and bool(IS_HERE & set(between))
