"""Days told by their number in the month: "ngày 15", "mùng 4", "29 này", "từ 26 tới 28", "đi Cà Mau 26-28"."""

import re
from collections.abc import Iterator
from datetime import date

from understanding.dates.going import nearest_day
from understanding.dates.numbered import day_or_days
from understanding.dates.spans import found_at, word_behind, word_from
from understanding.dates.when import When
from understanding.phrases.gates import gate
from understanding.phrases.lexicon import PLACES, function_words
from understanding.phrases.line import Line

LEAD = r"(?P<lead>ngay|hom|bua|mung|mong|sang|trua|chieu|toi|dem|mùng)"
OF_THE_SUN = re.compile(r"(?<![\w/.,-])(?P<day>\d{1,2})\s(?:tay|duong lich)\b")
THIS_DAY = re.compile(r"(?:^|[,.;:]\s|\b(?:sang|chieu|toi|den)\s)(?P<day>\d{1,2})(?=\s?(?:nay|toi day|ni)\b)")
"""A day at the head of a clause: "29 này em bay Phú Quốc", "26này"."""
DAY_OF_MONTH = re.compile(
    rf"\b{LEAD}(?:\s|(?<=ngay)|(?<=m[uo]ng))(?P<day>\d{{1,2}})(?![\d/.:]\d|\d|\s?[/+]|\s?(?:h|g|gio|nguoi|ng|luot|ca|khach|phong|ngay(?!\s\d)|thang|cai|lop)\b)"
    r"(?:\s?(?:-|–|den|toi|,|va)\s?(?:ngay\s|mung\s|het\s)*(?P<last>\d{1,2})(?![\d/.:]|\s?(?:h|g|gio|nguoi|ng|luot|khach|ngay(?!\s\d)|hom|bua|tuan|thang(?!\s(?:nay|sau|toi|\d)))\b))?"
)
FROM_TO = re.compile(
    r"\b(?:tu|khoang|tam)\s(?P<day>\d{1,2})\s?(?:-|–|den|toi)\s?(?:het\s)?(?:ngay\s|mung\s|mong\s)?(?P<last>\d{1,2})(?=$|[\s,.;]*$|,|\s(?:em|e|anh|a|ve|nay|ni|nha|nhe|toi|tui|minh|chu|bac|co|thay|con|chau|chung|bon|tui|ong|sep|doan|phong|hai|ca|vo|gia|di|xin|nghi|lam|o|tay|ne|nhen|nghen|hen|luon|roi|lan|de|cung|voi|vs|theo|cho|du|hop|hoc|tham|tap|cong)\b)"
)
UP_TO_THIS = re.compile(
    r"(?<![\w/.,-])(?P<day>\d{1,2})\s?(?:-|–|den|toi)\s?(?P<last>\d{1,2})(?=\s(?:nay|ni)(?:\s(?:nha|nhe|a|nghen))?[\s.!]*$)"
)
""" "set up triển lãm 27 tới 30 này"."""
NOT_BEFORE = re.compile(
    r"(?<![\w/.,-])(?<!thu )(?P<day>\d{1,2})(?=\s(?:(?:em|e|toi|tui|minh|chau|con)\s)?moi\s(?:di|ve|d?z?ia|d?ze|de|len|ra|vo|vao|xuong|xun|bay)\b)"
)
THERE_AND_BACK = re.compile(
    r"(?<![\w/.,-])(?<!thu )(?<!thang )(?P<day>\d{1,2})\s(?:em\s|toi\s|e\s|tui\s)?(?:di|bay|ra|vao|len|xuong|ve)\b[^\d\n]{0,24}(?<!thu)\s(?P<last>\d{1,2})(?=\s(?:em\s|toi\s|e\s|tui\s)?(?:ve|d?z?ia|d?ze|de|len|ra|vo|vao|xuong|quay)\b)"
)
BACK_ON = re.compile(
    r"(?:,|;|den|toi)\s?(?:(?:ngay|mung)\s)?(?P<day>\d{1,2})(?=\s(?:(?:em|e|toi|tui|minh|anh|chi|thi|moi)\s){0,2}(?:ve|d?z?ia|d?ze|de|len|ra|vo|vao|xuong|quay|bay|fly)\b(?!\s\d))"
)
UNTIL_AN_END = re.compile(r"\btu\s(?P<day>\d{1,2})(?=\s(?:den|toi|cho den)\s(?:het|cuoi)\s(?:thang|nam|quy)\b)")
UNTIL_ITS_END = re.compile(
    r"\b(?:den|toi)\shet\s(?P<day>\d{1,2})(?=\s*(?:$|[,.;!)\n])|\s(?:a|nha|nhe|nghen|thoi|moi|em|e|roi)\b)"
)
"""The last day of "đi Hội An đến hết 15"."""
LEADS = frozenset({"ngay", "hom", "bua", "mung", "mong", "sang", "trua", "chieu", "toi", "dem"})
FROM, NOT_YET, BACK = frozenset({"tu", "khoang", "tam"}), frozenset({"moi"}), frozenset({",", ";", "den", "toi"})
SUN, THIS = frozenset({"tay", "duong"}), frozenset({"nay", "toi", "ni"})
WAYS_BACK = frozenset(
    {"ve", "ia", "dia", "zia", "dzia", "ze", "dze", "de", "len", "ra", "vo", "vao", "xuong", "quay", "bay", "fly"}
)
GOES, RETURNS = frozenset({"di", "bay", "ra", "vao", "len", "xuong"}), frozenset({"ve", "len", "ra", "vo", "vao"})
NOW = frozenset({"nay", "ni"})
LED = ((DAY_OF_MONTH, gate(LEADS), LEADS), (FROM_TO, gate(FROM), FROM), (UP_TO_THIS, gate(NOW), None))
"""Each with its gate and the words one of which it begins with; none where it begins with the figure."""
ME = frozenset({"em", "e", "toi", "tui", "minh", "chau", "con", "moi"})
END = frozenset({"", ",", ".", ";", "!", ")", "\n", "a", "nha", "nhe", "nghen", "thoi", "moi", "em", "e", "roi"})
LONE_FIGURES = (
    (NOT_BEFORE, gate(NOT_YET), ME),
    (BACK_ON, gate(BACK), WAYS_BACK | ME | {"anh", "chi", "thi"}),
    (UNTIL_AN_END, gate(FROM), frozenset({"den", "toi", "cho"})),
    (OF_THE_SUN, gate(SUN), SUN),
    (THIS_DAY, gate(THIS), THIS),
    (UNTIL_ITS_END, gate({"het"}), END),
)
"""Days of which only the figure is said: with their gates, and the words one of which stands behind the figure."""
AMONG_LEADS, BESIDE_FIGURES = gate(LEADS | FROM | NOW), gate({"het"} | NOT_YET | BACK | FROM | SUN | THIS)
BOTH_WAYS = gate(GOES) | gate(RETURNS)
"""What each finder of such days cannot do without, beside a figure."""
NAMED_BY_NUMBER = function_words("dates.spoken.named_by_number")
PARTS = function_words("dates.spoken.parts")
"""After these a small number is rather an hour or a count: "sáng 5, chiều 7 lượt"."""
MARKED_LEADS = {"sang": "sáng", "toi": "tối", "dem": "đêm", "ngay": "ngày", "bua": "bữa"}


