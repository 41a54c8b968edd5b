"""A fever that was measured of somebody, or an end that opens a message: told too plainly to be passed over in silence."""

from understanding.illness.symptoms import ENDS, ends_here, symptoms
from understanding.illness.temperature import FEVER_FROM
from understanding.persons.household import FAMILY, OTHER
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

WEATHER = function_words("symptom.weather")
AILS = frozenset({"symptoms", "temperature_words"})
LEADS = 2
"""So many words may stand before an end: "dạ hết sốt rồi"."""


def is_told_plainly(scene: Scene) -> bool:
    """ "bé Na quấy, 37 độ 8", "hết sốt rồi"."""
    return _is_measured_of_somebody(scene) or _opens_with_an_end(scene)


def _is_measured_of_somebody(scene: Scene) -> bool:
    """A thermometer told of one of the family, or of one with a name; the weather has none."""
    line = scene.line
    if not any(heat.value >= FEVER_FROM for heat in scene.temperatures) or AILS.isdisjoint(line.found):
        return False
    ill = "symptoms" in line.found
    ails = any(person.who == FAMILY or (person.who == OTHER and person.name and ill) for person in scene.people)
    return ails and not scene.places and WEATHER.isdisjoint(line.words) and not line.of("moods")


def _opens_with_an_end(scene: Scene) -> bool:
    line = scene.line
    if "symptoms" not in line.found or ENDS.isdisjoint(line.words[:LEADS]) or "roi" not in line.bag:
        return False
    return "?" not in line.bag and any(ill.first <= LEADS and ends_here(line, ill) for ill in symptoms(line))
