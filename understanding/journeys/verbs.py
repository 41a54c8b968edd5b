"""The verb that leads to a place: one of motion before it, or of staying there."""

from understanding.journeys.left_places import is_start
from understanding.journeys.no_visits import tells_about
from understanding.persons.household import SELF
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

SIDES = function_words("destinations.sides")
STAYING = function_words("destinations.staying")
STAY_REACH = 5
"""So near behind "em ở Huế" several days must follow to make it a stay."""
REACH = 7
"""So many words may stand between the verb and the place."""
SHORT_DAY = 4
"""A day of so few words holds no verb."""
LOCATED = function_words("destinations.located")


def verb_before(scene: Scene, first: int) -> int | None:
    """The nearest verb of motion before a place within its sentence."""
    line = scene.line
    best = None
    for start, after, _ in line.of("travel_words"):
        if start >= first:
            break
        if line.sentences[start] != line.sentences[first] or first - after > REACH:
            continue
        if _is_no_verb(scene, start):
            continue
        if line.words[start] in LOCATED and (best is not None or after == start + 1):
            continue
        if after != first and _other_thought(scene, after, first):
            continue
        best = start
    return best


def _is_no_verb(scene: Scene, at: int) -> bool:
    """The "toi" of a bare "Toi o Ha Noi", the "qua" of "14 ngày qua", the "về" of "bài về voi Buôn Đôn"."""
    me = any(person.first <= at < person.after and person.who == SELF for person in scene.people)
    if me or tells_about(scene, at):
        return True
    return any(when.first_word < at < when.after <= when.first_word + SHORT_DAY for when in scene.whens)


def _other_thought(scene: Scene, start: int, end: int) -> bool:
    """A comma with a new person between verb and place, or a whole new clause."""
    line = scene.line
    return (
        any(start <= person.first < end for person in scene.people if person.who == "other")
        and "," in line.words[start:end]
    )


def stays_there(scene: Scene, first: int) -> int | None:
    """ "remote từ Đà Lạt", "đang ở Hải Phòng, mai về": who works or stays in a place is there; where the verb stands."""
    words = scene.line.words
    dated = bool(scene.whens or scene.durations) or "ve" in words[first:]
    if first > 1 and words[first - 1] in SIDES and words[first - 1] != "chuyen" and words[first - 2] in STAYING:
        return first - 1 if dated else None  # "đang bên Addis Ababa"
    if words[max(first - 1, 0)] == "o" and first > 1:
        if words[first - 2] in STAYING:
            return first - 1 if dated else None
        me = any(person.who == "self" and person.after == first - 1 for person in scene.people)
        span = any(when.sort == "range" and 0 <= when.first_word - first <= STAY_REACH for when in scene.whens)
        return first - 1 if me and span else None
    if not is_start(scene, first):
        return None
    ends = {after: at for at, after, value in scene.line.of("presence_words") if value == "home"}
    return ends.get(first - 1)
