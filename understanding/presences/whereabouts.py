"""Where somebody is at work although no list names it: "em dựng phim ở nhà", "đo ngoài đê tới trưa", "không về cơ quan", "10h về trường"."""

from collections.abc import Iterator
from itertools import pairwise

from understanding.persons.household import FAMILY, OTHER, SELF, Person
from understanding.phrases.gates import gate
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.phrases.normalize import fold, lower
from understanding.phrases.settle import Match
from understanding.scene import Scene

WORKPLACES = frozenset(tuple(each.split("_")) for each in function_words("whereabouts.workplaces"))
ONE_WORD = frozenset(each[0] for each in WORKPLACES if len(each) == 1)
WORK = frozenset(map(lower, function_words("whereabouts.work")))
BARE_WORK = frozenset(map(fold, WORK))
PRIVATE = function_words("whereabouts.private")
MOTION = function_words("whereabouts.motion")
STAY = function_words("whereabouts.stay")
THERE = function_words("whereabouts.there")
WAY_BACK = function_words("whereabouts.way_back")
LASTING = function_words("whereabouts.lasting")
BEFORE_END = function_words("whereabouts.before_end")
KEPT_FOR = function_words("whereabouts.kept_for")
DENIES = ("không", "ko", "k", "hông", "hổng", "chẳng", "chưa")
BARE_DENIES = frozenset(map(fold, DENIES))
SIGNS = BARE_WORK | {each[0] for each in WORKPLACES} | {"nha"}
"""One of these words stands in every such message."""
SAID, WORKS, LEAVES, AWAY_OR_BACK = gate(SIGNS), gate(BARE_WORK), gate(MOTION), gate(BARE_DENIES | WAY_BACK)
CLIENTS = [["cong", "ty"], ["cty"], ["doanh", "nghiep"], ["dn"], ["xi", "nghiep"], ["nha", "may"], ["htx"]]
ERRANDS = function_words("posts.errands")
REACH = 7
"""So far from "ở nhà" or a verb of motion the work may stand."""


def whereabouts(scene: Scene) -> list[Match]:
    """The first word of what somebody does, the word after it, and the status; at most one."""
    line = scene.line
    if not line.gates & SAID or "?" in line.bag:
        return []
    found = at_home(scene) or _at_a_client(scene) or spelled_out(scene) or _out_for_a_while(scene)
    return [match for match in found[:1] if match[0] not in scene.muted]


def at_home(scene: Scene) -> list[Match]:
    """ "e đang dựng phim ở nhà", "xin ở nhà hoàn thiện báo cáo": work that is done there, not for a child."""
    line = scene.line
    if "nha" not in line.bag or not line.gates & WORKS:
        return []
    for at in range(1, len(line.words)):
        if not (line.words[at - 1] in ("o", "tai", "ngoi") and line.means(at, "nhà")):
            continue
        near = range(max(at - REACH, 0), min(at + 4, len(line.words)))
        works = any(line.clauses[each] == line.clauses[at] and is_work(line, each) for each in near)
        person = scene.subject(at)
        if works and person is not None and person.who == SELF and not is_for_a_child(line, at):
            return [(at - 1, at + 1, "home")]
    return []


def _at_a_client(scene: Scene) -> list[Match]:
    """ "em đang ở công ty Thiên Ân quyết toán thuế": another house with its name, and what is done there."""
    line = scene.line
    for first, after, _ in line.of("units"):
        named = after < len(line.words) and line.raw[after][:1].isupper() and line.words[first:after] in CLIENTS
        if not (named and first and line.words[first - 1] in ("o", "tai")):
            continue
        person = scene.subject(first)
        known = person is not None and person.who != FAMILY and (person.who != OTHER or bool(person.name))
        clause = line.clauses[first]
        behind = [at for at in range(after + 1, min(after + REACH, len(line.words))) if line.clauses[at] == clause]
        if known and any(is_work(line, at) or line.typed[at] in ERRANDS for at in behind):
            return [(first - 1, after, "field")]
    return []


def spelled_out(scene: Scene) -> list[Match]:
    """Not at the place of work, or back there at an hour: then away from it now."""
    line = scene.line
    if not _names_workplace(line):
        return []
    person = _speaker(scene)
    if person is None or person.after >= len(line.words):
        return []
    away = any(_is_not_there(line, at) for at in range(person.after, len(line.words)) if line.words[at] in BARE_DENIES)
    if not (away or _comes_back(scene, person)):
        return []
    return [(person.after, person.after + 1, "field")]


def _names_workplace(line: Line) -> bool:
    """A place of work, and a word of not being there or of going back."""
    if not line.gates & AWAY_OR_BACK:
        return False
    return not (ONE_WORD.isdisjoint(line.bag) and WORKPLACES.isdisjoint(pairwise(line.words)))


