"""Memories told by their year: "nhớ năm 98 vào Buôn Đôn", "hồi 2015 em đi Hà Giang"."""

from datetime import date

from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

LED_BY = function_words("moods.before_past_year")
EARLIEST, CENTURY = 1930, 1900


def past_years(line: Line, today: date) -> list[int]:
    """The words that name a year before this one at the head of a memory; a year of birth or of a paper is none."""
    if "nam" not in line.words and "hoi" not in line.words:
        return []
    return [at for at in range(1, len(line)) if line.words[at].isdecimal() and _is_past_year(line, at, today)]


def _is_past_year(line: Line, at: int, today: date) -> bool:
    lead, figures = line.words[at - 1], line.words[at]
    if lead not in ("nam", "hoi") or not line.means(at - 1, "năm", "hồi") or line.words[at + 1 : at + 2] == ["/"]:
        return False
    year = int(figures) + CENTURY * (len(figures) == 2)
    if not EARLIEST + 10 * (len(figures) == 2) <= year < today.year:
        return False
    first = at - 1
    while first and line.words[first - 1] in LED_BY and line.sentences[first - 1] == line.sentences[at]:
        first -= 1
    opens = not first or line.sentences[first - 1] != line.sentences[at]
    return opens or "nho" in line.words[first : at - 1]
