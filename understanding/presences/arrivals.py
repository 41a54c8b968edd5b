"""Come to the place of work, in all regions' words: "vô tới khoa rồi", "lên vp r", "đậu xe trong sân sở rồi"."""

from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.presences.whereabouts import is_workplace

ARRIVING = function_words("arrivals.verbs")
OTHERWISE = frozenset(tuple(each.split("_")) for each in function_words("arrivals.otherwise"))
INSIDE = function_words("arrivals.inside")
MOST_STEPS = 4


def has_arrived(line: Line, at: int) -> int:
    """The word behind "vô tới khoa rồi", begun here by its verb; nought if it does not stand here."""
    if line.words[at] not in ARRIVING or (at and line.words[at - 1] in ARRIVING):
        return 0
    place = at + 1 + (line.words[at + 1 : at + 2] != [] and line.words[at + 1] in ARRIVING)
    end = end_of_workplace(line, place)
    if not end or (line.words[place - 1], line.words[place]) in OTHERWISE:
        return 0
    behind = line.words[end : end + 2]
    return end + 1 if "roi" in behind[:1] or behind == ["het", "roi"] else 0


def end_of_workplace(line: Line, at: int) -> int:
    """The word behind a place of work, with the name of its unit: "phòng một cửa"; nought if none begins here."""
    if not is_workplace(line, at):
        return 0
    named = [after for first, after, _ in line.of("units") if first == at]
    named += [after for first, after, _ in line.of("unit_names") if first == at + 1]
    return max(*named, at + 1 + (not is_workplace(line, at, 1)), 0)


def inside_from(line: Line, at: int) -> int:
    """Where the place may begin behind "ngồi ở …", "đậu xe trong sân …"."""
    for each in range(at, min(at + MOST_STEPS, len(line))):
        if line.words[each] not in INSIDE:
            return each
    return at
