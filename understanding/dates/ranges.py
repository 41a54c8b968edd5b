"""Days that belong together: one told twice ("thứ ba 7/7"), the ends of a range, neighbours ("thứ Bảy và Chủ nhật")."""

from datetime import timedelta

from understanding.dates.lunar import is_season_of_tet, next_lunar
from understanding.dates.numbered import UNSURE, days_of_period
from understanding.dates.weeks import is_weekday, moved_to_week
from understanding.dates.when import When, day_of_month
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

NAMED = frozenset({"mung", "mong", "ngay", "hom"})
"""Days in a row need no word between: "mùng 2 mùng 3"."""
THROUGH = function_words("dates.join.through")
TOGETHER = function_words("dates.join.together")


def joined(line: Line, found: list[When]) -> list[When]:
    """Days in their order, those that belong together as one."""
    told: list[When] = []
    for when in found:
        last = told[-1] if told else None
        merged = (_days_told(line, last, when) or _merge(line, last, when)) if last else None
        if merged:
            told[-1] = merged
        else:
            told.append(when)
    return told


def _days_told(line: Line, left: When, right: When) -> When | None:
    return days_of_period(left, right, line.words[left.after : right.first_word])


def _merge(line: Line, left: When, right: When) -> When | None:
    """One day said twice ("thứ ba 7/7"), a range ("từ mai đến thứ Sáu"), or neighbours ("thứ Bảy và Chủ nhật")."""
    between = [word for word in line.words[left.after : right.first_word] if word not in ("(", "luc")]
    if left.sort == "range" or (right.sort == "range" and left.sort != "period"):
        return None
    if len(between) <= 1 and all(word in ("ngay", ",", "la") for word in between) and _same(line, left, right):
        return right._replace(first_word=left.first_word)
    if between and all(word in THROUGH for word in between):
        left = _in_its_month(line, left, right)
        return _range(left, _in_its_feast(line, left, right))
    if (
        all(word in TOGETHER for word in between)
        and is_weekday(line, left)
        and is_weekday(line, right)
        and right.back is None
    ):
        left = moved_to_week(left, right) if left.back is not None else left
    if "," in between and _are_of_two_tales(line, left, right):
        return None
    ended = left.first_word > 0 and line.words[left.first_word - 1] == "het"  # "trực hết hôm nay, mai nghỉ bù"
    if (
        all(word in TOGETHER for word in between)
        and not ended
        and (between or is_weekday(line, right) or line.words[right.first_word] in NAMED)
        and right.first - left.last == timedelta(days=1)
    ):
        return When(left.first_word, right.after, left.first, right.last, "range")
    return None


def _are_of_two_tales(line: Line, left: When, right: When) -> bool:
    """ "về tối qua, sáng nay em sốt"; "không phải mai, thứ Bảy mới đi"."""
    if line.words[max(left.first_word - 1, 0)] == "phai":
        return True
    if line.words[max(left.first_word - 1, 0)] == "ve" and line.words[right.after : right.after + 1] == ["moi"]:
        return True  # "về sáng nay, mai mới lên cơ quan"
    past = "qua" in line.words[left.first_word : left.after] and "nay" in line.words[right.first_word : right.after]
    return past and left.first < right.first and right.back is None


def _same(line: Line, left: When, right: When) -> bool:
    if is_weekday(line, left) and right.sort == "day" and not is_weekday(line, right):
        if left.back is None:
            return left.first == right.first  # "thứ Bảy này, mùng 5 lên lại"
        return left.first.weekday() == right.first.weekday()  # "thứ Bảy ngày 27"
    return left.first <= right.first <= left.last or left.back == right.first


def _range(left: When, right: When) -> When | None:
    first, last = left.first, right.last
    week = timedelta(days=7)
    if last < first and right.back in (right.first - week, right.first):  # a weekday: that of the week after
        last += week
    if last < first:
        return None
    if left.back in (first - week, first) and not right.back and first + week <= last < first + 2 * week:
        first += week
    return When(left.first_word, right.after, first, last, "range", None, min(left.certainty, right.certainty))


def _in_its_month(line: Line, left: When, right: When) -> When:
    """ "ngày hai đến ngày bốn tháng mười một": the month behind the second day is that of the first."""
    if left.back is None or names_month(line, left) or is_weekday(line, left) or not names_month(line, right):
        return left
    behind = day_of_month(left.first.day, right.first)[1]
    return left if behind is None else left._replace(first=behind, last=behind)


def _in_its_feast(line: Line, left: When, right: When) -> When:
    """ "từ 3/2 tới mùng 10" over the new year of the moon: the second day is most likely of the moon, and is asked about."""
    if not names_month(line, left) or not line.means(right.first_word, "mùng", "mồng") or names_month(line, right):
        return right
    if not is_season_of_tet(left.first):
        return right
    day = next_lunar(right.first.day, 1, left.first) if right.back else right.first
    return right._replace(first=day, last=day, certainty=UNSURE) if day else right


def names_month(line: Line, when: When) -> bool:
    """ "18/11", "ngày 4 tháng 11"."""
    return bool({"/", "thang"} & set(line.words[when.first_word : when.after]))
