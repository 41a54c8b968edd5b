"""`python -m understanding predict FILE | extract FILE --what symptoms | explain "…"`: the room on the command line."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from understanding import Report, Slot, read
from understanding.dates import read_dates
from understanding.illness.symptoms import read_symptoms
from understanding.journeys.places import read_places

NO_DAY = "2026-06-10T09:00:00+07:00"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m understanding", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    predict = commands.add_parser("predict", help="reports of every message of a JSONL file")
    predict.add_argument("file", nargs="?", default="-")
    extract = commands.add_parser("extract", help="spans of one low-level reader")
    extract.add_argument("file", nargs="?", default="-")
    extract.add_argument("--what", choices=("symptoms", "places", "dates"), required=True)
    explain = commands.add_parser("explain", help="what each reader finds in one message")
    explain.add_argument("text")
    explain.add_argument("--at", default=NO_DAY)
    explain.add_argument("--context")
    options = parser.parse_args(arguments)
    if options.command == "explain":
        from understanding.explain import explain as lines

        for line in lines(options.text, datetime.fromisoformat(options.at), options.context):
            print(line)
        return 0
    answer: Callable[[dict[str, Any]], dict[str, Any]] = (
        predicted if options.command == "predict" else lambda row: extracted(row, options.what)
    )
    for row in _rows(options.file):
        print(json.dumps(answer(row), ensure_ascii=False))
    return 0


def _rows(file: str) -> Iterator[dict[str, Any]]:
    lines: Iterable[str] = sys.stdin if file == "-" else Path(file).read_text(encoding="utf-8").split("\n")
    for line in lines:
        if line.strip():
            yield json.loads(line)


def predicted(row: dict[str, Any]) -> dict[str, Any]:
    reading = read(row["text"], _sent_at(row), row.get("context"))
    return {
        "id": row["id"],
        "reports": [as_row(report) for report in reading.reports],
        "asks": [f"{doubt.kind}.{doubt.slot}" for doubt in reading.doubts],
    }


def as_row(report: Report) -> dict[str, Any]:
    """The schema of the labelled messages, with the certainty beside it."""
    slots = {name: _plain(slot.value) for name, slot in report.slots.items()}
    sure = min((report.certainty, *(slot.certainty for slot in report.slots.values())))
    return {"kind": report.kind, **slots, "certainty": round(sure, 2), "certain": report.is_certain}


def extracted(row: dict[str, Any], what: str) -> dict[str, Any]:
    text = row["text"]
    if what == "dates":
        slots = read_dates(text, _sent_at(row))
    else:
        slots = read_symptoms(text) if what == "symptoms" else read_places(text)
    return {"id": row["id"], "spans": [_span(text, slot) for slot in slots]}


def _span(text: str, slot: Slot) -> dict[str, Any]:
    start, end = slot.span or (0, 0)
    return {"start": start, "end": end, "text": text[start:end], "value": _plain(slot.value)}


def _sent_at(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row.get("reference_datetime") or NO_DAY)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


if __name__ == "__main__":
    sys.exit(main())
