"""Why they are away, told without a figure of its own: "vắng 1 (ốm)", "vắng 2 đều phép", "nghỉ 1 do bệnh"."""

from understanding.counting.count_items import BREAK, FIELD, NUMBER, Item
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

REASONS = frozenset({"leave", "sick", "wfh", "field"})
LEADING = function_words("counts.before_reason")


def with_reasons(line: Line, values: dict[str, int], inside: list[Item]) -> dict[str, int]:
    """The same figures, with the one reason that all who are absent share."""
    absent = values.get("absent")
    if not absent or REASONS & set(values):
        return values
    shown = [item for item in inside if item.sort != BREAK]
    fields = [item for item in shown if item.sort == FIELD and item.value in REASONS]
    at = next((at for at, item in enumerate(shown) if item.sort == NUMBER and item.value == absent), None)
    if len(fields) != 1 or at is None:
        return values
    reason = fields[0]
    start = max(shown[at].after, next((item.after for item in shown if item.value == "absent"), 0))
    if reason.first < start or not _is_reason(line, start, reason):
        return values
    return {**values, str(reason.value): absent}


def _is_reason(line: Line, start: int, reason: Item) -> bool:
    """Nothing but words that lead to a reason stand before it, and nothing of the same clause behind it."""
    nouns = {at for first, after, _ in line.of("people_nouns") for at in range(first, after)}
    between = {line.words[at] for at in range(start, reason.first) if at not in nouns}
    ends = reason.after >= len(line) or line.clauses[reason.after] != line.clauses[reason.first]
    polite = {line.words[at] for at in range(reason.after, len(line)) if line.clauses[at] == line.clauses[reason.first]}
    return between <= LEADING and (ends or polite <= LEADING)
