"""Figures that were told of the wrong unit: "em ghi nhầm kho A, là kho B"."""

from understanding.scene import Scene

SLIPS = frozenset({"nham", "lon", "sai"})
PAIR = 2
NEAR = 1


def right_unit(scene: Scene) -> str | None:
    """Of two units named, the one that is neither behind a slip nor denied; none if it is not told so."""
    named = [(first, name) for first, _, name in scene.units if name]
    if len(named) != PAIR:
        return None
    words, signs = scene.line.words, scene.line.of("correction_words")
    ends = [after for _, after, value in signs if value == "not" or (value == "wrong" and words[after - 1] in SLIPS)]
    right = [name for first, name in named if not any(0 <= first - after <= NEAR for after in ends)]
    return right[0] if len(right) == 1 else None
