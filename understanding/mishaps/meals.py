"""Several people whose stomachs turned after they had eaten together: nobody says poison, a colleague would ask."""

from understanding.mishaps.victims import how_many
from understanding.persons.household import FAMILY, SELF
from understanding.phrases.lexicon import function_words
from understanding.phrases.settle import Match
from understanding.scene import Scene

STOMACH = frozenset({"nausea_vomiting", "abdominal_pain", "diarrhea"})
MEALS = function_words("incident.meals")
SEVERAL = function_words("incident.several")
FAR = 8


def sick_after_a_meal(scene: Scene, used: frozenset[int]) -> list[Match]:
    """Where their illness stands; nothing if nobody ate, or it is only one."""
    line = scene.line
    if "symptoms" not in line.found or MEALS.isdisjoint(line.bag):
        return []
    if not any(word in MEALS and line.typed[at] != "giờ" for at, word in enumerate(line.words)):
        return []
    ills = [match for match in scene.matches("symptoms") if match[2] in STOMACH and match[0] not in used]
    if not ills:
        return []
    people = eaters(scene, ills[0])
    return ills if (_are_several(scene, ills[0]) if people is None else people > 1) else []


def eaters(scene: Scene, ill: Match) -> int | None:
    """How many they are, where somebody counted them; also "3 khách đoàn Hàn ăn hàu xong ói"."""
    counted = how_many(scene, ill)
    if counted:
        return counted
    guests = {first for first, _, value in scene.line.of("count_fields") if value == "visitors" and first < ill[0]}
    return next((int(number.value) for number in scene.numbers if number.after in guests), None)


def _are_several(scene: Scene, ill: Match) -> bool:
    """ "bếp ăn có mấy người nôn ói", "nhiều công nhân đau bụng": uncounted, and none of the writer's own."""
    line = scene.line
    told = {first for first, _, _ in line.of("people_nouns") if first < ill[0] <= first + FAR}
    some = any(
        line.means(first - 1, *SEVERAL) for first in told if first and line.sentences[first] == line.sentences[ill[0]]
    )
    return some and not any(
        person.who in (FAMILY, SELF) for person in scene.people if person.first < ill[0] and person.first not in told
    )
