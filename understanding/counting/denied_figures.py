"""Figures that are denied: "không có khách", "F0: không", "không có cháu nào vắng"."""

from understanding.counting.count_items import FIELD, ZERO, Item
from understanding.phrases.line import Line

NEVER_ZERO = frozenset({"present", "total", "tested"})
OUT_OF_HOUSE = frozenset({"field", "wfh"})


def zeros(part: list[Item], line: Line) -> dict[str, int]:
    """ "không có khách", "F0: không", "không có cháu nào vắng"."""
    zeros = [item for item in part if item.sort == ZERO]
    values = {}
    for field in (item for item in part if item.sort == FIELD and item.value not in NEVER_ZERO):
        for zero in zeros:
            gap = field.first - zero.after if zero.first < field.first else zero.first - field.after
            told = bool({":", "la"} & set(line.words[field.after : zero.first]))
            if field.value in OUT_OF_HOUSE and not told and not _has_nobody(line, zero, field):
                continue
            if any(zero.after <= ill < field.first for ill, _, _ in line.of("symptoms")):
                continue  # "mà không sốt, em xin nghỉ"
            if line.words[field.after : field.after + 1] == ["duoc"] and zero.first < field.first:
                continue  # "chiều nay không vắng mặt được"
            if -3 <= gap <= (3 if zero.first < field.first else 4 if told else 1):
                values[str(field.value)] = 0
    return values


def _has_nobody(line: Line, zero: Item, field: Item) -> bool:
    """ "không có ai đi công tác" is a figure, "không ra ngoài được" is not."""
    return bool({"co", "ai"} & set(line.words[zero.first : field.first]))
