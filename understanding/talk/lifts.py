"""Who asks for a lift tells of no journey of his own: "ai mai từ Tam Kỳ ra Hội An cho em ké với"."""

from understanding.persons.household import OF_ONESELF
from understanding.phrases.gates import gate
from understanding.phrases.line import Line

RIDES = frozenset({"ke", "nho", "qua", "di", "theo", "gui", "ghep", "chung", "xin"})
ASKING = gate({"ai"}), gate({"cho"})
HEAD = 4
"""So many words may stand before "ai": "sáng mai có ai đi Vinh"."""


def asks_for_a_lift(line: Line, first: int, after: int) -> set[int]:
    """All words of a sentence in which anybody is asked to take the writer along."""
    if not all(line.gates & gates for gates in ASKING):
        return set()
    anyone = next((at for at in range(first, min(first + HEAD, after)) if line.words[at] == "ai"), None)
    if anyone is None or not line.means(anyone, "ai"):
        return set()
    asked = any(
        line.words[at] == "cho" and line.words[at + 1] in OF_ONESELF and line.words[at + 2] in RIDES
        for at in range(anyone + 1, after - 2)
    )
    return set(range(first, after)) if asked else set()
