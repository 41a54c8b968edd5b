"""A place that takes the place of another: "không đi Ninh Bình mà đi Hà Nam"."""

from itertools import pairwise

from understanding.journeys.places import Place
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

DENIAL_REACH = 4
BUT = function_words("correction.but")


def swapped_place(scene: Scene) -> tuple[Place, Place] | None:
    """The place that is denied and the one named instead, if a journey is spoken of so."""
    line = scene.line
    named = [place for place in scene.places if place.name]
    if BUT.isdisjoint(line.bag):
        return None
    denials = [after for first, after, value in line.of("negation") if value == "not" and first not in scene.muted]
    for wrong, right in pairwise(named):
        denied = any(0 <= wrong.first - after <= DENIAL_REACH for after in denials)
        between = line.words[wrong.after : right.first]
        if denied and BUT & set(between) and wrong.name != right.name:
            return wrong, right
    return None
