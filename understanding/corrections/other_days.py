"""The day of an absence that was named wrong: "thứ 3 em mới thi, thứ 2 em vẫn đi làm"."""

from understanding.scene import Scene

NEAR = 3
"""So near behind the right day stands "mới"."""


def worked_days(scene: Scene) -> frozenset[int]:
    """The words that tell of work "vẫn" done, where another day is the one that was meant; else none."""
    line = scene.line
    if "moi" not in line.bag or "van" not in line.bag:
        return frozenset()
    works = {
        line.clauses[first]
        for first, _, value in line.of("presence_words")
        if value == "office" and first and line.words[first - 1] == "van"
    }
    meant = any(
        "moi" in line.words[when.after : when.after + NEAR] and line.clauses[when.first_word] not in works
        for when in scene.whens
    )
    if not (works and meant):
        return frozenset()
    return frozenset(at for at, clause in enumerate(line.clauses) if clause in works)
