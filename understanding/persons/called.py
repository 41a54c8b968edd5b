"""Who is only spoken to, and whom the writer takes along."""

from understanding.persons.household import SPEAKERS
from understanding.persons.person_names import full_name, name_from
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

BODY = function_words("symptoms.body")
ALL_OVER = frozenset({"day", "khap"})
"""Before "mình" they tell of a body: "nổi mẩn đầy mình"."""
CALLED_BEFORE = function_words("people.called_before")
EVERYONE = function_words("people.everyone")
CALLED_AFTER = function_words("people.called_after")
NAME_LEADERS = function_words("people.name_leaders")


def is_of_body(line: Line, at: int) -> bool:
    """ "cái đầu nó nhức", "đau nhức khắp mình mẩy": no person."""
    if line.words[at] == "minh" and at:
        ails = any(first <= at < after for first, after, _ in line.of("symptoms")) and line.words[at - 1] != "hong"
        return ails or line.words[at + 1 : at + 2] == ["may"] or line.words[at - 1] in ALL_OVER
    if line.words[at : at + 2] == ["em", "no"]:
        return at > 0 and line.words[at - 1] in BODY
    owned = at > 1 and line.words[at - 1] in SPEAKERS and line.words[at - 2] in BODY  # "người em nó cứ gai gai rét"
    return line.words[at] == "no" and at > 1 and (owned or (line.words[at - 1] in BODY and line.words[at - 2] == "cai"))


def calls_everyone(line: Line, first: int, after: int) -> bool:
    """ "… thiệt nha mọi người, …": all are spoken to, not of."""
    before = line.words[first - 1] if first else ""
    return before in CALLED_BEFORE and set(line.words[first:after]) <= EVERYONE


def is_some_friend(line: Line, at: int) -> bool:
    """ "đi nhậu có bạn bị F0", "bạn cùng trọ của em": a friend, not the one spoken to."""
    if line.words[at] != "ban":
        return False
    return (at > 0 and line.means(at - 1, "có", "một")) or line.words[at + 1 : at + 2] == ["cung"]


def is_called(line: Line, first: int, after: int) -> bool:
    """ "anh ơi", "dạ chị", "báo cáo sếp", "… nhé anh": spoken to, not of."""
    word = line.words[after] if after < len(line) else ""
    if word in CALLED_AFTER or (word in ("", "!", ".", ",", "?", "\n", ":") and first):
        return True
    before = line.words[first - 1] if first else ""
    if before in CALLED_BEFORE or before == "cao":
        return True
    return word in ("nhe", "nha") and after + 1 >= len(line)


def company_after(line: Line, at: int) -> int | None:
    """ "em và chị Lan", "em với sếp", "em với 3 bạn", "anh cùng đoàn": where the company ends."""
    if at + 1 >= len(line) or line.words[at] not in ("va", "voi", "cung", "&", "+"):
        return None
    after = at + 1 + (line.words[at + 1] in ("voi", "cung", "ca"))
    if after >= len(line):
        return None
    if line.words[after].isdecimal():
        return next((end for first, end, _ in line.of("people_nouns") if first == after + 1), None)
    for kind in ("pronouns", "others", "family"):
        for first, last, _ in line.of(kind):
            if first == after:
                return name_from(line, last)[1]
    if line.typed[after] in NAME_LEADERS and after + 1 < len(line) and line.raw[after + 1].istitle():
        return full_name(line, after + 1) or name_from(line, after + 1)[1]  # "tui với thằng Y Rin"
    return after + 1 if line.raw[after].istitle() else None
