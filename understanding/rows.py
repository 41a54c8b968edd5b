"""A line of a file as a message to be read, and what was read as a line again, in the schema of the labelled messages."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from understanding import Reading, Report, Slot

VIETNAM = timezone(timedelta(hours=7))  # no summer time since 1975
NO_DAY = "2026-06-10T09:00:00+07:00"


class RowError(ValueError):
    """What is wrong with a line, in a sentence for whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Row:
    id: Any
    text: str
    sent_at: datetime
    context: str | None

    @classmethod
    def of(cls, line: bytes) -> "Row":
        """Raises RowError."""
        given = _given(line)
        text, context = given.get("text"), given.get("context")
        if not isinstance(text, str):
            raise RowError("thiếu “text”, là lời cần đọc, để trong dấu nháy kép.")
        if not isinstance(context, str | None):
            raise RowError("“context” phải là null hoặc một chuỗi, như “after:travel”.")
        return cls(given.get("id"), text, moment(given.get("reference_datetime") or NO_DAY), context)


def _given(line: bytes) -> dict[str, Any]:
    try:
        given = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RowError("không phải UTF-8: xin lưu lại tệp với bảng mã UTF-8.") from None
    except ValueError:
        raise RowError("không phải JSON: mỗi dòng là một đối tượng {…} viết liền.") from None
    if not isinstance(given, dict):
        raise RowError("không phải một đối tượng JSON {…}.")
    return given


def moment(written: object) -> datetime:
    """An ISO moment, at Vietnam's time; without a zone it is taken as Vietnam's. Raises RowError."""
    try:
        said = datetime.fromisoformat(str(written))
    except ValueError:
        raise RowError("“reference_datetime” phải viết như 2026-06-10T09:00:00+07:00.") from None
    return said.astimezone(VIETNAM) if said.tzinfo else said.replace(tzinfo=VIETNAM)


def as_reports(reading: Reading) -> list[dict[str, Any]]:
    return [_as_report(report) for report in reading.reports]


def _as_report(report: Report) -> dict[str, Any]:
    """The schema of the labelled messages, with the certainty beside it."""
    slots = {name: _plain(slot.value) for name, slot in report.slots.items()}
    sure = min((report.certainty, *(slot.certainty for slot in report.slots.values())))
    return {"kind": report.kind, **slots, "certainty": round(sure, 2), "certain": report.is_certain}


def as_span(text: str, slot: Slot) -> dict[str, Any]:
    start, end = slot.span or (0, 0)
    return {"start": start, "end": end, "text": text[start:end], "value": _plain(slot.value)}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value
