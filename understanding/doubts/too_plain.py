"""What is told too plainly to be dropped, though the words around it are weighed as talk: it is asked about."""

from collections.abc import Mapping

from understanding.counting.guests import tells_guests
from understanding.doubts.evidence import CLEARLY, URGENT
from understanding.illness.measured import is_told_plainly
from understanding.mishaps.breaches import tells_breach
from understanding.reading import Report
from understanding.scene import Scene


def is_too_plain(scene: Scene, evidence: Mapping[str, float], told: Report) -> bool:
    """A thermometer told of somebody ill ("ủa em bị sốt 39 độ"), an illness that is over, an account taken over, guests."""
    if told.kind == URGENT:
        return tells_breach(scene.line)
    if told.kind != "symptom":
        return told.kind == "count" and tells_guests(scene.line)
    if told.get("temperature_c") and evidence["symptom"] > CLEARLY:
        return True
    return bool(told.get("temperature_c") or told.get("negated")) and is_told_plainly(scene)
