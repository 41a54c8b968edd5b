"""The buttons under a request and under the summary: "như hôm qua", "không có", "trả lời", and the sheet."""

from __future__ import annotations

import re
from datetime import date, datetime

from handlers import summaries
from handlers.abouts import requests_in
from handlers.access import Right
from handlers.check_in import Answers, CheckInKind
from handlers.command import Press
from handlers.kinds import kind_named
from handlers.local_time import local
from handlers.reporting.asking import begin
from handlers.reporting.recording import record
from handlers.reporting.source import Source
from handlers.rounds import MEANT, answer_before, answering_units
from handlers.visit import Visit
from storage.records.check_ins import check_in_of_unit, find_check_in
from storage.records.rounds import Round, expectation_for, find_round
from storage.records.units import Unit, find_unit
from understanding.phrases.normalize import fold

SAME = re.compile(
    r"(?:(?:da|van|thi|em|vang)\s+)*(?:y\s+)?(?:nhu|giong|bang)\s+(?:nhu\s+)?(?:ngay\s+)?(?:hom qua|hom truoc|cu)(?:\s+(?:a|nhe|nha|em|thoi))*[\s.!]*"
)
NOT_YOURS = "Câu trả lời này dành cho người của đơn vị được hỏi. Cảm ơn anh/chị!"
GONE = "Đợt báo cáo này không còn. Xin nhắn số liệu bằng lời."
TO_CORRECT = "Cần sửa, xin trả lời tin này bằng nội dung mới."


def _same(visit: Visit, parts: list[str]) -> None:
    """ "Như hôm qua": what the unit reported on the working day before."""
    asked, unit = _round_and_unit(visit, parts)
    if asked is None or unit is None:
        visit.close_press(GONE)
        return
    kind = kind_named(visit.tx, asked.kind)
    before = answer_before(visit.tx, kind, unit.id, asked.day)
    if before is None:
        visit.close_press("Hôm trước chưa có số liệu. Xin trả lời bằng số.")
    else:
        _answer_for_unit(visit, kind, asked, unit, before.answers)


def same_by_word(visit: Visit, abouts: list[str]) -> bool:
    """ "như hôm qua" typed in answer to a request, or to several in one message, instead of the button."""
    asked = [(round_id, unit_id) for round_id, noun, unit_id in requests_in(abouts) if noun == "unit"]
    if not asked or SAME.fullmatch(fold(visit.message.text).strip()) is None:
        return False
    notes = []
    for round_id, unit_id in asked:
        visit.note = ""
        _same(visit, [str(round_id), str(unit_id)])
        notes.append(visit.note)
    told = " ".join(dict.fromkeys(note for note in notes if note))
    if told:
        visit.reply(told)
    else:
        visit.receive_quietly()
    return True


def _none(visit: Visit, parts: list[str]) -> None:
    """One of the kind's own quick answers, of a unit or of a person ("p12")."""
    asked = find_round(visit.tx, int(parts[0]))
    if asked is None:
        visit.close_press(GONE)
        return
    kind = kind_named(visit.tx, asked.kind)
    answers = list(kind.plan.quick_answers.values())[int(parts[2])] if kind.plan else {}
    if parts[1].startswith("p"):
        _answer_for_oneself(visit, kind, asked, int(parts[1][1:]), answers)
        return
    unit = find_unit(visit.tx, int(parts[1]))
    if unit is None:
        visit.close_press(GONE)
    else:
        _answer_for_unit(visit, kind, asked, unit, answers)


def _round_and_unit(visit: Visit, parts: list[str]) -> tuple[Round | None, Unit | None]:
    return find_round(visit.tx, int(parts[0])), find_unit(visit.tx, int(parts[1]))


def _answer_for_unit(visit: Visit, kind: CheckInKind, asked: Round, unit: Unit, answers: Answers) -> None:
    if not may_answer_for(visit, unit):
        visit.close_press(NOT_YOURS)
        return
    standing = check_in_of_unit(visit.tx, kind.name, unit.id, asked.day)
    if standing is not None:
        visit.close_press(f"{unit.short_name} đã báo: {kind.say(standing.answers)}. {TO_CORRECT}")
        return
    _record(visit, kind, asked, answers, unit_id=unit.id, person_id=None)


