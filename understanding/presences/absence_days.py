"""Which day an absence or a presence is about, and until when."""

from datetime import date, timedelta
from itertools import pairwise

from understanding.dates import When
from understanding.dates.when import end_of
from understanding.phrases.lexicon import function_words
from understanding.phrases.settle import Match
from understanding.scene import Scene

LISTING = frozenset({",", "va", "voi", "ngay", "&", "+"})
PAIR, WORKDAYS, WEEK = 2, 5, 7
LONG_AGO = timedelta(days=40)
DAYS = frozenset({"ngay", "hom", "bua", "buoi"})
STAND_IN = 7
UNSURE = 0.7
FOR_ME = frozenset({"ho", "thay", "giup", "dum", "gium", "the"})
WAITING = function_words("absences.waiting")
AWAY = frozenset({"leave", "sick", "home"})
BEFORE_BACK = function_words("absences.before_back")
COMES_BACK = function_words("absences.comes_back")
AGAIN = function_words("absences.again")
TO_WORK = frozenset({"vo", "vao", "len"})
AT_WORK = frozenset({("di", "lam"), ("di", "day"), ("vao", "lam"), ("vo", "lam"), ("len", "lam"), ("co", "mat")})


def day_of(scene: Scene, match: Match, used: frozenset[int]) -> When | None:
    """The day nearest to the words of presence, in their clause before others."""
    line = scene.line
    if not scene.whens:
        return None
    clause = line.clauses[match[0]]
    days = _days_of_its_sentence(scene, match, used)
    if "dang" in line.bag and (line.means(max(match[0] - 1, 0), "đang") or line.means(match[0], "đang")):
        days = [when for when in days if when.first <= scene.today or line.clauses[when.first_word] == clause]
    if match[2] == "field":
        days = [when for when in days if not _is_of_the_way_back(scene, when, match)]
    if match[2] == "sick":
        days = [_behind(scene, when) for when in days]
    same = [when for when in days if line.clauses[when.first_word] == clause]
    if same:
        return min(same, key=lambda when: abs(when.first_word - match[0]))
    return min(days, key=lambda when: abs(when.first_word - match[0]), default=None)


def _days_of_its_sentence(scene: Scene, match: Match, used: frozenset[int]) -> list[When]:
    """But for those of another report, only talked of, long gone, too long, or told of what comes after."""
    sentences = scene.line.sentences
    return [
        when
        for when in scene.whens
        if sentences[when.first_word] == sentences[match[0]]
        and when.sort != "since"
        and not (when.first_word in used and (when.last < scene.today or _is_since(scene, when)))
        and when.last >= scene.today - LONG_AGO
        and (when.first_word not in scene.muted or _asks_a_stand_in(scene, when))
        and (when.sort != "period" or when.last - when.first <= timedelta(days=WEEK))
        and not (_opens_next(scene, when, match) or is_back_at_work(scene, when, match))
    ]


def _is_of_the_way_back(scene: Scene, when: When, match: Match) -> bool:
    """The "mai mới lên" of "chiều em chạy mấy xã, mai mới lên cơ quan"."""
    clauses = scene.line.clauses
    return clauses[when.first_word] > clauses[match[0]] and scene.line.words[when.after : when.after + 1] == ["moi"]


def day_of_the_question(scene: Scene, match: Match) -> When | None:
    """ "Sáng mai thi, phòng 3 thiếu người do cô Nhàn nghỉ ốm, ai thay được?": the one day ahead, of what is only asked; unsure."""
    if not scene.whens:
        return None
    sentences = scene.line.sentences
    ahead = [
        when
        for when in scene.whens
        if when.first_word in scene.muted
        and when.first_word < match[0]
        and when.sort == "day"
        and when.first > scene.today
        and sentences[when.first_word] == sentences[match[0]]
    ]
    return ahead[0]._replace(certainty=UNSURE) if len(ahead) == 1 and not scene.context else None


def _asks_a_stand_in(scene: Scene, when: When) -> bool:
    """ "mai bác nào ngồi hộ em quầy 3 với, em đi đo đạc cả ngày": that day the writer is away."""
    behind = scene.line.words[when.after : when.after + STAND_IN]
    return not when.first_word and not FOR_ME.isdisjoint(behind)


