"""The dialogue in which an entitled person writes a directive: his words and file, and what he types while deciding."""

from __future__ import annotations

import re

from handlers.access import Right
from handlers.command import Continue, Press
from handlers.directives.cards import press
from handlers.directives.deciding import ASK_NUMBER, TOPIC, TYPED, press_directive, show_next, take_step, wait
from handlers.directives.drafts import (
    LONGEST,
    attach,
    change_draft,
    discard,
    first_document,
    own_draft,
    rewrite,
    write_draft,
)
from handlers.directives.secrecy import REFUSAL, is_stamped_secret
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, firm
from storage.messages import Act
from storage.records.audit import note
from storage.records.directives import Directive, directive_from_message
from understanding.phrases.normalize import fold

OPENING = re.compile(r"\s*chỉ\s+đạo\s*[:：]\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)

COMMAND = re.compile(r"\A/\w+(?:@\w+)?\s*")

ASK_CONTENT = (
    "Xin gửi nội dung chỉ đạo: chữ, hoặc tệp/ảnh kèm lời. Số văn bản và ngày nếu có thì ghi luôn trong nội dung ạ."
)
TOO_LONG = f"Nội dung dài quá {LONGEST} ký tự. Xin rút gọn, phần chi tiết gửi thành tệp kèm ạ."
ONLY_IN_PRIVATE = "Chỉ đạo được soạn trong tin nhắn riêng với tôi ạ. Xin gõ /chidao ở đó."
EDIT_IS_TOO_LATE = "Sửa tin này không đổi được gì nữa; nếu cần, xin thu hồi (/chuanhan kèm mã) rồi phát hành lại."


def opens_directive(text: str) -> str | None:
    """What stands after "chỉ đạo:", as a sentence of its own; None for any other line."""
    match = OPENING.fullmatch(text)
    if match is None:
        return None
    rest = match["rest"].strip()
    return rest[:1].upper() + rest[1:]


def begin(visit: Visit, rest: str) -> None:
    """/chidao, with or without words and a file."""
    if not visit.may(Right.ISSUE_DIRECTIVES):
        visit.reply(NOT_ALLOWED)
    elif not visit.message.is_private:
        visit.reply(ONLY_IN_PRIVATE)
    elif rest.strip() or visit.message.file is not None:
        _take_content(visit, rest, None)
    else:
        wait(visit, step="content")
        visit.reply(ASK_CONTENT, asks_reply=True)


def go_on(visit: Visit, state: dict[str, object]) -> bool:
    """The author's next words (or file) while he is drafting."""
    if not visit.may(Right.ISSUE_DIRECTIVES) or visit.message.act is not Act.TEXT:
        return False
    step, directive_id = str(state["step"]), state.get("id")
    if directive_id is None:
        _take_content(visit, visit.message.text, None)
        return True
    draft = own_draft(visit, int(str(directive_id)))
    if isinstance(draft, str):
        visit.forget_dialogue()
        return False
    return _continue_draft(visit, draft, step)


def take_edit(visit: Visit) -> bool:
    """The author changed the message his directive was written in; false if no directive came from it."""
    message = visit.message
    directive = directive_from_message(visit.tx, message.platform, message.chat_id, message.message_id or "")
    if directive is None or visit.person is None or visit.person.id != directive.author_id:
        return False
    draft = own_draft(visit, directive.id)
    if isinstance(draft, str):
        visit.reply(f"{draft} {EDIT_IS_TOO_LATE}")
    else:
        _take_content(visit, _without_opening(message.text), draft)
    return True


def _without_opening(text: str) -> str:
    rest = opens_directive(text)
    return COMMAND.sub("", text) if rest is None else rest


def _continue_draft(visit: Visit, draft: Directive, step: str) -> bool:
    text = visit.message.text
    if step == "content":
        _take_content(visit, text, draft)
    elif step == "number":
        _take_number(visit, draft, text)
    elif visit.message.file is not None:
        _take_file(visit, draft)
    else:
        return _take_word(visit, draft, text)
    return True


def _take_content(visit: Visit, text: str, draft: Directive | None) -> None:
    if _refuse(visit, text, draft):
        return
    directive = write_draft(visit, text) if draft is None else rewrite(visit, draft, text)
    if not directive.text:
        wait(visit, step="content", directive=directive)
        buttons = ((press(directive, "Chỉ gửi tệp", "fileonly"),), (press(directive, "Bỏ", "discard"),))
        visit.reply("Đã nhận tệp. Xin gửi thêm lời chỉ đạo, hoặc chọn “Chỉ gửi tệp” ạ.", buttons=buttons)
        return
    show_next(visit, directive)


def _take_file(visit: Visit, draft: Directive) -> None:
    """A file sent while deciding goes along."""
    if not _refuse(visit, visit.message.text, draft):
        show_next(visit, attach(visit, draft))


def _take_number(visit: Visit, draft: Directive, text: str) -> None:
    if _refuse(visit, text, draft):
        return
    document = first_document(f"số {text}")
    if document is None and not fold(text).strip(" .").startswith("khong"):
        visit.reply(f"Chưa đọc được số văn bản. {ASK_NUMBER}", asks_reply=True)
        return
    number, issued_on = (document.number, document.issued_on) if document else (None, None)
    show_next(visit, change_draft(visit.tx, draft, document_number=number, issued_on=issued_on))


def _take_word(visit: Visit, draft: Directive, text: str) -> bool:
    """A button's words, typed."""
    step = TYPED.get(firm(text))
    if step is None:
        return False
    take_step(visit, draft, list(step))
    return True


def _refuse(visit: Visit, text: str, draft: Directive | None) -> bool:
    """State secrets and what is too long go no further; of a secret nothing stays."""
    sent = visit.message.file
    if is_stamped_secret(text, sent.name if sent else ""):
        if draft is not None:
            discard(visit, draft)
        visit.forget_dialogue()
        visit.reply(REFUSAL)
        note(visit.tx, at=visit.now, actor_id=visit.known.id, act="directive.refused_secret", subject="directive")
        return True
    if len(text) > LONGEST:
        wait(visit, step="content", directive=draft)
        visit.reply(TOO_LONG)
        return True
    return False


PRESSES: dict[str, Press] = {TOPIC: press_directive}
DIALOGUES: dict[str, Continue] = {TOPIC: go_on}
