"""Tables typed or pasted over several lines: a row of names, then a row of figures for each unit."""

from understanding.line import Line

CELL_SIGNS = "|\t;"


def header_columns(line: Line) -> tuple[int, list[str]] | None:
    """The count fields named by the first row that has at least two of them and no figure; with that row's sentence."""
    for row in sorted(set(line.sentences)):
        words = [at for at, each in enumerate(line.sentences) if each == row]
        if any(line.words[at].isdecimal() for at in words) and not _only_case_names(line, words):
            continue
        fields = [value for first, _, value in line.of("count_fields") if line.sentences[first] == row]
        has_cells = any(line.words[at] == "|" for at in words)
        if len(fields) >= 2 and has_cells:
            return row, fields
    return None


def _only_case_names(line: Line, words: list[int]) -> bool:
    """The digits of "F0" and "F1" belong to the names."""
    digits = {at for at in words if line.words[at].isdecimal()}
    named = {at for first, after, _ in line.of("count_fields") for at in range(first, after)}
    return digits <= named


def rows_of(line: Line, header: int) -> list[tuple[int, int]]:
    """First word and word after the last of every line below the header."""
    rows: list[tuple[int, int]] = []
    for at, sentence in enumerate(line.sentences):
        if sentence > header and line.words[at] != "\n":
            if rows and line.sentences[rows[-1][0]] == sentence:
                rows[-1] = (rows[-1][0], at + 1)
            else:
                rows.append((at, at + 1))
    return rows
