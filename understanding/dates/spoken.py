"""Days in words: mai, hôm kia, thứ Sáu tuần sau, cuối tháng, ngày 15, mùng 4."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from understanding.dates.numbered import day_of_weekday, day_or_days, days_beside_place
from understanding.dates.spans import word_behind, word_from
from understanding.dates.when import When, month_of, week_of, weekday_ahead
from understanding.lexicon import function_words
from understanding.line import Line
from understanding.settle import Match

BEFORE_NOW = function_words("dates.before_now")
BEFORE_MAI = function_words("dates.before_mai")

LEAD = r"(?P<lead>ngay|hom|bua|mung|mong|sang|trua|chieu|toi|dem|mùng)"
OF_THE_SUN = re.compile(r"(?<![\w/.,-])(?P<day>\d{1,2})\s(?:tay|duong lich)\b")
THIS_DAY = re.compile(r"(?:^|[,.;:]\s|\b(?:sang|chieu|toi|den)\s)(?P<day>\d{1,2})(?=\s(?:nay|toi day|ni)\b)")
"""A day at the head of a clause: "29 này em bay Phú Quốc"."""
DAY_OF_MONTH = re.compile(
    rf"\b{LEAD}\s(?P<day>\d{{1,2}})(?![\d/.:]\d|\d|\s?[/+]|\s?(?:h|g|gio|nguoi|ng|luot|ca|khach|phong|ngay|thang|cai|lop)\b)"
    r"(?:\s?(?:-|–|den|toi|,|va)\s?(?:ngay\s|mung\s|het\s)*(?P<last>\d{1,2})(?![\d/.:]|\s?(?:h|g|gio|nguoi|ng|luot|khach|thang(?!\s(?:nay|sau|toi|\d)))\b))?"
)
FROM_TO = re.compile(
    r"\btu\s(?P<day>\d{1,2})\s?(?:-|–|den|toi)\s?(?:het\s)?(?:ngay\s|mung\s|mong\s)?(?P<last>\d{1,2})(?=$|[\s,.;]*$|,|\s(?:em|e|anh|a|ve|nay|ni|nha|nhe|toi|tui|minh|chu|bac|co|thay|con|chau|chung|bon|tui|ong|sep|doan|phong|hai|ca|vo|gia|di|xin|nghi|lam|o)\b)"
)
NOT_BEFORE = re.compile(
    r"(?<![\w/.,-])(?<!thu )(?P<day>\d{1,2})(?=\s(?:em\s|e\s|toi\s|tui\s)?moi\s(?:di|ve|len|ra|vo|vao|xuong|bay)\b)"
)
THERE_AND_BACK = re.compile(
    r"(?<![\w/.,-])(?<!thu )(?P<day>\d{1,2})\s(?:em\s|toi\s|e\s|tui\s)?(?:di|bay|ra|vao|len|xuong)\b[^\d\n]{0,20}(?<!thu)\s(?P<last>\d{1,2})(?=\s(?:em\s|toi\s|e\s|tui\s)?(?:ve|len|ra|vo|vao)\b)"
)
BACK_ON = re.compile(
    r"(?:,|;|den|toi)\s?(?:(?:ngay|mung)\s)?(?P<day>\d{1,2})(?=\s(?:(?:em|e|toi|tui|minh|anh|chi|thi|moi)\s){0,2}(?:ve|len|ra|vo|vao|quay|bay)\b(?!\s\d))"
)
UNTIL_NOW = frozenset({"chu", "gio", "nay", "bay"})
LONE_FIGURES = (
    (NOT_BEFORE, frozenset({"moi"})),
    (BACK_ON, frozenset({",", ";", "den", "toi"})),
    (OF_THE_SUN, frozenset({"tay", "duong"})),
    (THIS_DAY, frozenset({"nay", "toi", "ni"})),
)
"""Days of which only the figure is said, each with words one of which it needs."""
NAMES_OF_A_DAY = frozenset({"ngay", "hom", "bua"})
SAME_DAY = re.compile(
    r"\b(?:(?:sang|trua|chieu|toi|dem|khuya)\s)?(?:(?:cung|ngay trong|noi trong)\s(?:ngay|hom)(?:\sdo|\say)?|(?:ngay )?(?:trong )?hom do|(?:ngay )?(?:hom|bua) sau)\b"
)
EARLY = 5
MONTH_NAMES = frozenset({"mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "gieng", "chap"})
NAMED_BY_NUMBER = function_words("dates.spoken.named_by_number")
PARTS = function_words("dates.spoken.parts")
"""After these a small number is rather an hour or a count: "sáng 5, chiều 7 lượt"."""
BEHIND_DAY_AFTER = function_words("dates.behind_day_after")
"""Without marks "mot" is the day after tomorrow only where somebody or a verb follows; else it is "một"."""
MARKED_LEADS = {"sang": "sáng", "toi": "tối", "dem": "đêm", "ngay": "ngày", "bua": "bữa"}


def days_in_words(line: Line, today: date) -> Iterator[When]:
    yield from _that_same_day(line, today)
    yield from _offsets(line, today)
    yield from _weekdays(line, today)
    yield from _periods(line, today)
    yield from _days_of_month(line, today)


def _that_same_day(line: Line, today: date) -> Iterator[When]:
    """ "tối cùng ngày": the day named before."""
    for found in SAME_DAY.finditer(line.folded) if not NAMES_OF_A_DAY.isdisjoint(line.words) else ():
        first, after = word_from(line, found.start()), word_behind(line, found.end())
        if first and after is not None:
            day = today + timedelta(days=line.words[after - 1] == "sau")
            yield When(first, after, day, day, "later")


def _offsets(line: Line, today: date) -> Iterator[When]:
    for first, after, value in line.of("day_words"):
        if value != "vague" and not _is_part_of_longer(line, first, after):
            day = today + timedelta(days=int(value))
            yield When(first, after, day, day)


def _is_part_of_longer(line: Line, first: int, after: int) -> bool:
    """ "2 ngày nay", "mấy bữa nay" last until now; "anh Mai" and "chị Mai" are people."""
    if after - first > 1:
        part = line.words[after - 1] in PARTS
        return part and any(start == after for start, _, _ in line.of("weekdays"))
    before = line.words[first - 1] if first else ""
    if before == "muoi" and line.words[first] == "mot":
        return True
    if line.typed[first] == "mot":
        return not BEHIND_DAY_AFTER.intersection(line.words[after : after + 1])
    if line.words[first] == "nay":
        return before in BEFORE_NOW
    inside = first > 0 and line.raw[first].istitle() and line.words[first - 1].isalpha()
    return (inside and line.raw[first - 1][:1].isupper()) or (inside and before in BEFORE_MAI)


def _weekdays(line: Line, today: date) -> Iterator[When]:
    for first, after, value in line.of("weekdays"):
        weekday = int(value)
        numbered = day_of_weekday(line, after, weekday, today)
        if numbered is not None:
            yield When(first, after + 1, numbered, numbered)
            continue
        if (
            line.words[first] == "cn"
            and first
            and (line.words[first - 1].isdecimal() or line.words[first - 1] in ("cum", "khu", "mot"))
            and not any(end == first for _, end, _ in line.of("weekdays"))
        ):
            continue
        week = _neighbour(line, first, after)
        if week is not None:
            day = week_of(today, int(week[2]))[0] + timedelta(days=weekday)
            yield When(min(first, week[0]), max(after, week[1]), day, day)
            continue
        if first and line.words[first - 1] in ("hom", "bua") and line.words[max(first - 2, 0)] != "den":
            yield _marked_weekday(first, after, weekday_ahead(weekday, today), today, "back")
            continue
        mark = next((match for match in line.of("weekday_marks") if match[0] == after), None)
        if mark and mark[2] == "next" and line.words[mark[1] : mark[1] + 1] and line.words[mark[1]] in UNTIL_NOW:
            mark = None  # "từ thứ Hai tới chừ"
        ahead = weekday_ahead(weekday, today)
        until = after + 1 < len(line) and line.words[after] in ("toi", "den")
        if until and line.means(after + 1, "giờ", "chừ", "nay"):  # "từ thứ Hai tới chừ"
            yield _marked_weekday(first, after, ahead, today, "back")
            continue
        if mark is None and _is_over(line, after):
            yield _marked_weekday(first, after + 1, ahead, today, "back")._replace(certainty=0.75)
            continue
        yield _marked_weekday(first, mark[1] if mark else after, ahead, today, mark[2] if mark else "")


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
    for match in line.of("week_words"):
        between = line.words[after : match[0]] if match[0] >= after else line.words[match[1] : first]
        if match[0] >= after - 0 and match[0] - after <= 1 and all(word in (",", "cua") for word in between):
            return match
        if (
            first >= match[1]
            and first - match[1] <= 2
            and all(word in (",", "vao", "tu", "sang", "chieu") for word in between)
        ):
            return match
    return None


def _periods(line: Line, today: date) -> Iterator[When]:
    for first, after, value in line.of("week_words"):
        monday, sunday = week_of(today, int(value))
        yield _edge(line, first, after, monday, sunday)
    for first, after, value in line.of("month_words"):
        if line.words[after - 1] == "thang" and line.words[after : after + 1] and line.words[after].isdecimal():
            continue  # "trong tháng 7"
        month = (today.month - 1 + int(value)) % 12 + 1
        year = today.year + (today.month - 1 + int(value)) // 12
        yield _edge(line, first, after, *month_of(today, month, year))
    for at, word in enumerate(line.words):
        if (
            word in ("tuan", "thang")
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


def _days_of_month(line: Line, today: date) -> Iterator[When]:
    text = line.folded
    if not line.has_digits:
        return
    for found in (*DAY_OF_MONTH.finditer(text), *FROM_TO.finditer(text)):
        first, after = word_from(line, found.start()), word_behind(line, found.end())
        if first is None or after is None:
            continue
        if "lead" in found.re.groupindex and first and line.words[first - 1].isdecimal() and not found["last"]:
            continue
        if "lead" in found.re.groupindex and not _is_lead(line, first, found["lead"]):
            continue
        yield from day_or_days(first, after, int(found["day"]), found["last"], today)
    patterns = [pattern for pattern, signs in LONE_FIGURES if not signs.isdisjoint(line.words)]
    for found in [each for pattern in patterns for each in pattern.finditer(text)]:
        first = word_from(line, found.start("day"))
        if first is not None and not _is_number_of(line, first):
            yield from day_or_days(first, first + 1, int(found["day"]), None, today)
    yield from days_beside_place(line, today)
    for found in THERE_AND_BACK.finditer(text):
        first, after = word_from(line, found.start()), word_behind(line, found.end())
        if first is not None and after is not None and not found.re.search(text, found.end()):
            yield from day_or_days(first, after, int(found["day"]), found["last"], today)


def _is_number_of(line: Line, at: int) -> bool:
    """ "15 năm", "phòng 12 nay đủ", "8 nay còn 7": the figure counts or names something."""
    before = line.words[at - 1] if at else ""
    return before in NAMED_BY_NUMBER


def _is_lead(line: Line, first: int, lead: str) -> bool:
    if line.typed[first + 2 : first + 3] == ["độ"]:
        return False
    if line.means(min(first + 2, len(line) - 1), "lần"):
        return False  # "uống ngày 3 lần"
    if lead == "ngay" and first and line.typed[first - 1] == "cả":
        return False  # "cả ngày 17 lượt"
    if lead in PARTS and int(line.words[first + 1]) < 10:
        return False
    return not line.has_marks or line.typed[first] == MARKED_LEADS.get(lead, line.typed[first])
