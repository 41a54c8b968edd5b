"""The last of all those counted, told by where they went: "11 người: 8 đi làm, 2 đi kiểm tra, 1 xuống xưởng"."""

from understanding.counting.counts import Block
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

WENT = function_words("count.went")
PARTS = ("present", "absent", "leave", "sick", "wfh", "field")


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
