"""Days in words: mai, hôm kia, thứ Sáu tuần sau, cuối tháng, tối cùng ngày."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from understanding.dates.numbered import day_of_weekday
from understanding.dates.spans import word_behind, word_from
from understanding.dates.weekday_runs import run_behind
from understanding.dates.when import When, month_of, week_of, weekday_ahead
from understanding.phrases.lexicon import PLACES, function_words
from understanding.phrases.line import Line
from understanding.phrases.settle import Match

BEFORE_NOW = function_words("dates.before_now")
BEFORE_MAI = function_words("dates.before_mai")

NAMED_NOW = (["la"], ["thuoc"])
"""Behind the "nay" of "Quy Nhơn (nay là Gia Lai)"."""
UNTIL_NOW = frozenset({"chu", "gio", "nay", "bay"})
SAME_DAY = re.compile(
    r"\b(?:(?:sang|trua|chieu|toi|dem|khuya)\s)?(?:(?:cung|ngay trong|noi trong)\s(?:ngay|hom)(?:\sdo|\say)?|(?:ngay )?(?:trong )?hom do|(?:ngay )?(?:hom|bua) sau)\b"
)
EARLY = 5
UNITS = frozenset({"tuan", "thang"})
SUNDAY = 6
WEEKS_OF_SOMETHING = frozenset({"lam", "le", "thu", "dau", "cuoi", "lai", "trang"})
"""Behind a week that is passed through: "qua tuần làm việc đầu"."""
YEARS_OF_SOMETHING = frozenset({"hoc", "sau", "toi", "hoi", "ngoai", "ngay", "thang"})
COUNTING = frozenset({"sang", "buoc", "toi", "den"})
MONTH_NAMES = frozenset({"mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "gieng", "chap"})
TENS = frozenset({"hai", "ba", "bốn", "năm", "sáu", "bảy", "bẩy", "tám", "chín"})
PARTS = function_words("dates.spoken.parts")
"""After these a small number is rather an hour or a count: "sáng 5, chiều 7 lượt"."""
ONLY_THEN = frozenset({"ve", "len", "ra", "vo", "vao", "xuong", "den", "toi", "di", "lam", "xong", "qua"})
"""Behind a bare "moi" these tell that it is "mới", no day."""
BEHIND_DAY_AFTER = function_words("dates.behind_day_after")
"""Without marks "mot" is the day after tomorrow only where somebody or a verb follows; else it is "một"."""


def days_named_before(line: Line, today: date) -> Iterator[When]:
    """ "tối cùng ngày": the day named before."""
    for found in SAME_DAY.finditer(line.folded):
        first, after = word_from(line, found.start()), word_behind(line, found.end())
        if first and after is not None:
            day = today + timedelta(days=line.words[after - 1] == "sau")
            yield When(first, after, day, day, "later")


def days_from_today(line: Line, today: date) -> Iterator[When]:
    for first, after, value in line.of("day_words"):
        if value != "vague" and not (_is_part_of_longer(line, first, after) or _is_going(line, first, after)):
            day = today + timedelta(days=int(value))
            yield When(first, after, day, day)


def _is_going(line: Line, first: int, after: int) -> bool:
    """ "toi qua Bac Lieu" typed bare: not last night, but the writer going there; "chieu moi ve": only then, no "mơi"."""
    if line.has_marks:
        return False
    if line.words[after - 1] == "moi":
        return line.words[after : after + 1] != [] and line.words[after] in ONLY_THEN
    if line.words[first:after] != ["toi", "qua"]:
        return False
    return any(start == after for kind in PLACES for start, _, _ in line.of(kind))


def _is_part_of_longer(line: Line, first: int, after: int) -> bool:
    """ "2 ngày nay", "mấy bữa nay" last until now; "anh Mai" and "chị Mai" are people."""
    if after - first > 1:
        part = line.words[after - 1] in PARTS
        return part and any(start == after for start, _, _ in line.of("weekdays"))
    before = line.words[first - 1] if first else ""
    if line.words[first] == "mot" and (before == "muoi" or _is_one_of_tens(line, first)):
        return True
    if line.typed[first] == "mot":
        return not BEHIND_DAY_AFTER.intersection(line.words[after : after + 1])
    if line.words[first] == "nay":
        return before in BEFORE_NOW or (before in ("(", ",") and line.words[after : after + 1] in NAMED_NOW)
    inside = first > 0 and line.raw[first].istitle() and line.words[first - 1].isalpha()
    return (inside and line.raw[first - 1][:1].isupper()) or (inside and before in BEFORE_MAI)


def _is_one_of_tens(line: Line, at: int) -> bool:
    """The "mốt" of "hai mốt người"; in "thứ hai, mốt em về" it is a day."""
    leader = line.words[at - 2] if at > 1 else ""
    return line.typed[at] == "mốt" and line.typed[at - 1] in TENS and leader not in ("thu", "t")


def _is_no_sunday(line: Line, first: int, after: int) -> bool:
    """A branch ("cn Văn Giang hôm nay tiếp 46 lượt"), workers ("3 cn"), a part of a plant ("cụm CN")."""
    if not first:
        return line.typed[first] == "cn" and line.raw[after : after + 1] != [] and line.raw[after].istitle()
    led = line.words[first - 1].isdecimal() or line.words[first - 1] in ("cum", "khu", "mot")
    return led and not any(end == first for _, end, _ in line.of("weekdays"))


def weekdays(line: Line, today: date) -> Iterator[When]:
    told = 0
    for first, after, value in line.of("weekdays"):
        if first < told or (line.words[first] == "cn" and _is_no_sunday(line, first, after)):
            continue
        weekday = int(value)
        numbered = day_of_weekday(line, after, weekday, today)
        if numbered is not None:
            yield When(first, after + 1, numbered, numbered)
            continue
        if ordinal := _day_of_illness(line, first, after, weekday, today):
            yield ordinal
            continue
        told, more = run_behind(line, after, weekday)
        week = _neighbour(line, first, told)
        if week is not None:
            day = week_of(today, int(week[2]))[0] + timedelta(days=weekday)
            yield _in_a_row(When(min(first, week[0]), max(told, week[1]), day, day), more)
        elif more:
            yield _in_a_row(_marked_weekday(first, told, weekday_ahead(weekday, today), today, "ahead"), more)
        else:
            yield _weekday_by_itself(line, first, after, weekday, today)


def _weekday_by_itself(line: Line, first: int, after: int, weekday: int, today: date) -> When:
    """The one to come or the one that passed, by the words around it."""
    ahead = weekday_ahead(weekday, today)
    if first and line.words[first - 1] in ("hom", "bua") and line.words[max(first - 2, 0)] != "den":
        return _marked_weekday(first, after, ahead, today, "back")
    mark = next((match for match in line.of("weekday_marks") if match[0] == after), None)
    if mark and mark[2] == "next" and _goes_on_to(line, mark[1]):
        mark = None
    until = after + 1 < len(line) and line.words[after] in ("toi", "den")
    if until and line.means(after + 1, "giờ", "chừ", "nay"):  # "từ thứ Hai tới chừ"
        return _marked_weekday(first, after, ahead, today, "back")
    if mark is None and _is_over(line, after):
        return _marked_weekday(first, after + 1, ahead, today, "back")._replace(certainty=0.75)
    return _marked_weekday(first, mark[1] if mark else after, ahead, today, mark[2] if mark else "")


def _in_a_row(when: When, more: int) -> When:
    """With so many days more behind the first."""
    return when._replace(last=when.first + timedelta(days=more), sort="range") if more else when


def _day_of_illness(line: Line, first: int, after: int, weekday: int, today: date) -> When | None:
    """ "sốt sang ngày thứ ba", "ngày thứ hai rồi": so many days until now, no weekday."""
    if not first or line.words[first - 1] != "ngay" or line.words[first] != "thu" or weekday == SUNDAY:
        return None
    told = line.words[max(first - 2, 0)] in COUNTING or line.words[after : after + 1] in (["roi"], ["lien"], ["cua"])
    day = today - timedelta(days=weekday + 1)
    return When(first - 1, after, day, today, "since", certainty=0.75) if told else None


def _goes_on_to(line: Line, at: int) -> bool:
    """ "thứ Ba tới thứ Năm", "từ thứ Hai tới chừ": another day follows, and "tới" is "đến"."""
    if line.words[at : at + 1] and line.words[at] in UNTIL_NOW:
        return True
    at += line.words[at : at + 1] in (["het"], ["ngay"])
    if line.words[at : at + 1] and line.words[at].isdecimal():
        return True
    return any(first == at for kind in ("weekdays", "day_words") for first, _, _ in line.of(kind))


def _is_over(line: Line, at: int) -> bool:
    """ "chủ nhật rồi em có về quê": the one that passed; "chủ nhật rồi về" is still to come."""
    return line.words[at : at + 1] == ["roi"] and any(first == at + 1 for first, _, _ in line.of("pronouns"))


def _marked_weekday(first: int, after: int, ahead: date, today: date, mark: str) -> When:
    week = timedelta(days=7)
    if mark == "back":
        day = ahead - week
        return When(first, after, day, day)
    if mark == "next" and ahead == today:
        ahead += week
    return When(first, after, ahead, ahead, back=None if mark else (ahead if ahead == today else ahead - week))


def _neighbour(line: Line, first: int, after: int) -> Match | None:
    """The week a weekday stands in; that of "thứ Hai tuần sau, sáng thứ Tư" is the Monday's."""
    for match in line.of("week_words"):
        between = line.words[after : match[0]] if match[0] >= after else line.words[match[1] : first]
        if match[0] >= after - 0 and match[0] - after <= 1 and all(word in (",", "cua") for word in between):
            return match
        if (
            first >= match[1]
            and first - match[1] <= 2
            and not (between[:1] == [","] and any(end == match[0] for _, end, _ in line.of("weekdays")))
            and all(word in (",", "vao", "tu", "sang", "chieu") for word in between)
        ):
            return match
    return None