def _answer_for_oneself(visit: Visit, kind: CheckInKind, asked: Round, person_id: int, answers: Answers) -> None:
    if visit.person is None or visit.person.id != person_id:
        visit.close_press(NOT_YOURS)
        return
    expectation = expectation_for(visit.tx, asked.id, person_id=person_id)
    standing = find_check_in(visit.tx, expectation.check_in_id) if expectation and expectation.check_in_id else None
    if standing is not None:
        visit.close_press(f"Đã nhận trước đó: {kind.say(standing.answers)}. {TO_CORRECT}")
        return
    _record(visit, kind, asked, answers, unit_id=visit.unit_id, person_id=person_id)


def _record(
    visit: Visit, kind: CheckInKind, asked: Round, answers: Answers, *, unit_id: int, person_id: int | None
) -> None:
    """Keep it as if it had been typed; the request itself then shows the answer to everybody."""
    said = f"(chọn) {kind.say(answers)}"
    kept = record(
        visit.tx,
        kind=kind,
        answers=dict(answers),
        unit_id=unit_id,
        person_id=person_id,
        reported_by=visit.known.id,
        source=Source(visit.message.platform, visit.message.chat_id, None, said),
        now=visit.now,
        day=asked.day,
    )
    late = " (muộn)" if kept.is_late else ""
    visit.close_press(f"Đã ghi{late}: {kind.say(answers)}. Cảm ơn {visit.known.called}!", is_receipt=True)


def may_answer_for(visit: Visit, unit: Unit) -> bool:
    """Members of the unit, or of the one responsible for it, and the office."""
    if visit.person is None:
        return False
    if visit.may(Right.REPORT_FOR_ANY_UNIT):
        return True
    return not set(visit.unit_ids).isdisjoint(answering_units(visit.tx, unit))


def _sheet(visit: Visit, parts: list[str]) -> None:
    """The day's tables as a file, to the one who pressed."""
    if visit.person is None or not visit.may(Right.SEE_ALL_UNITS):
        visit.close_press("Bảng này dành cho lãnh đạo và Văn phòng.")
        return
    day = date.fromisoformat(parts[0])
    visit.close_press("Đang gửi bảng…")
    visit.reply(f"Bảng tổng hợp {day:%d/%m/%Y}", file=summaries.write_sheet(visit.tx, day, visit.now))


def _fill(visit: Visit, parts: list[str]) -> None:
    """Begin the dialogue that answers the request."""
    asked = find_round(visit.tx, int(parts[0]))
    unit = None if asked is None or parts[1].startswith("p") else find_unit(visit.tx, int(parts[1]))
    is_mine = parts[1] == f"p{visit.known.id}" or (unit is not None and may_answer_for(visit, unit))
    if asked is None or kind_named(visit.tx, asked.kind).is_stopped:
        visit.close_press(GONE)
    elif not is_mine:
        visit.close_press(NOT_YOURS)
    else:
        visit.close_press()
        begin(visit, asked.kind, unit_id=None if unit is None else unit.id, day=asked.day)


def _meant(visit: Visit, parts: list[str]) -> None:
    """Which question a bare number answers."""
    asked, unit = _round_and_unit(visit, parts)
    kind = None if asked is None else kind_named(visit.tx, asked.kind)
    answers = {} if kind is None else _told_by_number(kind, parts[2], visit.said_at)
    if asked is None or unit is None or kind is None or not answers:
        visit.close_press(GONE)
    else:
        _answer_for_unit(visit, kind, asked, unit, answers)


def _told_by_number(kind: CheckInKind, said: str, said_at: datetime) -> Answers:
    """As the question itself would read it: an altered app can send any figure. Empty where no number answers the kind."""
    asked = next((each for each in kind.questions if each.name == kind.reads_bare_number), None)
    value = None if asked is None else asked.read(said, local(said_at))
    return {} if asked is None or value is None else {asked.name: value}


PRESSES: dict[str, Press] = {"same": _same, "none": _none, "sheet": _sheet, "fill": _fill, MEANT: _meant}
