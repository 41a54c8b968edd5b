"""Symptoms with their negation: which a person has, which are denied or over."""

from collections.abc import Iterator
from typing import NamedTuple

from understanding.phrases.gates import gate
from understanding.phrases.lexicon import function_words, phrase_tree
from understanding.phrases.line import Line
from understanding.phrases.meanings import meanings_of
from understanding.phrases.settle import Match
from understanding.reading import Slot

STRESS = function_words("symptoms.stress")
ELSE = function_words("symptoms.denies_else")
AFTER_NO = function_words("symptoms.after_no")
ENDED = function_words("symptoms.ended") | {"", "\n"}

NEGATORS_REACH = 6
"""So many words may stand between "không" and what it denies."""
JOINERS = function_words("symptoms.joiners")
NO = frozenset({"khong", "chua", "chang"})
ENDS = frozenset({"het", "dut", "khoi"})
NOT_YET = function_words("symptoms.not_yet")
"""Before an end that has not come, or is that of something else: "cả lớp nghỉ gần hết"."""
HEAT = "fever_denied"
HOTTEST = 45
BEFORE_OVER = function_words("symptoms.before_over")
TURNING_SIGNS = frozenset(".;\n!?")


BODY = function_words("symptoms.body")
OWNERS = function_words("symptoms.owners")
PAINS = function_words("symptoms.pains")
FIRST = BODY | PAINS
BETWEEN = function_words("symptoms.between")
"""What strengthens a pain before its place: "nhức hết cả xương khớp"."""
OWNER_WORDS = 4
ENGLISH = function_words("symptoms.english")
PARTED = (gate(BODY) | gate(OWNERS), gate(PAINS) | gate(BETWEEN))
"""What a complaint in two parts begins with, and what stands between them."""


SMELLING = gate({"ngui"})
SMELL_REACH = (2, 6)
NOTHING = NO | {"hong", "cha"}
SMELLED = frozenset({"ra", "thay", "duoc"})


class Symptom(NamedTuple):
    first: int
    after: int
    code: str
    denied: bool


def read_symptoms(text: str) -> list[Slot]:
    """Every symptom word of a text; the value is its code, with "-" before it when it is denied."""
    line = Line(text)
    return [
        Slot(("-" if each.denied else "") + each.code, line.span(each.first, each.after)) for each in symptoms(line)
    ]


def symptoms(line: Line) -> list[Symptom]:
    found: list[Symptom] = []
    traps = line.of("traps")
    ills = _with_parted(line)
    starts = {first for first, _, _ in line.of("symptoms")} if ills else set()
    for first, after, code in ills:
        if any(
            start <= first < end and not _goes_on(line, end, starts) for start, end, _ in traps
        ) and not _is_marked_cough(line, first):
            continue
        if code == "fever" and _is_too_hot(line, after):
            continue
        before = found[-1] if found else None
        found.append(Symptom(first, after, code, _is_denied(line, first, after, before)))
    return _over_later(line, _heat_told(found)) if found else []


def _is_too_hot(line: Line, at: int) -> bool:
    """ "bơm số 4 sốt 91 độ": no body is as hot as that."""
    near = [each for each in range(at, min(at + 3, len(line.words) - 1)) if line.words[each].isdecimal()]
    return any(int(line.words[each]) > HOTTEST and line.words[each + 1] in ("do", "c", "°") for each in near)


def _is_marked_cough(line: Line, at: int) -> bool:
    """The "ho em" of "không sốt không ho em đã uống thuốc" is no "hộ em" where others wear their marks."""
    return line.has_marks and line.typed[at] == "ho" and line.words[at + 1 : at + 2] in (["em"], ["anh"], ["chi"])


def _goes_on(line: Line, end: int, starts: set[int]) -> bool:
    """ "đau đầu với ớn lạnh": what is blamed is another complaint, so neither is a joke."""
    return line.words[end - 1] == "voi" and end in starts