def _is_since(scene: Scene, when: When) -> bool:
    """ "con em bị tay chân miệng từ thứ hai, em xin nghỉ": since when the child is ill."""
    before = scene.line.words[max(when.first_word - 1, 0)]
    return before in ("tu", "hoi") and when.back is not None and when.first > scene.today


def _behind(scene: Scene, when: When) -> When:
    """ "nằm viện từ thứ Bảy": the one that has been."""
    since = "tu" in scene.line.words[max(when.first_word - 2, 0) : when.first_word]
    lies_in = "vien" in (scene.line.words[max(when.first_word - 4, 0) : when.first_word])
    if not (since and lies_in and when.sort == "day" and when.back and when.first > scene.today):
        return when
    return when._replace(first=when.back, last=when.back, back=None)


def _opens_next(scene: Scene, when: When, match: Match) -> bool:
    """ "ở nhà làm việc mai chú vô": the day before a new subject and verb belongs to these."""
    if when.first_word < match[0]:
        return False
    verbs = {first for kind in ("travel_home", "presence_words") for first, _, _ in scene.line.of(kind)}
    clauses = scene.line.clauses
    if when.after in verbs and clauses[when.first_word] > clauses[match[0]] and scene.line.words[when.after] == "ve":
        return True  # "em xin nghỉ 2 ngày, tối thứ Sáu về"
    return when.first_word >= match[1] and any(
        person.first == when.after and verbs & {person.after, person.after + 1} for person in scene.people
    )


def length_until(scene: Scene, match: Match, when: When | None) -> date | None:
    line = scene.line
    for duration in scene.durations:
        if (
            (
                duration.sort == "length"
                and line.sentences[duration.first] == line.sentences[match[0]]
                and duration.days > 1
            )
            and duration.first not in scene.muted
            and line.words[duration.after - 1] != "buoi"
        ):
            return end_of(when.first if when else scene.today, duration.days, line.words[duration.after - 1])
    return None


def listed_end(scene: Scene, match: Match, when: When) -> date | None:
    """ "hai ngày 29/5 và 01/6", "thứ sáu với thứ hai": the last of the days named in a row."""
    if len(scene.whens) < PAIR:
        return None
    words = scene.line.words
    homes = {first for kind in ("travel_home", "presence_words") for first, _, _ in scene.line.of(kind)}
    last = None
    for other in scene.whens:
        between = words[when.after : other.first_word]
        follows = other.first_word > when.first_word and other.first > when.first and between
        if not follows or not set(between) <= LISTING or is_back_at_work(scene, other, match):
            continue
        if other.after not in homes:
            last, when = other.last, other
        elif other.sort == "range":
            last = other.first  # "…, 01/6, ngày 02/6 đi làm trở lại"
    return last


def days_apart(scene: Scene, when: When, last: date | None) -> list[date]:
    """The days of "trực 14/2 và 21/2" when working days lie between them that nobody named; else none."""
    words = scene.line.words
    days = [when]
    for other in scene.whens:
        between = words[days[-1].after : other.first_word]
        if other.first_word > days[-1].first_word and between and set(between) <= LISTING and other.sort == "day":
            days.append(other)
    told = [each.first for each in days if each.sort == "day"]
    if len(told) < 2 or len(told) != len(days) or told[-1] != last:
        return []
    return told if any(_works_between(a, b) for a, b in pairwise(told)) else []


def _works_between(first: date, last: date) -> bool:
    inside = (first + timedelta(days=each) for each in range(1, (last - first).days))
    return any(day.weekday() < WORKDAYS for day in inside)


def edge_of_week(scene: Scene, when: When) -> tuple[date, date] | None:
    """ "tuần tới nghỉ ba ngày đầu tuần": its first days, or its last ones."""
    words = scene.line.words
    for length in scene.durations:
        edge = words[length.after : length.after + 2]
        if length.sort == "length" and 0 < length.days <= WORKDAYS and edge in (["dau", "tuan"], ["cuoi", "tuan"]):
            monday = when.first - timedelta(days=when.first.weekday())
            first = 0 if edge[0] == "dau" else WORKDAYS - length.days
            return monday + timedelta(days=first), monday + timedelta(days=first + length.days - 1)
    return None


