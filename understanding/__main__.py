"""`python -m understanding predict FILE | extract FILE --what symptoms | explain "…"`: the room on the command line."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from understanding import Slot, read
from understanding.dates import read_dates
from understanding.explain import explain
from understanding.illness.symptoms import read_symptoms
from understanding.journeys.places import read_places
from understanding.rows import NO_DAY, Row, RowError, as_reports, as_span, moment

FINDERS: dict[str, Callable[[Row], list[Slot]]] = {
    "symptoms": lambda row: read_symptoms(row.text),
    "places": lambda row: read_places(row.text),
    "dates": lambda row: read_dates(row.text, row.sent_at),
}
"""The small readers, by what they find."""


def main(arguments: list[str] | None = None) -> int:
    """What the shell is told: 0 done, 1 some lines could not be read, 2 asked for what cannot be done."""
    given = _options(arguments)
    try:
        return _do(given)
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes it once more at the end
        return 0
    except RowError as fault:
        print(fault, file=sys.stderr)
    except OSError as fault:
        print(f"Không đọc được {fault.filename}: xin xem lại đường dẫn và quyền đọc tệp.", file=sys.stderr)
    return 2


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m understanding", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    predict = commands.add_parser("predict", help="reports of every message of a JSONL file")
    predict.add_argument("file", nargs="?", default="-")
    extract = commands.add_parser("extract", help="spans of one low-level reader")
    extract.add_argument("file", nargs="?", default="-")
    extract.add_argument("--what", choices=tuple(FINDERS), required=True)
    explained = commands.add_parser("explain", help="what each reader finds in one message")
    explained.add_argument("text")
    explained.add_argument("--at", default=NO_DAY)
    explained.add_argument("--context")
    return parser.parse_args(arguments)


def _do(given: argparse.Namespace) -> int:
    if given.command == "explain":
        print("\n".join(explain(given.text, moment(given.at), given.context)), flush=True)
        return 0
    if given.command == "predict":
        return _answer_lines(given.file, predicted)
    return _answer_lines(given.file, lambda row: extracted(row, given.what))


def _answer_lines(file: str, answer: Callable[[Row], dict[str, Any]]) -> int:
    """A line that cannot be read is told of, and the others are answered all the same."""
    is_whole = True
    for number, line in _lines(file):
        try:
            print(json.dumps(answer(Row.of(line)), ensure_ascii=False))
        except RowError as fault:
            print(f"Dòng {number}: {fault}", file=sys.stderr)
            is_whole = False
    sys.stdout.flush()
    return 0 if is_whole else 1


def _lines(file: str) -> Iterator[tuple[int, bytes]]:
    with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield number, line


def predicted(row: Row) -> dict[str, Any]:
    reading = read(row.text, row.sent_at, row.context)
    asks = [f"{doubt.kind}.{doubt.slot}" for doubt in reading.doubts]
    return {"id": row.id, "reports": as_reports(reading), "asks": asks}


def extracted(row: Row, what: str) -> dict[str, Any]:
    return {"id": row.id, "spans": [as_span(row.text, slot) for slot in FINDERS[what](row)]}


if __name__ == "__main__":
    sys.exit(main())
