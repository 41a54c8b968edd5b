"""Everybody is here, said behind their number: "đội xe 9 người, hôm nay đủ"."""

from understanding.counting.counts import Block
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

BETWEEN = function_words("counts.before_full")
BEHIND = function_words("counts.behind_full") | {"", ",", ".", "!"}


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
