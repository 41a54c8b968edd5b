"""Whose words these are not: lines answered to, and what stands between quotation marks."""

import re

from understanding.phrases.gates import gate
from understanding.phrases.line import Line

QUOTED_LINE = re.compile(
    r"^\s*(?:>.*|\[(?:trả lời|tra loi|reply|re:|trích|quote)[^\]\n]*\]?)$", re.IGNORECASE | re.MULTILINE
)
QUOTED_WORDS = re.compile(r"[\"“”«][^\"“”»\n]{8,}[\"“”»]")
MARKS = frozenset({">", "[", '"', "“", "”", "«", "»"})
QUOTING = gate(MARKS)


def quoted(line: Line) -> set[int]:
    """The words that are somebody else's."""
    if not line.gates & QUOTING:
        return set()
    spans = [found.span() for pattern in (QUOTED_LINE, QUOTED_WORDS) for found in pattern.finditer(line.text)]
    return {at for at, start in enumerate(line.starts) for a, b in spans if a <= start < b}
