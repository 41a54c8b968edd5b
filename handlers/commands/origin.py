"""/xem <đơn vị> [ngày]: opens a figure: the messages, presses and corrections it came from."""

from __future__ import annotations

from handlers.access import Right
from handlers.check_in import Question
from handlers.command import Command, Place, Press
from handlers.days.named_days import find_day
from handlers.kinds import all_kinds, kind_named
from handlers.local_time import clock_time, full_day
from handlers.naming import unit_meant
from handlers.telling import Buttons
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, bold
from storage.messages import Button, OutgoingFile
from storage.records.check_ins import CheckIn, CheckInState, find_check_in
from storage.records.people import find_person
from storage.records.units import Unit, find_unit, with_all_below
from storage.roll_ups import origins

HOW = "Xin ghi tên đơn vị (và ngày), ví dụ: /xem Phòng Kinh tế hoặc /xem KT 20/11."
STATES = {CheckInState.SUPERSEDED: " (đã được sửa)", CheckInState.CANCELLED: " (đã rút lại)"}
LONGEST_QUOTE = 200
LONGEST_LABEL = 30


def run(visit: Visit, rest: str) -> None:
    day, name = find_day(rest, today=visit.today, is_ahead=False) or (visit.today, rest)
    named = unit_meant(visit.tx, name.strip(), day) if name.strip() else HOW
    if isinstance(named, str):
        visit.reply(named)
    elif not _may_see(visit, named):
        visit.reply(NOT_ALLOWED)
    else:
        kinds = [kind.name for kind in all_kinds(visit.tx).values() if kind.about == "unit" and not kind.is_private]
        found = origins(visit.tx, unit_id=named.id, day=day, kinds=kinds)
        heading = bold(f"{named.name} · {full_day(day)}")
        lines = [_line(visit, each) for each in found] or ["Chưa có số liệu."]
        visit.reply("\n".join([heading, *lines]), buttons=tuple(row for each in found for row in _files(visit, each)))


def _may_see(visit: Visit, unit: Unit) -> bool:
    """The office and leaders all units; everybody his own and the zones below it."""
    if visit.may(Right.SEE_ALL_UNITS):
        return True
    return visit.may(Right.SEE_OWN_UNIT) and any(unit.id in with_all_below(visit.tx, own) for own in visit.unit_ids)


def _line(visit: Visit, check_in: CheckIn) -> str:
    kind = kind_named(visit.tx, check_in.kind)
    person = find_person(visit.tx, check_in.reported_by)
    late = ", muộn" if check_in.is_late else ""
    state = STATES.get(CheckInState(check_in.state), "")
    said = " ".join(check_in.said.split())[:LONGEST_QUOTE]
    return (
        f"• {kind.title}: {kind.say(check_in.answers)}{state}\n"
        f"   {clock_time(check_in.reported_at)}{late}, {person.called if person else '?'}: “{said}”"
    )


def _files(visit: Visit, check_in: CheckIn) -> Buttons:
    """A button for every photo and file that was sent as an answer."""
    kind = kind_named(visit.tx, check_in.kind)
    sent = [each for each in kind.questions if each.read_file is not None and check_in.answers.get(each.name)]
    when = clock_time(check_in.reported_at)
    return tuple((Button(f"{_name(check_in, each)} {when}", f"file:{check_in.id}:{each.name}"),) for each in sent)


def _name(check_in: CheckIn, question: Question) -> str:
    return str(check_in.answers[question.name].get("name") or "Ảnh")[:LONGEST_LABEL]


def _send_file(visit: Visit, parts: list[str]) -> None:
    """The photo or file itself, to somebody who may see the unit's figures."""
    check_in = find_check_in(visit.tx, int(parts[0]))
    unit = None if check_in is None else find_unit(visit.tx, check_in.unit_id)
    kept = None if check_in is None else check_in.answers.get(parts[1])
    if check_in is None or unit is None or not isinstance(kept, dict) or "reference" not in kept:
        visit.close_press("Tệp này không còn.")
    elif kind_named(visit.tx, check_in.kind).is_private or not _may_see(visit, unit):
        visit.close_press(NOT_ALLOWED)
    elif kept["platform"] != visit.message.platform:
        visit.close_press("Tệp này được gửi ở ứng dụng khác, chỉ mở được ở đó.")
    else:
        visit.close_press()
        file = OutgoingFile(name=kept["name"], reference=kept["reference"], kind=kept["kind"])
        visit.reply(f"{unit.short_name}, {full_day(check_in.day)}", file=file)


COMMAND = Command(name="xem", menu="Xem số liệu của một đơn vị đến từ tin nào", run=run, place=Place.PRIVATE, order=45)
PRESSES: dict[str, Press] = {"file": _send_file}
