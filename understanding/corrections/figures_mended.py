"""Figures that are mended or taken back by their name: "đính chính số hôm qua: …", "xóa số khách hôm qua"."""

from understanding.phrases.lexicon import function_words
from understanding.reading import Slot
from understanding.scene import Scene

MENDING = function_words("correction.mending")
LEADS = 3
"""So many words may stand before the one that mends."""


def mends_figures(scene: Scene) -> bool:
    """ "đính chính số hôm qua: …", "xóa số khách": the word that mends opens the message, and figures are what it mends."""
    line = scene.line
    for first, after, value in line.of("correction_words"):
        if first > LEADS or value not in ("wrong", "cancel") or line.words[first] not in MENDING:
            continue
        at = after - (line.words[after - 1] == "so")
        if line.words[at : at + 1] == ["so"] and (line.means(at, "số") or line.typed[at] == "so"):
            return True
    return False


def takes_figures_back(scene: Scene) -> bool:
    """ "cho tôi rút lại số của phòng Tài chính", "bỏ số liệu ca 2"."""
    line = scene.line
    return any(
        value == "cancel" and (line.means(after - 1, "số") or line.words[after - 2 : after] == ["so", "lieu"])
        for _, after, value in (
            (a, b + (line.words[b : b + 1] == ["so"]), v) for a, b, v in line.of("correction_words")
        )
    )


def whose_figures(scene: Scene) -> dict[str, Slot | None]:
    """The unit of "rút lại số của phòng Tài chính", the day of "xóa số khách hôm qua"."""
    words = scene.line.words
    unit = next((name for first, _, name in scene.units if name and words[max(first - 1, 0)] == "cua"), None)
    day = next((when.first for when in scene.whens if when.sort == "day" and when.first <= scene.today), None)
    told = {"unit": unit, "date": day}
    return {name: Slot(value) for name, value in told.items() if value is not None}
