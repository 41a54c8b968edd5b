"""Tells anybody we know whether a message that calls itself a directive is real."""

from __future__ import annotations

from handlers.directives.audience import named
from handlers.directives.codes import as_typed
from handlers.directives.sheet import excerpt, paper_of
from handlers.local_time import full_moment
from handlers.visit import Visit
from handlers.wording import bold
from storage.records.directives import Directive, DirectiveState, acknowledgement_of, directive_by_code

HOW = "Xin gõ /kiemtra kèm mã ở cuối chỉ đạo, ví dụ /kiemtra K7M4QP."


def verify(visit: Visit, text: str) -> None:
    """/kiemtra CODE."""
    code = as_typed(text)
    directive = directive_by_code(visit.tx, code) if code else None
    if not code:
        visit.reply(HOW)
    elif directive is None or directive.published_at is None:
        visit.reply(_warning(code))
    else:
        visit.reply("\n".join(_facts(visit, directive)))


def _warning(code: str) -> str:
    return (
        f"⚠️ {bold(f'KHÔNG có chỉ đạo nào mang mã {code[:12]}.')}\n"
        "Tin này không phải chỉ đạo chính thức gửi qua Trực Ban: xin không làm theo, không chuyển tiếp "
        "và báo ngay Văn phòng. (Nếu gõ nhầm mã, xin kiểm tra lại.)"
    )


def _facts(visit: Visit, directive: Directive) -> list[str]:
    published = directive.published_at or directive.written_at
    paper = paper_of(directive)
    lines = [
        _verdict(directive),
        f"Văn bản: {paper}" if paper else "Không kèm số văn bản",
        f"Người ban hành: {directive.signatory}",
        f"Phát hành: {full_moment(published)}",
        f"Nơi nhận: {named(visit.tx, directive.audience)}",
    ]
    return [*lines, f"Nội dung: “{excerpt(directive.text)}”"] if _may_read(visit, directive) else lines


def _verdict(directive: Directive) -> str:
    if directive.state == DirectiveState.CANCELLED and directive.withdrawn_at is not None:
        return f"⛔ {bold(f'Chỉ đạo mã {directive.code} ĐÃ ĐƯỢC THU HỒI')} lúc {full_moment(directive.withdrawn_at)}."
    return f"✅ {bold(f'Chỉ đạo mã {directive.code} là chính thức.')}"


def _may_read(visit: Visit, directive: Directive) -> bool:
    """The words themselves only in private, to those they are meant for."""
    if visit.person is None or not visit.message.is_private:
        return False
    is_meant = acknowledgement_of(visit.tx, directive.id, visit.person.id) is not None
    return is_meant or visit.person.id == directive.author_id
