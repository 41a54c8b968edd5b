"""What is told by signs so clear that it is heard however seldom its words are, and whatever they are weighed."""

from collections.abc import Callable, Mapping

from understanding.corrections.figures_mended import mends_figures
from understanding.counting.said_in_full import is_said_in_full
from understanding.illness.measured import is_told_plainly
from understanding.scene import Scene

SIGNS: Mapping[str, Callable[[Scene], bool]] = {
    "correction": mends_figures,
    "count": is_said_in_full,
    "symptom": is_told_plainly,
}


def is_told_outright(scene: Scene, kind: str) -> bool:
    """A figure that is mended by its name, heads told in a sentence, a fever that was measured; of other kinds nothing is."""
    return kind in SIGNS and SIGNS[kind](scene)
