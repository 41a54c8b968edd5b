"""Long messages cut at the ends of lines and sentences, so that reading takes time in proportion to the length."""

from collections.abc import Iterator

WHOLE = 700
"""Up to here a message is read in one go: a table keeps its head, a list its date."""
PIECE = 220


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Where each piece begins, and the piece."""
    if len(text) <= WHOLE:
        yield 0, text
        return
    start = 0
    while start < len(text):
        end = _cut(text, start)
        yield start, text[start:end]
        start = end


def _cut(text: str, start: int) -> int:
    """The last end of a line, a sentence, or a word within reach."""
    if len(text) - start <= PIECE:
        return len(text)
    for sign in ("\n", ". ", "! ", "? ", "; ", " "):
        at = text.rfind(sign, start + 1, start + PIECE)
        if at > start:
            return at + 1
    return start + PIECE
