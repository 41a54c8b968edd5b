"""The last of all those counted, told by where they went: "11 người: 8 đi làm, 2 đi kiểm tra, 1 xuống xưởng"."""

from collections.abc import Mapping, Sequence

from understanding.counting.counts import Block
from understanding.counting.wholes import PARTS
from understanding.phrases.lexicon import function_words
from understanding.reading import Report
from understanding.scene import Scene

WENT = function_words("count.went")
LEAST = 3


def with_errands(scene: Scene, block: Block) -> Block:
    """Where one figure is missing to the whole, and so many of them went somewhere, they are out on duty."""
    total = block.values.get("total")
    if total is None or "present" not in block.values or "absent" in block.values:
        return block
    rest = total - sum(block.values.get(name, 0) for name in PARTS)
    if rest <= 0:
        return block
    words, after = scene.line.words, block.after or len(scene.line)
    went = any(
        number.value == rest
        and words[number.after : number.after + 1] != []
        and words[number.after] in WENT
        and "hoc" not in words[number.after : number.after + 2]
        for number in scene.numbers
        if block.first < number.first < after
    )
    out = block.values.get("field", 0) + rest
    return block._replace(values={**block.values, "field": out}) if went else block


def add_up(told: Sequence[Report]) -> bool:
    """All that is counted is the whole of its parts: "22 người, đi làm 19, nghỉ 3"."""
    counts = [report.get("values") or {} for report in told if report.kind == "count"]
    return all(_adds_up(values) for values in counts)


def _adds_up(values: Mapping[str, int]) -> bool:
    if len(values) < LEAST or "total" not in values or "present" not in values:
        return False
    away = [values[name] for name in PARTS if name in values and name not in ("present", "absent")]
    return values["total"] - values["present"] == values.get("absent", sum(away))
