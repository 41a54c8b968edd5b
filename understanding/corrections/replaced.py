"""Values that something else in the message takes the place of: before "đúng ra", behind a slip named last, "thêm … nữa"."""

from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

ADDING = function_words("correction.adding")
MORE = frozenset({"thieu", "sot", "con"})
RIGHT = frozenset({"dung", "phai", "chinh", "thuc", "that"})
SLIPS = frozenset({"nham", "lon", "thua", "du", "so"})
INTO = frozenset({"sang", "thanh", "ra", "la", "toi", "den"})
PAIR, NEAR = 2, 3
Sign = tuple[int, int, str]


def replaced(scene: Scene, signs: list[Sign]) -> set[int]:
    """The words of all such values."""
    found = _added(scene) | _before_the_right_one(scene, signs) | _named_wrong_last(scene, signs)
    return found | _called_off(scene, signs)


def _called_off(scene: Scene, signs: list[Sign]) -> set[int]:
    """The Đà Lạt of "hủy chuyến Đà Lạt, chuyển sang đi Nha Trang": called off in its clause, when a later clause goes elsewhere."""
    clauses = scene.line.clauses
    off = {clauses[first] for first, _, value in signs if value == "cancel"}
    if not off:
        return set()
    last = max((clauses[place.first] for place in scene.places if place.name), default=0)
    moves = any(first for first, _, value in signs if value == "moved")
    gone = [place for place in scene.places if moves and clauses[place.first] in off and clauses[place.first] < last]
    return {at for place in gone for at in range(place.first, place.after)}


def _added(scene: Scene) -> set[int]:
    """The 5 of "thêm 5 nữa là 68", the 2 of "bớt 2, còn 40", the 1 of "thiếu 1 bạn nữa, tổng vắng 4": by how much."""
    words = scene.line.words
    if len(scene.numbers) < PAIR:
        return set()
    led = [
        each
        for each in scene.numbers
        if each.first
        and (
            words[each.first - 1] in ADDING
            or (words[each.first - 1] in MORE and "nua" in words[each.after : each.after + NEAR])
        )
    ]
    return {at for n in led for at in range(n.first, n.after) if any(each.first > n.first for each in scene.numbers)}


def _before_the_right_one(scene: Scene, signs: list[Sign]) -> set[int]:
    """ "em báo 15, đúng ra là 25": what stands before the word that sets right, when the right one follows it."""
    words = scene.line.words
    right = [sign for sign in signs if sign[2] == "wrong" and RIGHT & set(words[sign[0] : sign[1]])]
    if not right:
        return set()
    figures = [number for number in scene.numbers if number.first not in scene.time_words]
    return {
        at
        for first, after, _ in right[:1]
        for number in figures
        for at in range(number.first, number.after)
        if number.after <= first and any(after <= other.first <= after + 1 for other in figures)
    }


def _named_wrong_last(scene: Scene, signs: list[Sign]) -> set[int]:
    """ "ghi lại giúp em là đi Đắk Lắk, em gõ nhầm Đắk Nông": the one right behind the slip, when another was named before."""
    words = scene.line.words
    slips = {
        after + (words[after : after + 1] != [] and words[after] in INTO)
        for first, after, value in signs
        if first and value == "wrong" and words[after - 1] in SLIPS
    }
    if not slips:
        return set()
    spans = [(place.first, place.after) for place in scene.places if place.name]
    spans += [(when.first_word, when.after) for when in scene.whens]
    spans += [(number.first, number.after) for number in scene.numbers]
    right = {first for first, after, value in signs if value == "wrong" and RIGHT & set(words[first:after])}
    return {
        at
        for first, after in spans
        if after not in right  # "hôm qua em báo nhầm, 20 mới đúng"
        and {first, first - 1} & slips
        and first == max(spans)[0]
        and any(end < first for _, end in spans)
        for at in range(first, after)
    }