def _with_parted(line: Line) -> list[Match]:
    """ "mắt em đỏ", "bụng con bé cứ đau": the owner stands between the part of the body and the complaint."""
    told = list(line.of("symptoms"))
    opened = line.gates
    if opened & SMELLING:
        told = sorted([*told, *_nothing_smelled(line, told)])
    if opened & PARTED[0] != PARTED[0] and opened & PARTED[1] != PARTED[1]:
        return told
    whole = {first for first, after, _ in told if after - first > 1}  # "dau lung nhuc moi" is two complaints
    parted = [
        each
        for at, word in enumerate(line.words)
        if word in FIRST and at not in whole
        if (word in BODY and (each := _parted(line, at, OWNERS)))
        or (word in PAINS and (each := _parted(line, at, BETWEEN)))
    ]
    if not parted:
        return told
    kept = [match for match in told if not any(a <= match[0] < b for a, b, _ in parted)]
    return sorted([*kept, *parted])


def _nothing_smelled(line: Line, told: list[Match]) -> Iterator[Match]:
    """ "ngửi nước mắm không ra": whatever it is that has no smell."""
    words = line.words
    for at in range(len(words) - SMELL_REACH[0]):
        near = range(at + SMELL_REACH[0], min(at + SMELL_REACH[1], len(words) - 1)) if words[at] == "ngui" else ()
        end = next((each + 2 for each in near if words[each] in NOTHING and words[each + 1] in SMELLED), 0)
        if end and line.clauses[at] == line.clauses[end - 1] and not any(a < end and at < b for a, b, _ in told):
            yield at, end, "loss_of_smell_taste"


def _parted(line: Line, part: int, between: frozenset[str]) -> Match | None:
    """The complaint that starts at a word and goes on behind what stands between; behind an owner it is his."""
    words, tree = line.words, phrase_tree()
    at = part + 1
    while at < len(words) and at - part <= OWNER_WORDS and words[at] in between:
        at += 1
    node = tree.onward.get(words[part])
    best = None
    for after in range(at + 1, len(words) + 1) if at > part + 1 else ():
        node = node and node.onward.get(words[after - 1])
        if node is None:
            break
        if node.ends:
            meant = dict(meanings_of((line.typed[part], *line.typed[at:after]), line.has_marks))
            if "symptoms" in meant:
                best = (at if between is OWNERS else part, after, meant["symptoms"])
    return best


def _heat_told(found: list[Symptom]) -> list[Symptom]:
    """ "không nóng" beside another complaint denies a fever; "nóng" by itself is the weather."""
    others = [each for each in found if each.code != HEAT]
    told = [each._replace(code="fever") for each in found if each.code == HEAT and each.denied and others]
    return sorted([*others, *told])


def _is_denied(line: Line, first: int, after: int, before: Symptom | None) -> bool:
    if first and line.typed[first - 1] == "no" and line.words[first] in ENGLISH:
        return True  # "no fever, no cough"
    negator = _negator_before(line, first)
    if negator is not None and (before is None or negator >= before.after):
        return True
    if before is not None and before.denied and _is_listed(line, before.after, first):
        return not _is_stressed(line, first, after)
    return _is_denied_behind(line, after) or _is_over_behind(line, after)


def ends_here(line: Line, ill: Symptom) -> bool:
    """ "hết chóng mặt rồi": the word of its end stands right before it."""
    return ill.denied and ill.first > 0 and line.words[ill.first - 1] in ENDS


def _is_over_behind(line: Line, at: int) -> bool:
    """ "ớn lạnh thì đã hết", "cơn ho của tôi đã dứt", "ho cũng hết rồi nhưng còn đau họng"; not "ho gần hết"."""
    at = led = _past_owner(line, at)
    while at < len(line.words) and at - led < len(BEFORE_OVER) and line.words[at] in BEFORE_OVER:
        at += 1
    if at == led or at >= len(line.words) or not line.means(at, "hết", "khỏi", "dứt"):
        return False
    behind = line.words[at + 1] if at + 1 < len(line.words) else ""
    return behind in ENDED or not behind.isalnum() or (behind == "tu" and line.words[at - 1] == "da")


def _past_owner(line: Line, at: int) -> int:
    """The "của tôi" of "cơn ho của tôi đã dứt"."""
    if line.words[at : at + 1] != ["cua"]:
        return at
    at += 1
    while at < len(line.words) and line.words[at] in OWNERS and line.words[at] not in BEFORE_OVER:
        at += 1
    return at