def days_left_open(scene: Scene, match: Match, when: When | None) -> int | None:
    """ "tuần sau em nghỉ 2 ngày", "tháng sau em xin nghỉ phép 5 hôm": so many days, and nobody knows yet which."""
    line, sentence = scene.line, scene.line.sentences[match[0]]
    within = [when] if when else [each for each in scene.whens if line.sentences[each.first_word] == sentence]
    if not within or any(each.sort != "period" or each.last <= scene.today for each in within):
        return None
    longest = min(WORKDAYS if (each.last - each.first).days < WEEK else WORKDAYS * 4 for each in within)
    for length in scene.durations:
        is_meant = length.sort == "length" and length.first not in scene.muted and line.words[length.after - 1] in DAYS
        if is_meant and line.sentences[length.first] == sentence and length.days < longest:
            return length.days
    return None


def named_end(scene: Scene, match: Match, first: date) -> date | None:
    """ "nằm viện từ hôm qua, xin nghỉ đến thứ 6"."""
    sentence = scene.line.sentences[match[0]]
    if not scene.whens:
        return None
    ends = [
        when.last
        for when in scene.whens
        if scene.line.sentences[when.first_word] == sentence
        and (is_end(scene, when) or _comes_back_on(scene, when, match))
        and not (is_back_at_work(scene, when, match) and not _is_through(scene, when))
        and not _is_of_waiting(scene, when, match)
    ]
    ends += [
        when.first - timedelta(days=1)
        for when in scene.whens
        if scene.line.sentences[when.first_word] == sentence and is_back_at_work(scene, when, match)
    ]
    return next((end for end in ends if end > first), None)


def _is_through(scene: Scene, when: When) -> bool:
    """ "hết tuần này em mới đi làm lại": that week is still part of it."""
    return "het" in scene.line.words[max(when.first_word - 1, 0) : when.after]


def _is_of_waiting(scene: Scene, when: When, match: Match) -> bool:
    """ "…, ai cần chữ ký xin chờ đến thứ Sáu": how long others wait is no end of the absence."""
    line = scene.line
    clause = line.clauses[when.first_word]
    if clause == line.clauses[match[0]]:
        return False
    return any(
        word in WAITING and line.clauses[at] == clause and at < when.first_word for at, word in enumerate(line.words)
    )


def is_back_at_work(scene: Scene, when: When, match: Match) -> bool:
    """ "chị ấy nghỉ ốm, thứ Sáu mới đi làm lại": away until the day before."""
    words = scene.line.words
    if when.sort != "day" or when.first_word < match[1] or when.first <= scene.today or match[2] not in AWAY:
        return False
    at = when.after
    while at < len(words) and words[at] in BEFORE_BACK:
        at += 1
    pair = tuple(words[at : at + 2])
    if "moi" in words[when.after : at] and words[at : at + 1] != [] and words[at] in TO_WORK:
        return True  # "tui nghỉ tới thứ hai mới vô"
    again = set(words[at + 1 : at + 4]) & AGAIN
    return pair in AT_WORK or (words[at : at + 1] != [] and words[at] in COMES_BACK and bool(again))


def _comes_back_on(scene: Scene, when: When, match: Match) -> bool:
    """ "vào tiểu khu 148, thứ hai mới ra": out until then."""
    clauses = scene.line.clauses
    later = clauses[when.first_word] - clauses[match[0]]
    told = later == 1 and match[2] == "field" and clauses[when.first_word - 1] == clauses[match[0]]
    if later and not (told and when.first - scene.today > timedelta(days=1)):
        return False  # "mai tôi lên tuần tra tiểu khu 698, thứ 6 mới xuống" is told of those who are out
    return _is_only_then(scene, when) and any(first == when.after + 1 for first, _, _ in scene.line.of("travel_home"))


def _is_only_then(scene: Scene, when: When) -> bool:
    """ "thứ 6 mới xuống"; "mai mới lên cơ quan" is a presence of its own."""
    words = scene.line.words
    posts = {first for first, _, _ in scene.line.of("presence_words")}
    return words[when.after : when.after + 1] == ["moi"] and when.after + 1 not in posts


def is_end(scene: Scene, when: When) -> bool:
    """ "nghỉ đến hết tuần", "tới thứ 5": from today until then."""
    before = scene.line.words[max(when.first_word - 2, 0) : when.first_word]
    evening = before[-2:] == [",", "toi"] and not scene.line.has_marks  # "nghi 2 ngay, toi thu sau ve"
    return bool({"den", "het"} & set(before)) or (
        before[-1:] == ["toi"] and scene.line.typed[when.first_word - 1] != "tối" and not evening
    )