def periods(line: Line, today: date) -> Iterator[When]:
    for first, after, value in line.of("week_words"):
        monday, sunday = week_of(today, int(value))
        yield _edge(line, first, after, monday, sunday)
    for first, after, value in line.of("month_words"):
        if line.words[after - 1] == "thang" and line.words[after : after + 1] and line.words[after].isdecimal():
            continue  # "trong tháng 7"
        month = (today.month - 1 + int(value)) % 12 + 1
        year = today.year + (today.month - 1 + int(value)) // 12
        yield _edge(line, first, after, *month_of(today, month, year))
    yield from _coming_weeks(line, today)
    yield from _ends_of_the_year(line, today)
    for at, word in enumerate(line.words) if not UNITS.isdisjoint(line.bag) else ():
        if (
            word in UNITS
            and at
            and line.words[at - 1] in ("cuoi", "het", "dau")
            and not _starts(line, "week_words", at)
            and not _starts(line, "month_words", at)
        ):
            if word == "thang":
                if not line.means(at, "tháng") or not line.means(at - 1, "cuối", "đầu", "hết"):
                    continue
                yield from _edge_of_month(line, at, today)
                continue
            later = line.words[at - 1] == "dau" and today.weekday() > 1
            monday, sunday = week_of(today, 1 if later else 0)
            yield _edge(line, at, at + 1, monday, sunday)


