"""Names and parts of a whole in turn: "art 5/6, dev 11/12, qa 4/4", "c1 38/40 c2 36/40"."""

from understanding.numbers import Ratio
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

HEADINGS = function_words("units.headings")
ENDS = frozenset(",;\n.:()|•")
LONGEST = 3
OTHER_TALK = ("day_words", "day_parts", "weekdays", "pronouns", "travel_words", "count_fields", "provinces", "towns")


def has_heading(line: Line, first: int, after: int) -> bool:
    """ "Báo cáo", "Sĩ số"; not the "Bảo" of "Bảo trì", the "lực" of "Điện lực", the "Kinh" of "Kinh Môn"."""
    return any(line.means(at, *HEADINGS) for at in range(first, after))


def names_in_turn(line: Line, ratios: list[Ratio]) -> list[tuple[int, int]]:
    """The name before each a/b; none unless every one has a short one, or where they could be days of one month."""
    if len(ratios) < 2:
        return []
    wholes = {ratio.whole for ratio in ratios}
    if len(wholes) == 1 and wholes <= set(range(13)):
        return []
    names = [_name_before(line, ratio, before) for before, ratio in zip([None, *ratios], ratios, strict=False)]
    return [name for name in names if name] if all(names) else []


def _name_before(line: Line, ratio: Ratio, before: Ratio | None) -> tuple[int, int] | None:
    first = ratio.first
    least = before.after if before else 0
    while first > least and line.words[first - 1] not in ENDS:
        first -= 1
    words = line.words[first : ratio.first]
    if (
        not 1 <= len(words) <= LONGEST
        or has_heading(line, first, ratio.first)
        or not words[0].isalpha()
        or line.words[ratio.first][0] == "0"
    ):
        return None
    if any(first <= at < ratio.first for kind in OTHER_TALK for at, _, _ in line.of(kind)):
        return None
    return first, ratio.first
