"""What is said but not reported: quotes, news, questions, conditions, wishes, memories, orders to others."""

from typing import TYPE_CHECKING

from understanding.phrases.gates import gate
from understanding.phrases.lexicon import NAMED_PLACES, function_words
from understanding.phrases.line import Line
from understanding.phrases.settle import Match
from understanding.talk.lifts import asks_for_a_lift
from understanding.talk.news import FORWARDED, FORWARDING, is_source, news_from
from understanding.talk.no_orders import is_after_illness, is_no_order, told_to_do
from understanding.talk.past_years import past_years
from understanding.talk.questions import TELLERS, asked_clauses, question, yes_no_question
from understanding.talk.quotes import MARKS, quoted
from understanding.talk.what_stands import calls_for_help, is_after_figures, is_after_incident, wonders_at_harm

if TYPE_CHECKING:
    from understanding.scene import Scene

CONSEQUENCE = function_words("moods.consequence")
CLOSING = function_words("moods.closing")
DENIED = frozenset({"khong", "chua", "chang"})
NAMING = frozenset({"past", "order", "announce", "condition"})
CLASSES = frozenset("ABCDE")
GUESSING = frozenset({"chac", "trung", "hinh"})
SEEKING = frozenset({"kiem", "tim", "hoi", "can", "goi", "gap"})
MUTING = gate({"?", "ai", "khong", "chua", "thi"} | MARKS | FORWARDING, lists={"moods"})
"""Without one of these signs and words, and without a word of a mood, nothing is asked, quoted or only possible."""
ANYONE = frozenset({"truong", "co", "con", "dua", "thang", "em", "chau", "hoc", "nao", "mo", "sao", "dung", "ai"})
"""With one of these begins whoever or whatever may be denied."""
REACH = 6
NEEDING = frozenset({"can", "co", "muon"})
"""They open what others may do meanwhile: "em lên rẫy đo đất tới chiều, cần hồ sơ thì gọi em Hà"."""


def muted_words(scene: "Scene") -> frozenset[int]:
    line = scene.line
    years = past_years(line, scene.today) if line.has_digits else []
    if not (years or line.gates & MUTING):
        return frozenset()
    muted = quoted(line) | {
        at for year in years for at in range(len(line)) if line.sentences[at] == line.sentences[year]
    }
    retracts = any(mood == "retract" for _, _, mood in line.of("moods"))
    if FORWARDED.match(line.text) or retracts:
        return frozenset() if retracts and _recalls(scene) else frozenset(range(len(line)))
    for first, after in _sentences(line):
        muted |= _muted_in_sentence(scene, first, after)
    sources = [at for at, _, value in line.of("moods") if value == "news" and is_source(line, at)]
    if sources:
        news = news_from(line, sources[0])
        if any(at not in muted - news for at in sources):
            muted |= news
    return frozenset(muted)


def _recalls(scene: "Scene") -> bool:
    """ "gửi nhầm nhóm, hủy giúp tin vừa rồi" right after a report takes that report back."""
    calls_off = any(value == "cancel" for _, _, value in scene.line.of("correction_words"))
    return calls_off and scene.context.startswith("after:")


def _sentences(line: Line) -> list[tuple[int, int]]:
    bounds, first = [], 0
    sentences, length = line.sentences, len(line)
    for at in range(1, length):
        if sentences[at] != sentences[first]:
            bounds.append((first, at))
            first = at
    return [*bounds, (first, length)] if length else []


def _moods_of(line: Line, first: int, after: int) -> list[Match]:
    return [mood for mood in line.of("moods") if first <= mood[0] < after]


def _muted_in_sentence(scene: "Scene", first: int, after: int) -> set[int]:
    muted: set[int] = set()
    for start, end, mood in _moods_of(scene.line, first, after):
        if end == start + 1 and start > first and scene.line.raw[start].istitle():
            continue
        if any(a < start < b for a, b, _ in scene.line.of("symptoms")) or _answers_notice(scene, mood, start):
            continue
        if mood in NAMING and _is_no_call(scene.line, mood, start, end):
            continue
        if _is_of_correction(scene, mood, start, end) or is_no_order(scene, mood, first, (start, end)):
            continue
        if mood == "question" and scene.line.words[end - 1] == "ma" and scene.line.of("symptoms"):
            continue
        if mood in ("question", "order") and scene.line.words[end : end + 1] == ["cung"]:
            continue  # "ngửi cái gì cũng không ra mùi", "khoa nào cũng đứng hình"
        if scene.line.words[end : end + 1] in (["oi"], ["ma"]) or _is_received(scene.line, start):
            continue
        wonders = mood == "question" and wonders_at_harm(scene.line, start, end)
        denied = scene.line.words[start] in ANYONE and _is_denied_anyone(scene.line, start)
        if not (wonders or denied or _is_guessed(scene.line, start)):
            muted |= _muted_by(scene, mood, (_after_closing(scene.line, first, start), start, after))
    return (
        muted
        | asked_clauses(scene.line, first, after)
        | yes_no_question(scene, first, after)
        | _then_order(scene, first, after)
        | asks_for_a_lift(scene.line, first, after)
    )


