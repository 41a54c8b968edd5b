"""Mending what was kept: by editing the message, by saying so, by a button. Nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers.access import Right
from handlers.check_in import Answers, CheckInKind
from handlers.command import Press
from handlers.kinds import kind_named, open_kinds
from handlers.local_time import local
from handlers.reporting.answering import read_in_order
from handlers.reporting.asking import Draft, proceed
from handlers.reporting.discretion import must_not_be_told_here, say_discreetly
from handlers.reporting.overtaking import meant_by, names_another, what_is_left, what_stands
from handlers.reporting.receipts import MEND_OR_TAKE_BACK, offer_to_mend, read_back
from handlers.reporting.recording import correct, withdraw
from handlers.reporting.saying_back import say_back
from handlers.reporting.source import Source, is_overtaken, source_of
from handlers.visit import Visit
from storage.records.approvals import ApprovalState, approvals_asked_by
from storage.records.check_ins import (
    CheckIn,
    CheckInState,
    check_in_of_unit,
    check_ins_from_message,
    find_check_in,
)
from understanding import Report, read

MENDABLE = timedelta(days=31)
LATELY = timedelta(days=2)
CORRECTS = "em sửa lại: "
UNSURE = "Tôi đang ghi: {}. Anh/chị muốn rút lại thì chọn “Rút lại”, không thì thôi ạ."
UNCHANGED = f"Tôi đang ghi: {{}}. Câu vừa rồi chưa cho tôi biết phải đổi gì. {MEND_OR_TAKE_BACK}"


def take_edit(visit: Visit) -> bool:
    """An edited message corrects what was read from it; false if nothing was."""
    message = visit.message
    kept = check_ins_from_message(visit.tx, message.platform, message.chat_id, message.message_id or "")
    own = [check_in for check_in in kept if visit.person is not None and check_in.reported_by == visit.person.id]
    for check_in in own:
        _mend_from_words(visit, check_in)
    return bool(own)


def _mend_from_words(visit: Visit, check_in: CheckIn) -> None:
    kind = kind_named(visit.tx, check_in.kind)
    answers, is_certain = answers_in(visit, kind)
    if answers and kind.from_report is None:  # what the dialogue asked for besides still stands
        answers = {**check_in.answers, **answers}
    if kind.missing(answers) is None and is_certain:
        _correct(visit, kind, check_in, answers)
        return
    draft = _draft(visit, check_in, answers)
    if answers:
        proceed(visit, replace(draft, is_certain=False))
    else:
        text = f"Tin đã sửa không còn đọc ra “{kind.title}”. Bản đã ghi vẫn giữ: {kind.say(check_in.answers)}."
        say_discreetly(visit, kind, text)


def answers_in(visit: Visit, kind: CheckInKind) -> tuple[Answers, bool]:
    """What the message's words say in answer to this kind, and whether that is certain."""
    said = visit.message.text
    if kind.from_report is None:
        return read_in_order(kind, visit.message, visit.said_at), True
    context = f"reply_to:daily_count:{kind.reads_bare_number}" if kind.reads_bare_number else None
    for report in read(said, local(visit.said_at), context).reports:
        if kind.reads == report.kind and kind.from_report is not None:
            answers = kind.from_report(report)
            if answers:
                return {**kind.from_words(said), **answers}, report.is_certain
    return {}, True


def _correct(visit: Visit, kind: CheckInKind, old: CheckIn, answers: Answers, source: Source | None = None) -> None:
    source = source or _source(visit)
    kept = correct(visit.tx, old, kind=kind, answers=answers, reported_by=visit.known.id, source=source, now=visit.now)
    if kept.id != old.id:
        read_back(visit, kind, kept, is_correction=True)


def _source(visit: Visit) -> Source:
    return source_of(visit, said=visit.message.text, message_id=visit.message.message_id)


def take_correction(visit: Visit, report: Report, *, of_unit: int | None = None) -> bool:
    """ "em ghi nhầm, 9 chứ không phải 7": changes or withdraws what this person reported last, or what stands today of the
    unit that was named (`of_unit`); false if nothing fits."""
    target = report.get("target")
    kinds = [kind for kind in open_kinds(visit.tx) if kind.reads == target and kind.from_report is not None]
    for kind in kinds:
        changes = kind.from_report(report) if kind.from_report is not None else {}
        old = meant_by(visit, kind, _source(visit), since=visit.now - MENDABLE)
        if of_unit is not None and kind.about == "unit" and (old is None or old.unit_id != of_unit):
            old = check_in_of_unit(visit.tx, kind.name, of_unit, visit.today)
        if old is None or names_another(visit.message.text, old):
            continue
        if report.get("action") == "cancel":
            _take_back(visit, kind, old, is_meant=report.is_certain or report.slots["action"].span is not None)
            return True
        if changes:
            _apply(visit, kind, old, changes, is_certain=report.is_certain)
            return True
    return False