def _is_denied_behind(line: Line, at: int) -> bool:
    """ "em ho, sốt thì không", "ói thì hông có", "sốt không có"; not "sốt thì không chịu uống"."""
    words = line.words
    led = words[at : at + 1] == ["thi"]
    at += led
    if at >= len(words) or words[at] not in NO or (not led and words[at + 1 : at + 2] != ["co"]):
        return False
    behind = next((each for each in range(at + 1, len(words)) if words[each] != "co"), len(words))
    if not led and behind == at + 2 and "?" in words[behind:]:
        return False
    return behind == len(words) or words[behind] in AFTER_NO or not words[behind].isalnum()


def _negator_before(line: Line, first: int) -> int | None:
    """The negator that reaches this word, unless a turn or another thought stands between."""
    best = None
    for start, end, value in line.of("negation"):
        if end > first or value not in ("not", "turn", "still"):
            continue
        if value == "turn" and start >= (best or 0) and best is not None:
            best = None
        elif value == "not" and _is_not_over(line, start):
            best = None  # "chưa hết ho"
        elif value == "not" and _reaches(line, end, first) and (end == first or not _is_else(line, start, end)):
            best = start
    return best


def _is_not_over(line: Line, at: int) -> bool:
    """ "vẫn chưa hết ho", "không dứt sốt": an end that has not come."""
    before = at - 1 - (at > 1 and line.words[at - 1] in ("thay", "he"))
    return at > 0 and line.words[at] in ENDS and line.words[before] in NO


def _reaches(line: Line, end: int, first: int) -> bool:
    return first - end <= NEGATORS_REACH and _no_break(line, end, first)


def _is_else(line: Line, start: int, end: int) -> bool:
    """ "khỏi bệnh viện", "không biết", "không đi học được", "hết hôm nay" deny something else."""
    follower = line.words[end] if end < len(line.words) else ""
    return follower in ELSE and line.words[start] != "da"


def _no_break(line: Line, start: int, end: int) -> bool:
    between = range(start, end)
    if any(line.words[at] in TURNING_SIGNS for at in between):
        return False
    if any(line.words[at] == "," for at in between):
        return False
    return not any(start <= first < end for first, _, value in line.of("negation") if value == "turn")


def _is_listed(line: Line, start: int, end: int) -> bool:
    return all(line.words[at] in JOINERS for at in range(start, end))


def _is_stressed(line: Line, first: int, after: int) -> bool:
    """ "không sốt, ho nhẹ": the second one is there."""
    if line.words[first - 1] not in (",", ";"):
        return False
    marks = STRESS
    return (after < len(line.words) and line.words[after] in marks) or (
        after - first > 1 and line.words[after - 1] in ("khan", "nhieu", "nhe")
    )


def _is_of_nobody(line: Line, at: int) -> bool:
    """ "hết" behind a denial only strengthens it."""
    return any(line.words[each] in ("khong", "chua", "chang") for each in line.before(at, NEGATORS_REACH))


def _is_all_of(line: Line, at: int) -> bool:
    """The "hết" of "tay chân rũ rượi hết": all of it, no end."""
    return line.words[at - 1].isalpha() and line.words[at - 1] not in BEFORE_OVER


def _over_later(line: Line, found: list[Symptom]) -> list[Symptom]:
    """ "hôm qua sốt, nay hết rồi": what was there is over."""
    last = found[-1] if found else None
    if last is None or last.denied:
        return found
    for start, end, value in line.of("negation"):
        word = line.words[start]
        if (
            value == "not"
            and start >= last.after
            and word in ("het", "khoi", "dut", "dau")
            and not any(s.first >= end for s in found)
        ):
            follower = line.words[end] if end < len(line.words) else ""
            if start and line.words[start - 1] in NOT_YET:
                continue
            if word == "het" and (line.words[start - 1] in ("gi", "chi", "ca", "sao") or _is_of_nobody(line, start)):
                continue  # "không nghe mùi gì hết", "mà hông ai giữ hết"
            by_itself = follower not in ("roi", "han", "luon")
            if word == "het" and by_itself and (start == last.after or _is_all_of(line, start)):
                continue
            if follower in ENDED:
                return [each if each.denied else each._replace(denied=True) for each in found]
    return found