def _is_no_call(line: Line, mood: str, start: int, end: int) -> bool:
    """A closing word stands before it, or it is a part of a unit's name: "Kế hoạch", a class "Nhỡ A"; "không phải diễn tập"."""
    if mood == "past" and line.words[max(start - 2, 0) : start] == ["khong", "phai"]:
        return True
    if mood == "condition":
        return (
            line.words[start] == "nho" and end < len(line) and (line.raw[end].isdecimal() or line.raw[end] in CLASSES)
        )
    closed = line.words[max(start - 1, 0)] in CLOSING or _is_why_one_goes(line, start)
    return (mood == "announce" and closed) or _names_a_unit(line, start, end)


def _is_why_one_goes(line: Line, start: int) -> bool:
    """The "họp giao ban" of "t4 đi Vinh họp giao ban cụm": right behind a place it is what one goes there for."""
    return any(after == start for kind in NAMED_PLACES for _, after, _ in line.of(kind))


def _names_a_unit(line: Line, start: int, end: int) -> bool:
    """The "Thống kê" of "Phòng Thống kê", the "Kế hoạch" of "ban Kế hoạch": what an office is called."""
    if not any(after == start for _, after, _ in line.of("units")):
        return False
    return line.raw[start][:1].isupper() or any(
        first == start and after >= end for first, after, _ in line.of("unit_names")
    )


def _is_of_correction(scene: "Scene", mood: str, start: int, end: int) -> bool:
    """ "không phải 2", "à không, 22 mới lên" right after a report: they set right, they neither order nor ask."""
    line = scene.line
    signs = line.of("correction_words")
    inside = any(a <= start and end <= b for a, b, _ in signs)
    mends = mood in ("order", "announce") and line.words[start:end][-1:] != ["nao"] and line.words[start] != "cac"
    inside = inside or (
        mends
        and any(
            value in ("wrong", "moved", "cancel")
            and line.sentences[a] == line.sentences[start]
            and (a < start or a == end or line.words[start] == "lich")
            for a, _, value in signs
        )
    )
    return inside and scene.context.startswith("after:") and "?" not in scene.line.words


def _answers_notice(scene: "Scene", mood: str, start: int) -> bool:
    """ "Nội dung chỉ thị số 12 đã phổ biến" under a notice: its own words come back in the answer; a mended "lịch" too."""
    line = scene.line
    if mood == "announce" and scene.context.startswith("after:"):
        return "nua" in line.words[:start] or any(
            value == "wrong" and at < start for at, _, value in line.of("correction_words")
        )
    return (
        scene.context.endswith("notice")
        and mood in ("order", "announce")
        and any(
            value == "strong" and line.sentences[at] == line.sentences[start] for at, _, value in line.of("ack_words")
        )
    )


def _after_closing(line: Line, first: int, start: int) -> int:
    """ "chú tới văn phòng rồi nha đứa nào rảnh qua phòng chú": what stands before "nha" is said already."""
    ends = [at + 1 for at in range(first + 3, start) if line.typed[at] in CLOSING]
    return ends[-1] if ends and line.has_marks else first


def _is_received(line: Line, start: int) -> bool:
    """ "đã nhận được thông báo", "đã rõ kế hoạch": the paper is acknowledged, nothing is announced."""
    for head, after, value in line.of("ack_words"):
        if value != "strong":
            continue
        opens = head == 0 or line.sentences[max(head - 3, 0)] != line.sentences[head] or head <= 2
        if (
            head <= start < after
            or 0 <= start - after <= 2
            or (opens and start >= after and line.sentences[start] == line.sentences[head])
        ):
            return True
    return False


def _is_guessed(line: Line, start: int) -> bool:
    """ "chắc ăn trúng gì đó": something, not what."""
    words = line.words
    if words[start : start + 2] != ["gi", "do"]:
        return False
    return not GUESSING.isdisjoint(words[:start]) and "?" not in words[start:]