def _led(line: Line) -> Iterator[re.Match[str]]:
    for pattern, needs, heads in LED:
        if line.gates & needs:
            words = line.figures if heads is None else [at for at, word in enumerate(line.words) if word in heads]
            yield from found_at(line, pattern, words)


def _lone(line: Line) -> Iterator[re.Match[str]]:
    behind = {
        word for at in line.figures for word in line.words[at + 1 : at + 2] or ("",)
    }  # nothing behind the last word
    for pattern, needs, followers in LONE_FIGURES:
        if line.gates & needs and not followers.isdisjoint(behind):
            yield from pattern.finditer(line.folded)


def led_days(line: Line, today: date) -> Iterator[When]:
    for found in _led(line):
        first, after = word_from(line, found.start()), word_behind(line, found.end())
        if first is None or after is None:
            continue
        length = "lead" in found.re.groupindex and _is_length(line, first)
        if length and not found["last"] and (line.words[first - 1], found["lead"]) != ("1", "ngay"):
            continue  # "3 ngày 25 lượt"; "phép 1 ngày 25" is the 25th
        if "lead" in found.re.groupindex and not _is_lead(line, first, found["lead"]):
            continue
        dashed = line.words[after - 2] in "-–" and not line.is_glued(first)
        days = day_or_days(first, after, int(found["day"]), found["last"], today, dashed=dashed)
        yield from (nearest_day(line, when, today) for when in days) if found[1] in ("hom", "bua") else days


def _is_length(line: Line, first: int) -> bool:
    """The "3 ngày" of "3 ngày 25 lượt"; in "mùng 2 mùng 3", "ngày 15 ngày 16" a day stands before."""
    if not first or not line.words[first - 1].isdecimal():
        return False
    lead = line.words[first]
    return lead not in ("mung", "mong") and line.words[max(first - 2, 0)] != lead


def lone_days(line: Line, today: date) -> Iterator[When]:
    for found in _lone(line):
        first = word_from(line, found.start("day"))
        if first is not None and not _is_number_of(line, first):
            yield from day_or_days(first, first + 1, int(found["day"]), None, today)


def there_and_back(line: Line, today: date) -> Iterator[When]:
    """ "12 em đi Huế 15 em về"; of several such the last."""
    for found in found_at(line, THERE_AND_BACK, line.figures):
        first, after = word_from(line, found.start()), word_behind(line, found.end())
        if first is not None and after is not None and not found.re.search(line.folded, found.end()):
            yield from day_or_days(first, after, int(found["day"]), found["last"], today)


def _is_number_of(line: Line, at: int) -> bool:
    """ "15 năm", "phòng 12 nay đủ", "8 nay còn 7": the figure counts or names something."""
    before = line.words[at - 1] if at else ""
    return before in NAMED_BY_NUMBER


def _is_part_of_sum(line: Line) -> bool:
    """ "khách: sáng 31, chiều 18": so many guests by each part of the day."""
    if not any(value == "visitors" for _, _, value in line.of("count_fields")):
        return False
    parts = {
        line.words[at] for at in range(len(line) - 1) if line.words[at] in PARTS and line.words[at + 1].isdecimal()
    }
    return len(parts) > 1 and not any(line.of(kind) for kind in PLACES)


def _is_lead(line: Line, first: int, lead: str) -> bool:
    if line.typed[first + 2 : first + 3] == ["độ"]:
        return False
    if line.means(min(first + 2, len(line) - 1), "lần"):
        return False  # "uống ngày 3 lần"
    if lead == "ngay" and first and line.typed[first - 1] == "cả":
        return False  # "cả ngày 17 lượt"
    if lead in PARTS and (int(line.words[first + 1]) < 10 or _is_part_of_sum(line)):
        return False
    return not line.has_marks or line.typed[first] == MARKED_LEADS.get(lead, line.typed[first])
