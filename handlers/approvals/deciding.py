"""Taking the decision: by a button or a word; who asked leave hears every step, and sending back needs a reason."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from handlers.abouts import ids_in
from handlers.approvals.asking import ask_next, candidates, decision_buttons, in_a_line, reread, what_is_asked
from handlers.approvals.following import standing_of
from handlers.approvals.machine import Agreed, Move, Returned, Why, next_standing
from handlers.command import Continue, Press
from handlers.local_time import clock_time
from handlers.telling import Buttons, tell_person
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, and_more, firm
from storage.messages import Button, Lane
from storage.records import audit
from storage.records.approvals import (
    Act,
    Approval,
    ApprovalState,
    agreed_steps,
    approvals_asked_of,
    change_approval,
    find_approval,
    hold_approval,
    note_step,
)
from storage.records.dialogues import Dialogue
from storage.records.people import find_person
from understanding.phrases.normalize import nfc

TOPIC = "leave"
MOST_OFFERED = 20
PATIENCE = timedelta(minutes=30)
ASK_REASON = "Xin ghi lý do trả lại để người xin phép biết ạ."
PAST = {
    Why.OLD_BUTTON: "Đơn này đã được sửa hoặc đã sang bước khác. Xin xem tin mới nhất.",
    Why.DECIDED: "Đơn này đã có quyết định hoặc đã rút.",
}
YES = re.compile(r"(toi |anh |chi |em )?(dong y|nhat tri|duyet)( cho di| cho nghi)?( a| nhe| nha| em| em nhe)?")
NO = re.compile(r"(?P<no>trả lại|tra lai|không đồng ý|khong dong y|không duyệt|khong duyet)(?P<rest>\W.*|$)", re.DOTALL)


def take_words(visit: Visit, abouts: list[str]) -> bool:
    """ "đồng ý" or "trả lại: …" to a request, or where only one waits for this person; false if it is neither."""
    text = visit.message.text.strip()
    is_yes = YES.fullmatch(firm(text)) is not None
    refused = None if is_yes else NO.fullmatch(nfc(text).casefold())
    if not is_yes and refused is None:
        return False
    meant = _meant(visit, abouts)
    if len(meant) == 1:
        reason = "" if refused is None else _reason(text, refused)
        _answer(visit, meant[0], is_yes=is_yes, reason=reason)
    elif meant:
        list_for_decision(visit, meant)
    return bool(meant)


def _meant(visit: Visit, abouts: list[str]) -> list[Approval]:
    """What the words decide: what they answer, else what waits for this person (told in private only)."""
    named = ids_in(abouts, "approval")
    found = [approval for each in named if (approval := find_approval(visit.tx, each)) is not None]
    if found or abouts or not visit.message.is_private:
        return found
    return approvals_asked_of(visit.tx, visit.known.id)


def _reason(text: str, refused: re.Match[str]) -> str:
    return nfc(text)[refused.start("rest") :].strip(" :.,-–\n").removeprefix("vì ").strip()


def _answer(visit: Visit, approval: Approval, *, is_yes: bool, reason: str) -> None:
    if is_yes:
        agree(visit, approval, approval.round, approval.step)
    elif reason:
        send_back(visit, approval, approval.round, approval.step, reason)
    else:
        _ask_reason(visit, approval)


def list_for_decision(visit: Visit, waiting: list[Approval]) -> None:
    """What waits for this person, the soonest journey first, with buttons."""
    shown = list(enumerate(waiting[:MOST_OFFERED], start=1))
    lines = [f"{number}. {in_a_line(visit.tx, each)}" for number, each in shown]
    lines += and_more(len(waiting) - MOST_OFFERED, "đơn nữa.")
    rows = tuple(decision_buttons(each, str(number)) for number, each in shown)
    visit.reply("\n".join([f"Có {len(waiting)} đơn chờ anh/chị duyệt:", *lines]), buttons=rows)


def _press(visit: Visit, parts: list[str]) -> None:
    """ "leave:yes:<approval>:<round>:<step>"."""
    deed, approval_id, asked_round, step = parts[0], *(int(part) for part in parts[1:4])
    approval = find_approval(visit.tx, approval_id)
    if approval is None:
        visit.close_press("Đơn này không còn trong sổ.")
    elif deed == "yes":
        agree(visit, approval, asked_round, step)
    elif (trouble := _trouble(visit, approval, Returned(asked_round, step))) is not None:
        visit.close_press(trouble)
    else:
        visit.close_press()
        _ask_reason(visit, approval)


def _ask_reason(visit: Visit, approval: Approval) -> None:
    visit.keep(
        Dialogue(
            topic=TOPIC,
            state={"id": approval.id, "round": approval.round, "step": approval.step},
            expires_at=visit.now + PATIENCE,
        )
    )
    visit.reply(f"{ASK_REASON}\n{in_a_line(visit.tx, approval)}", asks_reply=True)


def _go_on(visit: Visit, state: dict[str, Any]) -> bool:
    """The reason that was asked for."""
    reason = nfc(visit.message.text).strip()
    approval = find_approval(visit.tx, int(state["id"]))
    if len(reason) < 2 or approval is None:
        return False
    visit.forget_dialogue()
    send_back(visit, approval, int(state["round"]), int(state["step"]), reason)
    return True


def agree(visit: Visit, approval: Approval, asked_round: int, step: int) -> None:
    """One step further: the next one is asked, or leave is given."""
    event = Agreed(asked_round, step)
    approval = hold_approval(visit.tx, approval.id) or approval
    if (trouble := _trouble(visit, approval, event)) is not None:
        visit.answer_shortly(trouble)
        return
    while True:  # who stands in for one step need not be asked again for the next
        move = next_standing(standing_of(approval), event)
        note_step(visit.tx, approval, Act.AGREED, visit.known.id, visit.now)
        approval = _move(visit, approval, move)
        if move.why is not Why.NEXT_STEP or not _has_agreed(visit, approval):
            break
        event = Agreed(approval.round, approval.step)
    _note(visit, approval, "leave_agreed")
    if move.why is Why.APPROVED:
        visit.answer_shortly(f"Đã duyệt. Tôi báo {_called(visit, approval)} ngay.")
        _tell_traveller(visit, approval, f"✅ {visit.known.called} đã đồng ý. Đơn đã được duyệt")
        return
    _pass_on(visit, ask_next(visit.tx, approval, visit.now))


def _pass_on(visit: Visit, approval: Approval) -> None:
    asked = find_person(visit.tx, approval.asked_id) if approval.asked_id else None
    following = asked.called if asked else "người duyệt tiếp theo"
    visit.answer_shortly(f"Đã ghi ý kiến đồng ý. Đơn chuyển tới {following}.")
    _tell_traveller(visit, approval, f"👍 {visit.known.called} đã đồng ý. Đơn đang chờ {following} duyệt")


def send_back(visit: Visit, approval: Approval, asked_round: int, step: int, reason: str) -> None:
    """With its reason, to whoever asked leave and to those who had agreed."""
    event = Returned(asked_round, step)
    approval = hold_approval(visit.tx, approval.id) or approval
    if (trouble := _trouble(visit, approval, event)) is not None:
        visit.answer_shortly(trouble)
        return
    note_step(visit.tx, approval, Act.RETURNED, visit.known.id, visit.now)
    change_approval(visit.tx, approval.id, comment=reason)
    approval = _move(visit, approval, next_standing(standing_of(approval), event))
    _note(visit, approval, "leave_returned")
    visit.answer_shortly(f"Đã trả lại. Tôi báo {_called(visit, approval)} kèm lý do.")
    text = f"↩️ {visit.known.called} trả lại đơn, lý do: {approval.comment}\n"
    _tell_traveller(visit, approval, text + "Anh/chị có thể sửa rồi tôi gửi xin duyệt lại, hoặc rút lại. Đơn")
    _tell_who_agreed(visit, approval)


def _trouble(visit: Visit, approval: Approval, event: Agreed | Returned) -> str | None:
    """Why this person cannot decide this now; none if he can."""
    if (why := next_standing(standing_of(approval), event).why) in PAST:
        return PAST[why]
    may = {person.id for person in candidates(visit.tx, approval, visit.now)}
    return None if visit.known.id in may or visit.known.id == approval.asked_id else NOT_ALLOWED


def _move(visit: Visit, approval: Approval, move: Move) -> Approval:
    is_decided = move.why is not Why.NEXT_STEP
    change_approval(
        visit.tx,
        approval.id,
        state=move.standing.state,
        step=move.standing.step,
        asked_id=None,
        next_at=None,
        decided_at=visit.now if is_decided else None,
    )
    return reread(visit.tx, approval.id)


def _has_agreed(visit: Visit, approval: Approval) -> bool:
    """Is the first to be asked for this step somebody who has agreed to an earlier one?"""
    found = candidates(visit.tx, approval, visit.now)
    return bool(found) and found[0].id in _who_agreed(visit, approval)


def _who_agreed(visit: Visit, approval: Approval) -> set[int]:
    """To a step of this round."""
    return {step.person_id for step in agreed_steps(visit.tx, approval) if step.person_id is not None}


def _tell_traveller(visit: Visit, approval: Approval, what: str) -> None:
    kind, check_in = what_is_asked(visit.tx, approval)
    text = f"{what}: {kind.title.lower()}, {kind.say(check_in.answers)} ({clock_time(visit.now)})."
    key = f"{approval.about}/{approval.round}/{approval.step}/{approval.state}"
    about, buttons = f"check_in/{check_in.id}", mending_buttons(approval)
    for person_id in sorted({approval.person_id, check_in.reported_by} - {visit.known.id}):
        tell_person(visit.tx, person_id, text, key=key, lane=Lane.ANSWER, now=visit.now, about=about, buttons=buttons)


def mending_buttons(approval: Approval) -> Buttons:
    """What was sent back can be mended at once."""
    if approval.state != ApprovalState.RETURNED:
        return ()
    check_in_id = approval.check_in_id
    return ((Button("Sửa", f"mend:fix:{check_in_id}"), Button("Rút lại", f"mend:undo:{check_in_id}")),)


def _tell_who_agreed(visit: Visit, approval: Approval) -> None:
    """Who agreed to an earlier step should know what became of it."""
    text = f"↩️ {visit.known.called} trả lại đơn anh/chị đã đồng ý: {in_a_line(visit.tx, approval)}\nLý do: {approval.comment}"
    key = f"{approval.about}/{approval.round}/returned-after"
    for person_id in sorted(_who_agreed(visit, approval) - {visit.known.id}):
        tell_person(visit.tx, person_id, text, key=key, lane=Lane.ANSWER, now=visit.now)


def _called(visit: Visit, approval: Approval) -> str:
    person = find_person(visit.tx, approval.person_id)
    return person.called if person else "người xin phép"


def _note(visit: Visit, approval: Approval, act: str) -> None:
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act=act, subject=approval.about, step=approval.step)


PRESSES: dict[str, Press] = {"leave": _press}
DIALOGUES: dict[str, Continue] = {TOPIC: _go_on}
