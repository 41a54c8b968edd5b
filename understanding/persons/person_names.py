"""Given names, full names, and which words beside a title are part of a name."""

from understanding.phrases.lexicon import PLACES, folded_words, function_words, lexicon
from understanding.phrases.line import Line

TITLES = function_words("people.titles")
SURNAMES = function_words("people.surnames")
NOT_BEFORE_NAMES = function_words("people.no_name_after")
BUSY = (
    "wellness",
    "health_topics",
    "count_fields",
    "incident_words",
    "correction_words",
    "moods",
    "day_words",
    "travel_words",
    "travel_home",
    "pronouns",
    "symptoms",
    "negation",
    "presence_words",
    "day_parts",
    "family",
    "units",
    "ack_words",
    "traps",
    "weekdays",
    "week_words",
)
"""Lists whose words are no names when they are written small."""


HIGHLAND = frozenset({"y", "h"})
"""Before a name of the highlands."""
MIDDLE = frozenset({"văn", "thị"})
BEFORE_LAST = function_words("person_names.before_last")
"""The first of two given names."""
ORDINARY = function_words("people.ordinary")
TOLD = function_words("person_names.told")
ADDRESSED = function_words("person_names.addressed")
NEVER_NAMES = function_words("person_names.never")
CALLED_BY = function_words("person_names.called_by")
NO_COLLEAGUES = function_words("person_names.no_colleagues")
PLACED_BY = function_words("person_names.placed_by")


def name_from(line: Line, at: int) -> tuple[str | None, int]:
    after, raw = at, line.raw
    while after < len(raw) and after - at < 5 and raw[after].istitle() and _may_be_name(line, after):
        after += 1
    if after > at:
        return line.written(at, after), after
    if at < len(raw) and _is_small_name(line, at):
        return line.written(at, at + 1).title(), at + 1
    return None, at


def small_full_name(line: Line, at: int) -> tuple[str | None, int]:
    """ "trịnh văn lâm", "nông thị hiền": a family name, "văn" or "thị", and whatever word follows."""
    told = line.typed[at : at + 3]
    if len(told) < 3 or told[1] not in MIDDLE or told[0] not in SURNAMES or not told[2].isalpha():
        return None, at
    return line.written(at, at + 3).title(), at + 3


def given_name(line: Line, at: int) -> tuple[str | None, int]:
    """ "bảo ngọc", "gia hân", "khôi": one name or two in small letters."""
    if line.raw[at : at + 1] and line.raw[at].islower() and line.typed[at] in BEFORE_LAST:
        name, after = name_from(line, at + 1)
        if name is not None and after == at + 2:
            return line.written(at, after).title(), after
    return name_from(line, at)


def _may_be_name(line: Line, at: int) -> bool:
    if line.words[at] == "khoa" and at and line.words[at - 1] in TITLES:
        return at + 1 == len(line) or not line.raw[at + 1].istitle()
    middle = line.raw[at] in "AY" and at and line.raw[at - 1].istitle() and line.raw[at + 1 : at + 2] != []
    if middle and line.raw[at + 1].istitle() and len(line.raw[at + 1]) > 1:
        return True  # "Giàng A Tủa"
    if (
        len(line.raw[at]) < 2
        or line.typed[at] == "một"
        or (not line.is_glued(at) and at and line.words[at - 1] in "([")
    ):
        return False
    return not any(
        match[0] <= at < match[1]
        for kind in ("provinces", "countries", "units")
        for match in line.of(kind)
        if kind != "units" or line.words[at] in ("phong", "khoa", "kcn", "cty", "to", "lop", "ca")
    )


def _is_small_name(line: Line, at: int) -> bool:
    """A common given name in small letters, unless the word is rather an ordinary one here."""
    word, typed = line.words[at], line.typed[at]
    if typed not in (lexicon("given_names") if line.has_marks else folded_words("given_names")):
        return False
    if not line.has_marks and _is_said_of(line, at):
        return True
    if word in ORDINARY or (len(word) < 3 and not line.has_marks):
        return False
    return not any(first <= at < after for kind in BUSY for first, after, _ in line.of(kind))


def _is_said_of(line: Line, at: int) -> bool:
    """ "anh nam ho", "chi lan nghi", "thang son to minh": between a form of address and what is told of somebody, or where he works, stands a name."""
    if not at or at + 1 >= len(line):
        return False
    before, follower = line.words[at - 1], line.words[at + 1]
    if line.words[at] in NEVER_NAMES:
        return line.words[at] == "mai" and before in CALLED_BY - {"em"} and _is_of_office(line, at + 1)
    return (follower in TOLD and before in ADDRESSED) or (
        before in CALLED_BY and line.words[at] not in NO_COLLEAGUES and _is_of_office(line, at + 1)
    )


def _is_of_office(line: Line, at: int) -> bool:
    """Where somebody works, or what he is, begins with this word: "to 3", "le tan", "(payroll)"."""
    return line.words[at] in PLACED_BY or any(
        first == at for kind in ("units", "others") for first, _, _ in line.of(kind)
    )


def full_name(line: Line, at: int) -> int | None:
    """ "Trịnh Văn Lâm": a surname and at least one capitalised word more; where it ends."""
    if line.typed[at] not in SURNAMES or not line.raw[at].istitle() or _is_busy(line, at):
        return None
    if at and (
        line.words[at - 1] in NOT_BEFORE_NAMES
        or (line.raw[at - 1].istitle() and line.sentences[at - 1] == line.sentences[at])
    ):
        return None
    after = at + 1
    while after < len(line) and after - at < 5 and line.raw[after].istitle():
        after += 1
    least = 2 if line.typed[at] in HIGHLAND and len(line.raw[at]) == 1 else 3  # "Y Blin"
    return after if after - at >= least else None


def _is_busy(line: Line, at: int) -> bool:
    """Part of a place or of the name of a unit."""
    return any(a <= at < b for kind in PLACES for a, b, _ in line.of(kind))


HEADINGS = frozenset({("danh", "sach"), ("quan", "so")})
"""They begin with what could be a name."""
WEEK_TURNS = function_words("names.week_turns")
"""Behind a bare "Tuan": it is a week then, and nobody called Tuấn."""
NO_BARE_NAME = (
    "provinces",
    "towns",
    "countries",
    "day_words",
    "units",
    "symptoms",
    "wellness",
    "places_with_care",
    "correction_words",
)
"""Lists whose words are no names without a title, though they are written large."""


def _is_week(line: Line, at: int) -> bool:
    return not line.has_marks and line.words[at] == "tuan" and not WEEK_TURNS.isdisjoint(line.words[at + 1 : at + 2])


def is_another_word(line: Line, at: int) -> bool:
    """ "Mai", "Đính chính" is no name without a title; but in a list of the ill, "Mai (ho, sổ mũi)", it is."""
    if line.words[at + 1 : at + 2] == ["("] and any(first == at + 2 for first, _, _ in line.of("symptoms")):
        return False
    if tuple(line.words[at : at + 2]) in HEADINGS or _is_week(line, at):
        return True
    return any(a <= at < b for kind in NO_BARE_NAME for a, b, _ in line.of(kind))
