"""What a correction takes back: the plan that is off, and the words that tell the old value."""

from understanding.corrections.replaced import replaced
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.scene import Scene

BREAKS = function_words("correction.breaks") | {"\n"}
PLANNED = function_words("correction.planned")
BLOCKED = function_words("correction.blocked")
BLOCKED_REACH = 2
"""So near behind a day stands the word that rules it out."""
SLIPS = frozenset({"nham", "lon", "so", "nguoc", "dao"})
PAIR, SLIP_REACH = 2, 2
"""So near behind "gõ nhầm" stands the "thành" of what it was made to."""
MISSED = function_words("correction.missed")
OFF = frozenset({"nua", "thoi"})
INTO = frozenset({"thanh", "→", ">"})


def no_longer(scene: Scene) -> int | None:
    """ "em không đi Phan Thiết nữa", "thôi khỏi nghỉ": the plan is off."""
    line = scene.line
    if OFF.isdisjoint(line.bag):
        return None
    for first, after, value in line.of("negation"):
        if value != "not" or line.words[first] not in ("khong", "khoi", "chang", "het") or first in scene.muted:
            continue
        follower = line.words[after] if after < len(line.words) else ""
        clause = [
            line.words[at] for at in range(after, len(line.words)) if line.sentences[at] == line.sentences[first]
        ][:9]
        if (follower in PLANNED or any(place.first == after for place in scene.places)) and (
            "nua" in clause or (first and line.words[first - 1] == "thoi") or line.words[0] == "thoi"
        ):
            return first
    return None


def only_then(scene: Scene) -> int | None:
    """ "em không nghỉ 28/9 nữa, em chỉ nghỉ 29/9 thôi": where the days begin that take the place of those that are off."""
    words = scene.line.words
    if "chi" not in scene.line.bag:
        return None
    turns = [at for at, word in enumerate(words[:-1]) if word == "chi" and words[at + 1] in PLANNED | {"xin"}]
    return turns[-1] if turns and line_figures(scene, turns[-1], len(words)) else None


def is_late_return(scene: Scene, sign: tuple[int, int, str]) -> bool:
    """ "mai mới về" may as well belong to a new trip."""
    return sign[2] == "moved" and scene.line.words[sign[0]] in ("moi", "ve", "them", "den")


def old_words(scene: Scene, signs: list[tuple[int, int, str]]) -> frozenset[int]:
    """What was wrong: behind "không phải", before "thành", right behind "nhầm" when the right one follows."""
    line = scene.line
    old: set[int] = set()
    for first, after, value in signs:
        if value == "not" or (value == "wrong" and "phai" in line.words[after - 1 : after + 1]):
            old |= set(_until_break(line, after + (line.words[after : after + 1] == ["phai"])))
        if value == "cancel" and line.words[first : first + 2] == ["khong", "phai"]:
            old |= set(range(first + 2, after))
    old |= _turned_into_another(scene, signs)
    for _first, after, value in signs:
        if value == "wrong" and line.words[after - 1] in MISSED:
            behind = set(_until_break(line, after)) | _difference(scene, after)
            if any(line.words[at] == "thanh" and _is_of_slip(line, at, signs) for at in range(after, len(line.words))):
                continue  # "ghi nhầm 13 thành 31": the first is right
            if _has_later(scene, behind, after) or _is_a_units(scene, behind, line.words[after - 1]):
                old |= behind
    old |= dropped(scene) | replaced(scene, signs) | _told_again(scene, signs)
    old |= _blocked_days(scene)
    if (turn := only_then(scene)) is not None and no_longer(scene) is not None:
        old |= set(range(turn))
    return frozenset(old | _put_off(scene, signs) | _said_wrong(scene, signs))


def _turned_into_another(scene: Scene, signs: list[tuple[int, int, str]]) -> set[int]:
    """The figures before "thành", and a place where another follows; where a slip turned it, what stands behind."""
    line = scene.line
    old: set[int] = set()
    if INTO.isdisjoint(line.bag):
        return old
    for at, word in [(at, word) for at, word in enumerate(line.words) if word in INTO]:
        if word == "thanh" and _is_of_slip(line, at, signs):
            old |= set(_until_break(line, at + 1))
        elif word != ">" or (at and line.words[at - 1] == "-"):
            old |= {each for each in range(at) if line.words[each].isdecimal()}
            renamed = any(place.first > at for place in scene.places)
            old |= {each for place in scene.places if renamed and place.after <= at for each in range(place.first, at)}
    return old


def _is_of_slip(line: Line, at: int, signs: list[tuple[int, int, str]]) -> bool:
    """ "13 lượt, em gõ đảo số thành 31", "em ghi nhầm 13 thành 31": what the slip made of it; "sửa 13 thành 31" mends."""
    slips = [after for _, after, value in signs if value == "wrong" and line.words[after - 1] in SLIPS]
    return any(0 <= at - after <= SLIP_REACH and line.clauses[at] == line.clauses[after - 1] for after in slips)


