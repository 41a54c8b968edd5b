"""Heads told by who came: "có 4 đứa mà nay có 3 đứa lên", "đội 1 lên 12 người"."""

from understanding.counting.count_items import NUMBER, Item
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

ARRIVES = function_words("counts.arrives")
TURNS = function_words("counts.turns")
GONE = frozenset({"khong", "chua", "vang", "nghi"})


def may_tell_arrivals(scene: Scene) -> bool:
    """Words of "có 4 đứa mà nay có 3 đứa lên", "đội 1 lên 12 người"; cheap to ask of every message."""
    words = scene.line.words
    if "nao" in words and "khong" in words:
        return True
    told = scene.line.has_digits or not TURNS.isdisjoint(words)
    return not ARRIVES.isdisjoint(words) and told and bool(len(scene.numbers) > 1 or scene.units)


def arrived(scene: Scene, inside: list[Item]) -> dict[str, int]:
    """ "có 4 đứa mà nay có 3 đứa lên", "có 10 mà nay lên được 8": so many of so many are here."""
    line = scene.line
    figures = [item for item in inside if item.sort == NUMBER][:2]
    if len(figures) < 2 or figures[0].value < figures[1].value:
        return {}
    whole, here = figures
    if line.sentences[whole.first] != line.sentences[here.first]:
        return {}
    heads = {at for first, after, _ in line.of("people_nouns") for at in range(first, after)}
    between = [line.words[at] for at in range(whole.after, here.first) if at not in heads]
    around = [*between, *line.words[here.after : here.after + 3]]
    turned = bool(TURNS & set(between)) and len(between) <= 6
    owned = whole.after in heads or (whole.first > 0 and line.words[whole.first - 1] == "co")
    if GONE & set(around):
        return {}  # "có năm người mà nay hai người không vô"
    return {"total": whole.value, "present": here.value} if turned and owned and ARRIVES & set(around) else {}


def came(scene: Scene, inside: list[Item]) -> dict[str, int]:
    """ "đội 1 lên 12 người": those who came; where a place stands empty, "vắng hoe", they are guests."""
    line = scene.line
    if "traps" in line.found:
        return {}
    figures = [item for item in inside if item.sort == NUMBER]
    if len(figures) != 1 or not any(first == figures[0].after for first, _, _ in line.of("people_nouns")):
        return {}
    return {"present": figures[0].value} if line.words[figures[0].first - 1] in ARRIVES else {}