def _is_denied_anyone(line: Line, start: int) -> bool:
    """ "không ai sốt" asks nobody and orders nobody; "không sốt mô" and "không có trường hợp nào" deny."""
    words, word = line.words, line.words[start]
    near = {1: words[start - 1 : start], 2: words[max(start - 2, 0) : start], 4: words[max(start - 4, 0) : start]}
    if words[start : start + 3] == ["truong", "hop", "nao"]:
        return bool(DENIED & set(near[2]))
    if words[start : start + 2] in (["co", "ai"], ["con", "ai"]):
        return bool(DENIED & set(near[1]))
    if word in ("dua", "thang", "con", "em", "chau", "hoc") and words[start + 1 : start + 2] == ["nao"]:
        return bool(DENIED & set(near[2]))  # "hông có đứa nào nóng lạnh"
    if word in ("nao", "mo"):
        return bool(DENIED & set(near[4]))
    before = near[1][0] if near[1] else ""
    if word == "sao":
        return before == "khong"
    still = before == "con" and bool(DENIED & set(near[2]))  # "không còn ai nghỉ phép"
    seen = before in ("thay", "nghe") and bool(DENIED & set(near[2]))  # "hông thấy ai ho sốt"
    return (word == "dung" and before == "moi") or (
        word == "ai" and (still or seen or before in DENIED | {"co", "deu"})
    )


def _muted_by(scene: "Scene", mood: str, bounds: tuple[int, int, int]) -> set[int]:
    first, start, after = bounds
    whole = set(range(first, after))
    if mood == "condition":
        return set(range(start, after)) if start > first + 3 else whole
    if mood in ("wish", "past"):
        return whole if mood == "past" else set(range(start, after))
    if mood == "question":
        calls = calls_for_help(scene.line, first, start)
        return set(range(start, after)) if calls else question(scene, first, start, after)
    if mood == "order" or (mood == "announce" and not _tells(scene, first, after)):
        if is_after_illness(scene, first, start):
            whole = set(range(told_to_do(scene.line, first, start), after))
        elif is_after_incident(scene, first, start) or is_after_figures(scene, first, start):
            return {at for at in whole if scene.line.clauses[at] >= scene.line.clauses[start]}
        return set() if _is_own_affair(scene, first, start, after) else whole
    return set()


def _tells(scene: "Scene", first: int, after: int) -> bool:
    """Somebody's own matter or a figure stands in the sentence: a mild word of announcing does not silence it."""
    if any(person.who and first <= person.first < after for person in scene.people):
        return True
    numbers = [number for number in scene.numbers if first <= number.first < after]
    fields = [match for match in scene.line.of("count_fields") if first <= match[0] < after]
    return any(
        0 <= field[0] - number.after <= 1 or 0 <= number.first - field[1] <= 1 for field in fields for number in numbers
    )


def _is_own_affair(scene: "Scene", first: int, start: int, after: int) -> bool:
    """ "em xin thông báo em đi …", "tôi đề nghị …": the writer tells of herself before the order word."""
    line = scene.line
    if any(person.who == "self" and 0 <= start - person.after <= 1 for person in scene.people):
        return True
    asks = any(line.words[at] == "xin" for at in range(first, min(start + 1, after)))
    me = any(person.who == "self" and first <= person.first < start for person in scene.people)
    tells = any(person.who in TELLERS and start < person.first < after for person in scene.people)
    return asks or (me and tells)


def _then_order(scene: "Scene", first: int, after: int) -> set[int]:
    """ "ai sốt thì ở nhà", "anh Tuấn đi HN thì cho anh gửi …"."""
    words = scene.line.words
    if "thi" not in words:
        return set()
    for at in range(first + 1, after - 1):
        if any(at < ill <= at + 4 for ill, _, _ in scene.line.of("symptoms")):
            continue
        if scene.line.means(at, "thì") and (words[at + 1] in CONSEQUENCE or _speaks_of_anyone(words[first:at])):
            return set(range(_clause_of_anyone(scene.line, first, at), after))
    return set()


def _speaks_of_anyone(words: list[str]) -> bool:
    """ "ai sốt thì …"; "không ai", "ai cũng" tell of all."""
    return any(
        word == "ai"
        and words[at + 1 : at + 2] not in (["cung"], ["deu"])
        and "khong" not in (words[max(at - 1, 0)], words[max(at - 2, 0)] if words[max(at - 1, 0)] == "co" else "")
        for at, word in enumerate(words)
    )


def _clause_of_anyone(line: Line, first: int, at: int) -> int:
    """ "tôi ở phòng, ai trình ký thì lên": only the clause that begins with "ai" orders."""
    anyone = [each for each in range(first, at) if line.words[each] == "ai"]
    start = anyone[-1] if anyone else first
    if anyone and line.words[start + 1] in SEEKING and start - first >= REACH - 1:
        return start  # "sếp Hùng đi Long An họp chiều mới về ai kiếm thì đợi"
    clause = next((each for each in range(at, first, -1) if line.clauses[each - 1] != line.clauses[at]), first)
    if not anyone and clause > first and line.words[clause] in NEEDING:
        return clause
    if not anyone and any(line.of("presence_words")) and any(match[1] < clause for match in line.of("presence_words")):
        return clause
    return start if start > first and line.clauses[start - 1] != line.clauses[start] else first
