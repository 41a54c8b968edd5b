"""One of the writer's own kin, called as the South calls them: "anh hai em", "chú út tui", "bà chị mình", "anh họ tôi"."""

from understanding.persons.household import FAMILY, Person
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

KIN = function_words("kin.kin")
ELDERS = function_words("kin.elders")
"""Before another of them: "bà chị", "ông chú"."""
BY_NUMBER, BY_BLOOD = function_words("kin.by_number"), function_words("kin.by_blood")
OWNERS = function_words("kin.owners")
SAYING = function_words("kin.saying")
"""What the writer says of himself behind somebody he calls: "chị Ba em xin nghỉ mai"."""
MAYBE = 0.75
"""Who is called by a number may be somebody addressed after all, and is asked about."""


def own_kin(line: Line, at: int) -> Person | None:
    """So called, with the writer's own word behind it."""
    which, owner = at + 1, at + 2
    if owner >= len(line) or line.clauses[owner] != line.clauses[at]:
        return None
    if not (line.means(owner, *OWNERS) and line.means(at, *KIN)):
        return None
    if line.means(which, *BY_BLOOD) or (line.means(at, *ELDERS) and line.means(which, *KIN)):
        return Person(at, owner + 1, FAMILY)
    is_called = not SAYING.isdisjoint(line.words[owner + 1 : owner + 2])
    return Person(at, owner + 1, FAMILY, None, MAYBE) if line.means(which, *BY_NUMBER) and not is_called else None