def _coming_weeks(line: Line, today: date) -> Iterator[When]:
    """ "sang tuần em nghỉ", "qua tuần mới có": the week to come, by itself."""
    for at, word in enumerate(line.words[1:], 1) if "tuan" in line.bag else ():
        if word == "tuan" and line.means(at - 1, "sang", "qua") and not _starts(line, "week_words", at):
            follower = line.words[at + 1 : at + 2]
            if not (follower and (follower[0].isdecimal() or follower[0] in WEEKS_OF_SOMETHING)):
                yield When(at, at + 1, *week_of(today, 1), "period")


def _ends_of_the_year(line: Line, today: date) -> Iterator[When]:
    """ "nghỉ từ 21/12 đến hết năm": its last day; "hết năm học", "hết năm 2027" are others."""
    for at in range(1, len(line)) if "nam" in line.bag and "het" in line.bag else ():
        follower = line.words[at + 1] if at + 1 < len(line) else ""
        is_another = follower.isdecimal() or follower in YEARS_OF_SOMETHING
        if line.means(at, "năm") and line.words[at - 1] == "het" and not is_another:
            last = date(today.year, 12, 31)
            yield When(at, at + 1, last, last)


def _edge_of_month(line: Line, at: int, today: date) -> Iterator[When]:
    """ "cuối tháng em đi Côn Đảo": of this month; "đầu tháng" late in a month is that of the next."""
    if line.words[at + 1 : at + 2] and (line.words[at + 1].isdecimal() or line.words[at + 1] in MONTH_NAMES):
        return
    later = line.words[at - 1] == "dau" and today.day > EARLY
    month = (today.month - 1 + later) % 12 + 1
    yield _edge(line, at, at + 1, *month_of(today, month, today.year + (today.month == 12 and later)))


def _starts(line: Line, kind: str, at: int) -> bool:
    return any(match[0] == at for match in line.of(kind))


def _edge(line: Line, first: int, after: int, start: date, end: date) -> When:
    """Only the beginning, the end, or the whole of a period."""
    edge = next((value for a, b, value in line.of("edges_of_time") if b == first), "")
    if edge == "end":
        return When(first - 1, after, end - timedelta(days=1), end, "period")
    if edge == "start":
        return When(first - 1, after, start, start + timedelta(days=1), "period")
    if edge == "through":
        return When(first, after, end, end, "day", None, 0.7)
    return When(first, after, start, end, "period")
