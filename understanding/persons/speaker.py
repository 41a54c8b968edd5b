"""The writer told of by a form of address, alone or with company, or one who is only called so."""

from understanding.persons.called import company_after
from understanding.persons.household import FAMILY, GROUP, OTHER, SELF, Person
from understanding.persons.person_names import small_full_name
from understanding.phrases.lexicon import lexicon, vocabulary
from understanding.phrases.line import Line

DOCTOR = frozenset({"sĩ", "sỹ", "xĩ", "xỹ"})


def speaker(line: Line, match: tuple[int, int, str]) -> Person:
    first, after, value = match
    if value == "either" and line.typed[after : after + 1] == ["bây"]:
        return Person(first, after + 1, FAMILY, None, 0.7)  # "thím bây đau mình": what the children call his wife
    company = company_after(line, after)
    sure = 1.0 if value == SELF else 0.7 if _may_be_named(line, first, after) else 0.9
    me = Person(first, company or after, GROUP if company else SELF, None, sure)
    return _comrade(line, me) if line.words[first:after] == ["dong", "chi"] else me


def _comrade(line: Line, heard: Person) -> Person:
    """Nobody who leads a clause calls himself "đồng chí"; a name in small letters is one even where its word means something else."""
    name, end = small_full_name(line, heard.after)
    if name is None and heard.after < len(line) and line.typed[heard.after] in lexicon("given_names"):
        name, end = line.written(heard.after, heard.after + 1).title(), heard.after + 1
    leads = heard.first == 0 or line.clauses[heard.first - 1] != line.clauses[heard.first]
    return Person(heard.first, end, OTHER, name) if name and leads else heard


def _may_be_named(line: Line, first: int, after: int) -> bool:
    """ "bác sửu hôm nay", "anh phong lái xe": a name in small letters, or the writer and some word; who reads it asks."""
    if not line.has_marks or after >= len(line.words):
        return False
    typed = line.typed[after]
    named = typed in lexicon("given_names") or (len(typed) > 1 and not typed.isascii() and typed not in vocabulary())
    return named and typed not in DOCTOR and not any(first == at for at, _, _ in line.of("others"))
