"""What is told of a trip after its report without a word of mending: who else goes, and that one comes home already."""

from itertools import pairwise

from understanding.dates import When
from understanding.persons.household import FAMILY, GROUP, OTHER
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

LONGEST = 14
"""A longer line tells something of its own."""
TOGETHER = frozenset(
    {("cung", "di"), ("di", "cung"), ("di", "theo"), ("di", "voi"), ("di", "chung"), ("co", "ca"), ("dan", "theo")}
)
HOUSE = frozenset({("ca", "nha"), ("gia", "dinh"), ("vo", "con")})
NOT = frozenset({"khong", "chua", "khoi", "?", "ai", "neu"})
HELD = frozenset({"con", "phai", "mac", "ban"})
NAMED_REACH = 6
ENDS = frozenset({("ngay", "ve"), ("hom", "ve"), ("luc", "ve"), ("ket", "thuc"), ("be", "mac"), ("xong", "viec")})
"""Before a day they tell that it is the last one."""
AT_HOME = frozenset({("co", "mat"), ("o", "nha"), ("ve", "toi"), ("di", "lam"), ("toi", "nha")})
DUTIES = function_words("correction.duties")
HOMEWARD = function_words("correction.homeward")
"""Why, or how, one comes home: earlier, at once, all of it over."""


def has_company(scene: Scene) -> bool:
    """ "quên báo, cả vợ con tôi cũng đi": somebody goes along with the one whose trip was told."""
    line = scene.line
    if len(line) > LONGEST or not NOT.isdisjoint(line.bag) or TOGETHER.isdisjoint(pairwise(line.words)):
        return False
    house = HOUSE & set(pairwise(line.words))
    named = any(
        line.words[at : at + 2] == ["co", "ca"] and line.raw[at + 2].istitle() for at in range(len(line) - 2)
    )  # "có cả Nhi đi nữa"
    return bool(house) or named or any(each.who in (FAMILY, OTHER, GROUP) for each in scene.people)


def is_home_early(scene: Scene) -> bool:
    """ "hội nghị bế mạc sớm, mai em về luôn": the day of coming back, said anew."""
    line = scene.line
    if len(line) > LONGEST or not NOT.isdisjoint(line.bag) or HOMEWARD.isdisjoint(line.bag) or scene.places:
        return False
    homes = [first for first, _, _ in line.of("travel_home") if first not in scene.muted]
    return any(0 <= home - when.after <= 2 for home in homes for when in scene.whens)


def ends_sooner(scene: Scene, after: str) -> bool:
    """ "hết 8 thôi, 9 có mặt": the last day of what was reported, said anew."""
    words = scene.line.words
    return (
        after in ("travel", "presence")
        and "het" in scene.line.bag
        and any(
            words[at] == "het" and words[at + 1].isdecimal() and words[at + 2] == "thoi" for at in range(len(words) - 2)
        )
    )


def works_until_then(scene: Scene) -> bool:
    """ "28 Tết tui mới dìa, 27 còn mắc gác": at work the day before, so the later day is that of setting out."""
    line = scene.line
    starts = {when.after for when in scene.whens} | {number.after for number in scene.numbers}
    return any(
        at in starts and line.words[at] in HELD and line.words[at + 1] in DUTIES for at in range(1, len(line) - 1)
    )


def is_of_coming_back(scene: Scene, when: When) -> bool:
    """ "ngày về thành mồng 6", "kết thúc ngày 27", "thứ bảy tui có ở nhà": a day that is named so, or on which one is back."""
    line = scene.line
    named = [
        at
        for at in range(max(when.first_word - NAMED_REACH, 0), when.first_word)
        if tuple(line.words[at : at + 2]) in ENDS
    ]
    behind = line.words[when.after : when.after + NAMED_REACH]
    return bool(named) or any(pair in AT_HOME for pair in pairwise(behind))
