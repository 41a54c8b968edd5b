"""How well and how fast messages are read, and dateparser on the same days; `python -m tests.benchmarks.understanding [FILE.jsonl …]`."""

from __future__ import annotations

import json
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.table import Row, printed
from tests.understanding.scoring import labelled, reading_of, score
from understanding import read
from understanding.dates import read_dates
from understanding.phrases.line import Line

SPOKEN_DAYS = (
    ("hôm qua", "2026-06-09"), ("mai", "2026-06-11"), ("sáng mai", "2026-06-11"), ("chiều nay", "2026-06-10"), ("hôm kia", "2026-06-08"),
    ("ngày kia", "2026-06-12"), ("thứ sáu", "2026-06-12"), ("T6", "2026-06-12"), ("chiều CN", "2026-06-14"), ("thứ hai tuần sau", "2026-06-15"),
    ("thứ 7 tuần này", "2026-06-13"), ("3 ngày nữa", "2026-06-13"), ("cách đây 2 ngày", "2026-06-08"), ("15/6", "2026-06-15"),
    ("20-11-2026", "2026-11-20"), ("ngày 20 tháng 11", "2026-11-20"), ("ngày 20/11/2026 lúc 14 giờ 30", "2026-11-20"), ("mùng 4", "2026-07-04"),
    ("8h30 tối nay", "2026-06-10"), ("hết tháng 6", "2026-06-30"), ("nghỉ 2 ngày", None), ("phòng 15", None),
)  # fmt: skip
AT = datetime.fromisoformat("2026-06-10T09:00:00+07:00")
ROUNDS = 5


def run(_folder: Path, files: tuple[Path, ...] = ()) -> list[Row]:
    rows = list(_messages(files))
    return [*_scores(rows), *_speed(rows), *_days()]


def _messages(files: tuple[Path, ...]) -> Iterator[dict[str, Any]]:
    if not files:
        yield from labelled()
    for file in files:
        yield from (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())


def _scores(rows: list[dict[str, Any]]) -> list[Row]:
    total = score(rows, map(reading_of, rows))
    return [
        Row("messages read exactly", f"{total.exact / total.messages:.1%} of {total.messages}", "≥ 85 %"),
        Row(
            "false alarms on messages with nothing to report",
            f"{total.alarms / max(total.silent, 1):.1%} of {total.silent}",
            "≤ 3 %",
        ),
        Row("wrong and certain", f"{total.wrong_and_certain / total.messages:.1%}", "≤ 2 %"),
    ]


def _speed(rows: list[dict[str, Any]]) -> list[Row]:
    """The best of a few rounds for each message: the machine's other work is not the reader's."""
    calls = [(row["text"], datetime.fromisoformat(row["reference_datetime"]), row["context"]) for row in rows]
    best = sorted(_least(read, *call) for call in calls)
    cut = statistics.median(_least(Line, text) for text, _, _ in calls)
    long = ("em sốt 38 độ, mai đi Hà Nội. " * 150)[:4096]
    whole = _least(read, long, AT)
    return [
        Row("time a message, median", f"{statistics.median(best) * 1e6:.0f} µs", "≤ 150 µs"),
        Row("of it for cutting its words and looking them up", f"{cut * 1e6:.0f} µs", "the floor of any reader"),
        Row("time a message, 99 %", f"{best[int(len(best) * 0.99)] * 1e6:.0f} µs", "≤ 1 ms"),
        Row("4,096 characters", f"{whole * 1e3:.1f} ms", "≤ 20 ms"),
    ]


def _least(work: Callable[..., object], *given: Any) -> float:
    """The seconds of the fastest of a few rounds."""
    return min(_seconds(lambda: work(*given)) for _ in range(ROUNDS))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _days() -> list[Row]:
    ours = sum(_first_day(read_dates(text, AT)) == day for text, day in SPOKEN_DAYS)
    theirs, pace = _dateparser()
    mine = statistics.median(_seconds(lambda text=text: read_dates(text, AT)) for text, _ in SPOKEN_DAYS)  # type: ignore[misc]
    return [
        Row("days said in words read right", f"{ours} of {len(SPOKEN_DAYS)}", f"dateparser: {theirs}"),
        Row("time for one of them", f"{mine * 1e6:.0f} µs", f"dateparser: {pace * 1e6:.0f} µs"),
    ]


def _first_day(slots: list[Any]) -> str | None:
    value = slots[0].value if slots else None
    value = value[0] if isinstance(value, tuple) else value
    return value.isoformat() if isinstance(value, date) else None


def _dateparser() -> tuple[int, float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import dateparser

        settings = {"RELATIVE_BASE": AT.replace(tzinfo=None), "PREFER_DATES_FROM": "future"}
        right, times = 0, []
        for text, day in SPOKEN_DAYS:
            start = time.perf_counter()
            found = dateparser.parse(text, languages=["vi"], settings=settings)
            times.append(time.perf_counter() - start)
            right += (found.date().isoformat() if found else None) == day
    return right, statistics.median(times)


if __name__ == "__main__":
    print(printed(run(Path(), tuple(Path(name) for name in sys.argv[1:]))))