def _is_not_there(line: Line, at: int) -> bool:
    """ "không về cơ quan", "k có mặt ở trường"; "không lên phòng" when another place was named before."""
    if not line.means(at, *DENIES):
        return False
    verb = at + 1 + (line.words[at + 1 : at + 2] == ["co"])
    verb += line.words[verb : verb + 2] in (["mat", "o"], ["mat", "tai"])
    if verb >= len(line.words) or not is_workplace(line, verb + 1):
        return False
    elsewhere = THERE & set(line.words[:at]) and line.clauses[at] > 0
    return line.words[verb] in STAY or (line.words[verb] in WAY_BACK and bool(elsewhere))


def _comes_back(scene: Scene, person: Person) -> bool:
    """ "…, 10h em về thư viện", "…, đầu giờ chiều có mặt tại phòng"."""
    line = scene.line
    parts = {first for first, _, _ in line.of("day_parts")} | scene.time_words
    for at in range(person.after + 2, len(line.words)):
        if line.words[at] not in WAY_BACK or line.clauses[at] == line.clauses[person.first]:
            continue
        place = at + 1 + (line.words[at + 1 : at + 2] in (["tai"], ["o"]))
        timed = any(line.clauses[part] == line.clauses[at] for part in parts)
        if timed and is_workplace(line, place) and not _is_other_day(scene, at) and _is_outside(line, person, at):
            return True
    return False


def _is_other_day(scene: Scene, at: int) -> bool:
    clauses = scene.line.clauses
    return any(when.first > scene.today and clauses[when.first_word] == clauses[at] for when in scene.whens)


def _is_outside(line: Line, person: Person, back: int) -> bool:
    """Some other place or work is told of before the way back."""
    said = range(person.after, back)
    return any(line.words[at] in THERE | MOTION or is_work(line, at) for at in said)


def _out_for_a_while(scene: Scene) -> list[Match]:
    """ "Tôi ra bờ đê đo mực nước từ giờ đến trưa": out to some work, with an end."""
    line = scene.line
    if not (line.gates & LEAVES and line.gates & WORKS):
        return []
    person = _speaker(scene)
    rests = any(value == "leave" for _, _, value in line.of("presence_words"))  # "đi tái khám, xin nghỉ nguyên ngày"
    if rests or person is None or any(place.name for place in scene.places):
        return []
    for at in range(person.after, min(person.after + REACH, len(line.words))):
        if line.clauses[at] != line.clauses[person.first] or line.words[at] not in MOTION:
            continue
        works = any(is_work(line, each) for each in range(at + 1, min(at + REACH, len(line.words))))
        if works and _lasts(scene, at):
            return [(at, at + 1, "field")]
    return []


def _lasts(scene: Scene, at: int) -> bool:
    """ "từ giờ đến trưa", "tới 3h", "cả ngày", "đến hết thứ Năm"."""
    line = scene.line
    ends = {when.first_word for when in scene.whens} | scene.time_words
    ranges = any(when.sort == "range" and when.first_word > at for when in scene.whens)
    for each in range(at + 1, len(line.words) - 1):
        if line.means(each, *BEFORE_END) and (each + 1 in ends or line.means(each + 1, *LASTING)):
            return True
        if line.words[each] in ("ca", "nguyen") and line.words[each + 1] in ("ngay", "buoi"):
            return True
    return ranges


def busy_outside(scene: Scene) -> list[Match]:
    """ "đang cắt cỏ đường Trần Phú" to a check-in, when nothing else tells where."""
    line = scene.line
    if line.of("symptoms"):
        return []
    return next(
        (
            [(at, at + 2, "field")]
            for at in range(len(line.words) - 1)
            if line.words[at] == "dang" and is_work(line, at + 1) and scene.subject(at) in (None, *_selves(scene))
        ),
        [],
    )


def _selves(scene: Scene) -> Iterator[Person]:
    return (person for person in scene.people if person.who == SELF)


def _speaker(scene: Scene) -> Person | None:
    """Who is away: the first one told of, if it is the writer or a colleague with a name."""
    if scene.context.endswith("checkin") and not scene.people:
        return Person(0, 0, SELF)
    known = (each for each in scene.people if each.who and (each.who != OTHER or each.name))
    person = next(known, None)
    return None if person is None or person.who == FAMILY else person


def is_work(line: Line, at: int) -> bool:
    known = line.typed[at] in WORK or (not line.has_marks and line.words[at] in BARE_WORK)
    return known and line.typed[at + 1 : at + 2] != [] and line.typed[at + 1] not in PRIVATE


def is_workplace(line: Line, at: int, longest: int = 2) -> bool:
    """ "trạm", "cơ quan": a place of work of at most so many words begins here."""
    return any(tuple(line.words[at : at + length]) in WORKPLACES for length in range(1, longest + 1))


def is_for_a_child(line: Line, at: int) -> bool:
    """ "ở nhà viết văn mẫu cho con"."""
    return "cho" in line.bag and any(
        line.words[each] == "cho" and line.words[each + 1] in KEPT_FOR
        for each in range(len(line.words) - 1)
        if line.sentences[each] == line.sentences[at]
    )