def _told_again(scene: Scene, signs: list[tuple[int, int, str]]) -> set[int]:
    """The 2 of "lúc nãy báo đội 3 vắng 2, sửa lại vắng 1": the figure of that name before the word that sets it right."""
    if len(scene.numbers) < PAIR:
        return set()
    fields = {after: value for _, after, value in scene.line.of("count_fields")}
    told = [(number, fields[number.first]) for number in scene.numbers if number.first in fields]
    turns = [first for first, _, value in signs if value == "wrong"]
    return {
        at
        for number, name in told
        for turn in turns
        if number.first < turn and any(later.first > turn and name == again for later, again in told)
        for at in range(number.first, number.after)
    }


def _is_a_units(scene: Scene, behind: set[int], sign: str) -> bool:
    """ "cộng thiếu ca chiều, cả ngày là 45": the unit is where it was wrong; "nhầm lớp Lá, 32/33" names it."""
    if sign in ("nham", "lon", "sai"):
        return False
    named = any(first in behind for first, _, _ in scene.units)
    return named and not any(number.first in behind for number in scene.numbers)


def dropped(scene: Scene) -> set[int]:
    """ "không Đà Lạt nữa mà qua Mũi Né", "đổi sang Cần Thơ, không đi Cà Mau nữa": off, when something else takes its place."""
    words = scene.line.words
    first = no_longer(scene) if "nua" in scene.line.bag else None
    if first is None or "nua" not in words[first:]:
        return set()
    end = words.index("nua", first)
    behind = line_figures(scene, end, len(words))
    if behind and line_figures(scene, first, end) and {"ma", "chi"} & set(words[end : behind[-1]]):
        return set(range(first, end))  # "không ở tới 20 nữa mà 18 về"
    off = any(first < place.first < end for place in scene.places)
    instead = off and {"doi", "chuyen", "sang", "qua"} & set(words[:first])
    new = any(place.first > end or (instead and place.first < first) for place in scene.places)
    return set(range(first, end)) if new else set()


def line_figures(scene: Scene, first: int, end: int) -> list[int]:
    """Where days, or figures that may be days, stand between two words."""
    days = [when.first_word for when in scene.whens] + [number.first for number in scene.numbers]
    return sorted(at for at in days if first <= at < end)


def _difference(scene: Scene, at: int) -> set[int]:
    """The five of "đếm dư 5, còn 282": how much it was wrong by."""
    return {each for number in scene.numbers if number.first == at for each in range(at, number.after)}


def _said_wrong(scene: Scene, signs: list[tuple[int, int, str]]) -> set[int]:
    """ "nghỉ mười hai là nhầm": the figures before it in its clause."""
    line = scene.line
    if "la" not in line.bag:
        return set()
    return {
        at
        for first, _, value in signs
        if value == "wrong" and first and "la" in (line.words[first], line.words[first - 1])
        for number in scene.numbers
        for at in range(number.first, number.after)
        if at < first and line.clauses[at] == line.clauses[first]
    }


def _put_off(scene: Scene, signs: list[tuple[int, int, str]]) -> set[int]:
    """ "chuyến thứ Sáu lùi sang thứ Hai": the day before the verb is the old one."""
    moved = [sign[0] for sign in signs if sign[2] in ("moved", "cancel") and not is_late_return(scene, sign)]
    later = any(moved and when.first_word > moved[0] for when in scene.whens)
    return {when.first_word for when in scene.whens if moved and later and when.after <= moved[0]}


def _blocked_days(scene: Scene) -> set[int]:
    """ "thứ 7 kẹt rồi, chủ nhật em mới về": the day on which it cannot be, when another day follows."""
    words = scene.line.words
    if BLOCKED.isdisjoint(scene.line.bag):
        return set()
    return {
        when.first_word
        for when in scene.whens
        if BLOCKED & set(words[when.after : when.after + BLOCKED_REACH])
        and any(other.first_word > when.after + 1 for other in scene.whens)
    }


def _until_break(line: Line, at: int) -> range:
    """To the next sign or turn, or the "đâu" that ends a denial: "không phải mồng bốn đâu phải trực …"."""
    end = at
    while end < len(line.words) and line.words[end] not in BREAKS and line.typed[end] != "đâu":
        end += 1
    return range(at, end)


def _has_later(scene: Scene, behind: set[int], after: int) -> bool:
    """Something of the same sort stands behind the wrong one."""
    end = max(behind, default=after)
    return (
        (any(place.first in behind for place in scene.places) and any(place.first > end for place in scene.places))
        or (
            any(number.first in behind for number in scene.numbers)
            and any(number.first > end for number in scene.numbers)
        )
        or (
            any(when.first_word in behind for when in scene.whens)
            and any(when.first_word > end for when in scene.whens)
        )
    )