def mend_returned(visit: Visit) -> bool:
    """ "ok vậy thứ Sáu về", after leave was sent back: read as the correction it does not call itself, and asked back."""
    asked = approvals_asked_by(visit.tx, visit.known.id, visit.today - LATELY)
    old = (
        find_check_in(visit.tx, asked[-1].check_in_id) if asked and asked[-1].state == ApprovalState.RETURNED else None
    )
    if old is None or old.state != CheckInState.CURRENT:
        return False
    kind = kind_named(visit.tx, old.kind)
    words = f"{CORRECTS}{visit.message.text}"
    for report in read(words, local(visit.said_at), f"after:{kind.reads}").reports:
        changes = kind.from_report(report) if kind.from_report is not None and report.kind == "correction" else {}
        answers = {**old.answers, **changes}
        if report.get("action") != "cancel" and answers != old.answers:
            proceed(visit, replace(_draft(visit, old, answers), is_certain=False))
            return True
    return False


def _apply(visit: Visit, kind: CheckInKind, old: CheckIn, changes: Answers, *, is_certain: bool) -> None:
    source = _source(visit)
    left = what_is_left(visit, kind, old, changes, source)
    if left is not None:  # later words stand: only what they left as it was is changed
        if left:
            source = replace(source, said_at=old.said_at, is_edit=True)
        _correct(visit, kind, old, {**old.answers, **(left or changes)}, source)
        return
    answers = {**old.answers, **changes}
    if answers == old.answers and (visit.message.is_private or kind.is_private):  # what shall change was not understood
        offer_to_mend(visit, kind, old, UNCHANGED)
    elif is_certain and kind.mistake(answers, visit.today) is None:
        _correct(visit, kind, old, answers)
    else:
        proceed(visit, replace(_draft(visit, old, answers), is_certain=False))


def _take_back(visit: Visit, kind: CheckInKind, old: CheckIn, *, is_meant: bool) -> None:
    """ "đừng nhắn cho tôi nữa" may mean the journey or only our chatter: what no word of it says is shown, never done."""
    if is_meant:
        _withdraw(visit, kind, old)
    else:
        offer_to_mend(visit, kind, old, UNSURE)


def _withdraw(visit: Visit, kind: CheckInKind, old: CheckIn) -> None:
    source = _source(visit)
    if is_overtaken(old, source):
        text = what_stands(kind, old)
    else:
        withdraw(visit.tx, old, kind=kind, now=visit.now, said_at=source.said_at)
        text = f"↩️ Đã rút lại: {say_back(visit.tx, kind, old, visit.today)}."
    if must_not_be_told_here(visit, kind):
        visit.receive_quietly()
    say_discreetly(visit, kind, text)


def _press(visit: Visit, parts: list[str]) -> None:
    deed, check_in = parts[0], find_check_in(visit.tx, int(parts[1]))
    if check_in is None or check_in.state != CheckInState.CURRENT:
        visit.close_press("Bản này đã được sửa hoặc rút lại trước đó.")
    elif check_in.reported_by != visit.known.id and not visit.may(Right.REPORT_FOR_ANY_UNIT):
        visit.close_press("Chỉ người đã báo (hoặc Văn phòng) sửa được bản này.")
    elif deed == "undo":
        visit.close_press("Đã rút lại.")
        _withdraw(visit, kind_named(visit.tx, check_in.kind), check_in)
    else:
        visit.close_press()
        proceed(visit, _draft(visit, check_in, {}))


def _draft(visit: Visit, old: CheckIn, answers: Answers) -> Draft:
    return Draft(
        kind=old.kind,
        unit_id=old.unit_id,
        person_id=old.person_id,
        said=visit.message.text,
        message_id=visit.message.message_id if not visit.message.pressed else old.message_id,
        answers=answers,
        corrects=old.id,
    )


PRESSES: dict[str, Press] = {"mend": _press}
