"""What the author does with a published directive: sees who is missing, reminds at once, takes it back."""

from __future__ import annotations

from handlers.access import Right
from handlers.command import Press
from handlers.directives.board import refresh_board, said_of
from handlers.directives.chasing import PAUSE, chase_now, may_chase_again
from handlers.directives.missing import may_see_all, who_is_missing
from handlers.directives.publishing import withdraw
from handlers.directives.receipts import acknowledge
from handlers.directives.sheet import receipt_button, title
from handlers.telling import Buttons
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, and_more, bold, bullets
from storage.messages import Button
from storage.records.directives import (
    Directive,
    DirectiveState,
    count_receipts,
    directive_by_code,
    directives_by,
    directives_owed_by,
    find_directive,
)

LATEST = 5  # directives that are listed


def press_receipt(visit: Visit, parts: list[str]) -> None:
    """ "Đã nhận" under a directive or a reminder."""
    acknowledge(visit, int(parts[0]), "button")


def press_board(visit: Visit, parts: list[str]) -> None:
    """A button of the board: "receipts:<id>:who"."""
    directive = find_directive(visit.tx, int(parts[0]))
    step = STEPS.get(parts[1])
    if directive is None or step is None or not may_see_all(visit, directive) or not visit.message.is_private:
        visit.close_press(NOT_ALLOWED)
    elif directive.state != DirectiveState.PUBLISHED:
        visit.close_press("Chỉ đạo này đã được thu hồi rồi ạ.")
    else:
        visit.close_press(step(visit, directive))


def list_receipts(visit: Visit, text: str) -> None:
    """/chuanhan: what I owe, how mine stand; with a code: who has not received that one."""
    if not text:
        _answer_in_private(visit, *_overview(visit))
        return
    directive = directive_by_code(visit.tx, text)
    if directive is None or directive.state != DirectiveState.PUBLISHED:
        visit.reply(f"Không có chỉ đạo nào đang theo dõi với mã {text[:12]} ạ.")
    elif may_see_all(visit, directive):
        _answer_in_private(visit, who_is_missing(visit.tx, directive), _board_buttons(visit, directive))
    elif headed := visit.headed_unit_ids:
        _answer_in_private(visit, who_is_missing(visit.tx, directive, headed), ())
    else:
        visit.reply(NOT_ALLOWED)


def _overview(visit: Visit) -> tuple[str, Buttons]:
    every = directives_owed_by(visit.tx, visit.known.id)
    owed, rest = every[:LATEST], and_more(len(every) - LATEST, "chỉ đạo nữa.")
    mine = directives_by(visit.tx, visit.known.id, LATEST)
    parts = [
        "\n".join([bold("Anh/chị chưa xác nhận:"), bullets([title(one) for one in owed]), *rest]) if owed else "",
        f"{bold('Anh/chị đã phát hành:')}\n{bullets([_standing(visit, one) for one in mine])}" if mine else "",
    ]
    buttons = [(receipt_button(one, f"Đã nhận {one.code}"),) for one in owed]
    buttons += [(Button(f"Ai chưa nhận {one.code}", f"receipts:{one.id}:who"),) for one in mine]
    text = "\n\n".join(part for part in parts if part)
    return text or "Anh/chị không còn chỉ đạo nào chưa xác nhận ạ.", tuple(buttons)


def _standing(visit: Visit, directive: Directive) -> str:
    return f"{title(directive)}: {said_of(count_receipts(visit.tx, directive.id))}"


def _answer_in_private(visit: Visit, text: str, buttons: Buttons) -> None:
    """Names are for private chats, whatever room the question was asked in."""
    if visit.message.is_private:
        visit.reply(text, buttons=buttons)
    elif not visit.reply_privately(text, buttons=buttons):
        visit.reply("Xin nhắn riêng cho tôi để xem ạ.")


def _board_buttons(visit: Visit, directive: Directive) -> Buttons:
    row = [Button("Nhắc ngay", f"receipts:{directive.id}:chase")]
    if _may_withdraw(visit, directive):
        row.append(Button("Thu hồi", f"receipts:{directive.id}:withdraw"))
    return (tuple(row),)


def _may_withdraw(visit: Visit, directive: Directive) -> bool:
    return visit.known.id == directive.author_id and visit.may(Right.ISSUE_DIRECTIVES)


def _show_missing(visit: Visit, directive: Directive) -> str:
    visit.reply(who_is_missing(visit.tx, directive))
    return ""


def _chase(visit: Visit, directive: Directive) -> str:
    if not may_chase_again(directive, visit.now):
        return f"Vừa nhắc xong. Xin chờ {int(PAUSE.total_seconds()) // 60} phút giữa hai lần nhắc ạ."
    done = chase_now(visit.tx, directive.id, actor_id=visit.known.id, now=visit.now)
    return "Đã nhắc những người chưa nhận." if done else "Không còn ai phải nhắc ạ."


def _ask_to_withdraw(visit: Visit, directive: Directive) -> str:
    if not _may_withdraw(visit, directive):
        return NOT_ALLOWED
    buttons = (
        (
            Button("Thu hồi", f"receipts:{directive.id}:withdrawn"),
            Button("Không", f"receipts:{directive.id}:keep"),
        ),
    )
    visit.reply(f"Thu hồi chỉ đạo {title(directive)}? Mọi nhóm đã nhận sẽ được báo dừng thực hiện ạ.", buttons=buttons)
    return ""


def _withdraw(visit: Visit, directive: Directive) -> str:
    if not _may_withdraw(visit, directive):
        return NOT_ALLOWED
    return "Đã thu hồi và báo các nhóm." if withdraw(visit.tx, directive.id, visit.now) else "Đã thu hồi từ trước ạ."


def _keep(visit: Visit, directive: Directive) -> str:
    refresh_board(visit.tx, directive.id, visit.now)
    return "Vâng, chỉ đạo vẫn giữ nguyên."


STEPS = {
    "who": _show_missing,
    "chase": _chase,
    "withdraw": _ask_to_withdraw,
    "withdrawn": _withdraw,
    "keep": _keep,
}
PRESSES: dict[str, Press] = {"ack": press_receipt, "receipts": press_board}
