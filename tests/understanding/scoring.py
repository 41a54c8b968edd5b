"""Scoring of the labelled messages kept beside the tests: is every report, with every slot, as a careful reader has it?"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

from understanding import Reading, Report, read
from understanding.phrases.normalize import fold

FOLDER = Path(__file__).parent
CLEARED = {"kind", "alt", "optional"}
EXACT = {
    "travel": ("destinations", "depart", "return", "who", "name"),
    "symptom": ("symptoms", "negated", "temperature_c", "onset", "who", "name"),
    "count": ("unit", "date", "values"),
    "incident": ("type", "who"),
    "ack": (),
    "presence": ("status", "date", "until", "who", "name"),
}


@dataclass
class Score:
    messages: int = 0
    exact: int = 0
    silent: int = 0
    alarms: int = 0
    wrong_and_certain: int = 0
    certain: int = 0
    misread: list[str] = field(default_factory=list)


def labelled() -> Iterator[dict[str, Any]]:
    for path in sorted(FOLDER.glob("messages_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def reading_of(row: dict[str, Any]) -> Reading:
    return read(row["text"], datetime.fromisoformat(row["reference_datetime"]), row["context"])


def score(rows: Iterable[dict[str, Any]], readings: Iterable[Reading]) -> Score:
    total = Score()
    for row, reading in zip(rows, readings, strict=True):
        good = is_exact(row, reading.reports)
        sure = bool(reading.reports) and all(report.is_certain for report in reading.reports)
        total.messages += 1
        total.exact += good
        total.silent += not row["reports"]
        total.alarms += not row["reports"] and bool(reading.reports)
        total.certain += sure
        total.wrong_and_certain += sure and not good
        if not good:
            total.misread.append(row["id"])
    return total


def is_exact(row: dict[str, Any], reports: tuple[Report, ...]) -> bool:
    today = row["reference_datetime"][:10]
    gold = row["reports"]
    needed = [each for each in gold if not each.get("optional")]
    if not len(needed) <= len(reports) <= len(gold):
        return False
    return any(
        all(each in chosen for each in needed)
        and all(each["kind"] == report.kind for each, report in zip(chosen, reports, strict=True))
        and all(
            each.get("optional") or is_right(each, report, today) for each, report in zip(chosen, reports, strict=True)
        )
        for chosen in permutations(gold, len(reports))
    )


def is_right(gold: dict[str, Any], report: Report, today: str) -> bool:
    if gold["kind"] != report.kind:
        return False
    slots = EXACT.get(gold["kind"]) or tuple(name for name in gold if name not in CLEARED)
    return all(_slot_is_right(gold, name, _plain(report.get(name)), today) for name in slots)


def _slot_is_right(gold: dict[str, Any], name: str, said: Any, today: str) -> bool:
    choices = [gold.get(name), *gold.get("alt", {}).get(name, [])]
    return any(_same(gold["kind"], name, choice, said, today) for choice in choices)


def _same(kind: str, name: str, meant: Any, said: Any, today: str) -> bool:
    if name in ("destinations", "symptoms", "negated"):
        return set(meant or []) == set(said or [])
    if name == "who":
        return (
            (meant is None and kind == "incident") or (said or "self") == meant or (meant == "other" and said is None)
        )
    if name in ("name", "unit"):
        return meant is None or _names_agree(meant, said or "")
    if name == "date":
        return (said or today) == (meant or today)
    if name == "onset":
        return said == meant or (meant is None and said == today)
    return bool(said == meant)


def _names_agree(meant: str, said: str) -> bool:
    words = [set(fold(each).replace(".", " ").replace("-", " ").split()) for each in (meant, said)]
    return bool(words[1]) and (words[0] <= words[1] or words[1] <= words[0])


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
