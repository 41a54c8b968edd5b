"""The receipt of a report: one line with what was kept, what goes with it, and the ways to mend it."""

from __future__ import annotations

from handlers.approvals import line_for_traveller
from handlers.check_in import CheckInKind
from handlers.duty.missed import tell_of_missed_turns
from handlers.reporting.overlapping import overlapped
from handlers.reporting.overtaking import tell_overtaken
from handlers.reporting.saying_back import say_back
from handlers.risk_areas import warning_for
from handlers.telling import Buttons
from handlers.visit import Visit
from storage.messages import Button, Marks
from storage.records.approvals import approval_of
from storage.records.check_ins import CheckIn, CheckInState

MEND_OR_TAKE_BACK = "Anh/chị muốn sửa hay rút lại ạ?"
ALSO_THEN = "Trùng ngày với bản đã báo trước: {told}. Nếu bản mới thay bản đó, xin chọn “Rút bản trước”; nếu cả hai đều đúng thì thôi."
TAKE_OTHER_BACK = "Rút bản trước"
STILL_SHOWN = "Tin gốc còn hiện trong nhóm; muốn giữ kín, anh/chị xóa tin đó giúp."
HEALTH = "health"


def read_back(visit: Visit, kind: CheckInKind, kept: CheckIn, *, is_correction: bool = False) -> None:
    """One short line with what was kept and ways to mend it; in a room, of a private kind, only that it was received."""
    if kept.state != CheckInState.CURRENT:
        tell_overtaken(visit, kind, kept)
        return
    text, buttons = _receipt(visit, kind, kept, is_correction=is_correction)
    missed = tell_of_missed_turns(visit.tx, kind, kept, visit.now)
    text = f"{text}\n{missed}".strip()
    about = f"check_in/{kept.id}"
    if visit.message.is_private:
        visit.reply(text, buttons=buttons, about=about, marks=Marks.WORDS, is_receipt=True)
        return
    visit.receive_quietly()
    if kind.is_private:
        aside = f"{text}\n{STILL_SHOWN}" if _is_about_somebody(kind, kept) else text
        visit.reply_privately(aside, buttons=buttons, about=about, marks=Marks.WORDS, is_receipt=True)
    elif missed:
        visit.reply_privately(missed, about=about)


def _receipt(visit: Visit, kind: CheckInKind, kept: CheckIn, *, is_correction: bool) -> tuple[str, Buttons]:
    """What was kept, a warning of the place, where his leave stands, what it may replace; and the ways to mend these."""
    what, late = "Đã sửa" if is_correction else "Đã ghi", " (muộn)" if kept.is_late else ""
    lines = [f"✅ {what}{late}: {say_back(visit.tx, kind, kept, visit.today)}."]
    if kind.leads_to is not None and (warning := warning_for(visit.tx, kept.id)):
        lines.append(warning)
    if kind.leave is not None and (approval := approval_of(visit.tx, kept.id)) is not None:
        lines.append(line_for_traveller(visit.tx, approval))
    buttons: Buttons = (_ways_to_mend(kept),)
    if (other := overlapped(visit.tx, kind, kept)) is not None:
        lines.append(ALSO_THEN.format(told=kind.say(other.answers)))
        buttons = (*buttons, (Button(TAKE_OTHER_BACK, f"mend:undo:{other.id}"),))
    return "\n".join(lines), buttons


def _is_about_somebody(kind: CheckInKind, kept: CheckIn) -> bool:
    """Of an illness or a journey the room need not know; a fire it should."""
    return kind.incident(kept.answers) is None or kind.field(kept.answers) == HEALTH


def _ways_to_mend(kept: CheckIn) -> tuple[Button, ...]:
    return Button("Sửa", f"mend:fix:{kept.id}"), Button("Rút lại", f"mend:undo:{kept.id}")


def offer_to_mend(visit: Visit, kind: CheckInKind, kept: CheckIn, text: str) -> None:
    """What stands, put into `text`, with the ways to mend it; in private."""
    buttons = (_ways_to_mend(kept),)
    told = say_back(visit.tx, kind, kept, visit.today)
    visit.reply_privately(text.format(told), buttons=buttons, about=f"check_in/{kept.id}", marks=Marks.WORDS)
