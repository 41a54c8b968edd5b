"""Weekdays in a row: "thứ 3,4,5 tuần sau", "t2-6", "thứ 3 và 4", "t3, t4, t5"."""

from understanding.phrases.line import Line

TO = frozenset({"-", "–", "->", "~", "den", "toi"})
"""Between the first and the last of the days."""
AND = frozenset({",", "va", "voi", "&", "+"})
"""Between one day and the next."""
MONDAY, SATURDAY = 2, 7  # as figures
GOES_ON = ("week_words", "weekday_marks", "pronouns", "travel_words", "presence_words", "day_parts")
"""What follows a day rather than a number of something."""
ENDS = frozenset({",", ".", ";", ")", "\n", "!", "?", "la", "thi", "nhe", "nha", "a"})


def run_behind(line: Line, at: int, weekday: int) -> tuple[int, int]:
    """The days that follow a weekday (0 is Monday) whose words end at `at`: where they end, and how many they are. Two
    days told in full are none: whether they belong together, others find out."""
    end, last, by_figure = at, weekday, False
    while (step := _next_day(line, end, last)) is not None:
        end, last, is_figure = step
        by_figure |= is_figure
    more = last - weekday
    is_row = (more > 1 or by_figure) and more > 0 and _is_followed_as_days_are(line, end)
    return (end, more) if is_row else (at, 0)


def _next_day(line: Line, at: int, last: int) -> tuple[int, int, bool] | None:
    """Behind the next day of the row, which it is, and whether only its figure is told."""
    if at + 1 >= len(line) or line.words[at] not in TO | AND:
        return None
    through, at = line.words[at] in TO, at + 1
    at += line.words[at] == ">"  # of "->"
    figure = _by_figure(line, at)
    told = figure or (None if through else _in_full(line, at))
    if told is None or not (last < told[1] if through else last + 1 == told[1]):
        return None
    return *told, figure is not None


def _by_figure(line: Line, at: int) -> tuple[int, int] | None:
    if at >= len(line) or len(line.words[at]) != 1 or not line.words[at].isdecimal():
        return None
    figure = int(line.words[at])
    return (at + 1, figure - MONDAY) if MONDAY <= figure <= SATURDAY else None


def _in_full(line: Line, at: int) -> tuple[int, int] | None:
    return next(((after, int(value)) for first, after, value in line.of("weekdays") if first == at), None)


def _is_followed_as_days_are(line: Line, at: int) -> bool:
    if at >= len(line) or line.words[at] in ENDS:
        return True
    titles = any(first == at and value == "title" for first, _, value in line.of("people_nouns"))
    return titles or any(first == at for kind in GOES_ON for first, _, _ in line.of(kind))
