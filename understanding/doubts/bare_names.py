"""Somebody called by a name that wears no marks and no capital: "chi van di thai lan", "sep hai di nhat", "anh tu photographer"."""

from understanding.persons.called import CALLED_AFTER, CALLED_BEFORE
from understanding.persons.household import OF_ONESELF
from understanding.persons.person_names import SURNAMES
from understanding.phrases.gates import gate
from understanding.phrases.lexicon import folded_words, function_words
from understanding.phrases.line import Line
from understanding.phrases.normalize import fold
from understanding.scene import Scene

LEADERS = function_words("bare_names.leaders")
"""Forms of address, and what people are, before a name."""
NO_NAMES = function_words("bare_names.no_names")
"""Behind them rather what somebody does than how he is called."""
MIDDLE = frozenset({"van", "thi", "a"})
NUMBERED = frozenset({"hai", "ba", "tu", "sau", "bay"})
CALLED_BY_NUMBER, DOES = frozenset({"sep", "anh", "chi"}), frozenset({"di", "xin", "bi", "nghi"})
"""In the south a number is a name: "sep hai di nhat"; elsewhere it counts."""
MAY_LEAD = gate(LEADERS)
FAMILY_NAMES = frozenset(map(fold, SURNAMES))
NAMES = folded_words("given_names") | FAMILY_NAMES


def is_perhaps_named(scene: Scene) -> bool:
    """Before the writer speaks of himself stands somebody with what may be his name, in a message without marks."""
    line = scene.line
    if line.has_marks or not line.gates & MAY_LEAD:
        return False
    for at, word in enumerate(line.words[:-1]):
        if word in OF_ONESELF and not (word == "minh" and line.words[at - 1 : at] == ["sep"]):
            return False
        if word in LEADERS and _may_be_called(scene, at):
            return True
    return False


def _may_be_called(scene: Scene, at: int) -> bool:
    line, word, behind = scene.line, scene.line.words[at + 1], scene.line.words[at + 2 : at + 3]
    if word in FAMILY_NAMES and not MIDDLE.isdisjoint(behind):
        return True  # "dong chi nong thi hien"
    if _is_no_name(line, at) or _is_spoken_to(line, at):
        return False
    if at in scene.busy or at + 1 in scene.busy_days or any(each.name and each.first <= at for each in scene.people):
        return False
    if word in NUMBERED:
        return line.words[at] in CALLED_BY_NUMBER and not DOES.isdisjoint(behind)
    return word in NAMES or at + 1 not in scene.known


def _is_no_name(line: Line, at: int) -> bool:
    """What somebody does, a sign, a letter; but the "minh" of "sep minh" is called so."""
    word = line.words[at + 1]
    return (word in NO_NAMES and line.words[at : at + 2] != ["sep", "minh"]) or not word.isalpha() or len(word) < 2


def _is_spoken_to(line: Line, at: int) -> bool:
    """ "thua anh", "chi oi", "chi lan oi"."""
    called = at > 0 and line.words[at - 1] in CALLED_BEFORE and line.words[at] != "chi"
    return called or line.words[at + 1] in CALLED_AFTER or line.words[at + 2 : at + 3] == ["oi"]
