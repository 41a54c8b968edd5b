"""An "em" with a name: the writer herself, a colleague, or a child of whom the teacher writes."""

from understanding.persons.household import OTHER, SELF, Person
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

OBJECT_OF = function_words("people.object_of")
"""Before "em" they tell that somebody does something with that one."""


def named_em(line: Line, at: int, after: int, name: str) -> Person:
    """ "Em Thảo xin nghỉ" is Thảo herself; "Em Như lớp cô ói" is a child whose teacher writes."""
    rest = line.words[after:]
    if line.words[at] in ("chau", "con") and any(
        first >= after and line.words[first] == "em" for first, _, _ in line.of("pronouns")
    ):
        return Person(at, after, OTHER, name)
    if any(
        line.typed[each] in ("cô", "tôi", "mình", "thầy", "bọn") for each in range(after, len(line))
    ) and not _speaks_of_herself(line, after):
        return Person(at, after, OTHER, name)
    if any(first == after for first, _, _ in line.of("others")) or _is_replaced(line, after):
        return Person(at, after, OTHER, name, 0.75)  # "em Hạnh thủ kho", "em Diễm … nghỉ ốm, em Trâm đứng quầy thay"
    if rest[:1] == ["("]:
        return Person(at, after, OTHER, name, 0.75)  # "Em Hương (Kế toán) sốt, em cho bạn ấy về"
    if rest[:1] in (["xin"], ["bao"], ["gui"], ["dang"], ["da"], ["nhan"], ["day"], ["p"]) or _speaks_of_herself(
        line, after
    ):
        return Person(at, after, SELF, None, 0.75)
    return Person(at, after, OTHER, name, 0.7)


def _speaks_of_herself(line: Line, start: int) -> bool:
    """A later "em" that is no title of somebody else: "Em Diễm nghỉ, em Trâm thay" tells of two others."""
    for at in range(start, len(line)):
        if (
            line.words[at] == "em"
            and line.words[at - 1] not in OBJECT_OF
            and not (at + 1 < len(line) and line.raw[at + 1].istitle() and line.has_marks)
        ):
            return True
    return False


def _is_replaced(line: Line, at: int) -> bool:
    """Another one with a name stands in."""
    second = [each for each in range(at, len(line) - 1) if line.words[each] in ("em", "chi", "anh", "co", "bac")]
    named = any(line.raw[each + 1].istitle() for each in second)
    return named and bool({"thay", "giup", "ho"} & set(line.words[at:]))


def is_of_ours(line: Line, at: int) -> bool:
    """ "em Đạt bên phòng mình": a colleague, not the writer."""
    return line.words[at : at + 1] in (["ben"], ["o"]) or bool({"minh", "nha"} & set(line.words[at : at + 3]))


def opens(line: Line, at: int) -> bool:
    return all(line.words[before] in ("da", ",", "bao", "cao", "thua", "kinh") for before in range(at))
