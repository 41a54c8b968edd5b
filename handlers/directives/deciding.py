"""The steps of a draft that its buttons take: audience, units, corrections, and the word that sends it out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from handlers.directives.audience import audience_of, chosen_audiences, chosen_units
from handlers.directives.cards import (
    ask_audience,
    audience_buttons,
    show_edit_menu,
    show_preview,
    show_units,
    turn_card,
)
from handlers.directives.drafts import change_draft, detach, discard, own_draft, reread
from handlers.directives.publishing import publish
from handlers.visit import Visit
from handlers.wording import bold
from storage.records.chats import Audience
from storage.records.dialogues import Dialogue
from storage.records.directives import Directive, DirectiveState

TOPIC = "directive"
PATIENCE = timedelta(hours=2)
ASK_NUMBER = "Xin ghi số văn bản, ví dụ “1722/UBND-KGVX ngày 27/5/2021”, hoặc “không có”."


def show_next(visit: Visit, directive: Directive) -> None:
    """The preview once the audience is known, else the question for it."""
    is_addressed = chosen_audiences(directive.audience) or chosen_units(directive.audience)
    wait(visit, step="deciding", directive=directive)
    if is_addressed:
        show_preview(visit, directive)
    else:
        ask_audience(visit, directive)


def wait(visit: Visit, *, step: str, directive: Directive | None = None) -> None:
    state = {"step": step, "id": None if directive is None else directive.id}
    visit.keep(Dialogue(topic=TOPIC, state=state, expires_at=visit.now + PATIENCE))


def press_directive(visit: Visit, parts: list[str]) -> None:
    """A button of a card: "directive:<id>:<step>:…"."""
    draft = own_draft(visit, int(parts[0]))
    if isinstance(draft, str):
        visit.close_press(draft)
        return
    take_step(visit, draft, parts[1:])
    visit.close_press()


def take_step(visit: Visit, draft: Directive, parts: list[str]) -> None:
    step = STEPS.get(parts[0])
    if step is not None:
        step(visit, draft, parts[1:])


def _choose_audience(visit: Visit, draft: Directive, rest: list[str]) -> None:
    show_next(visit, change_draft(visit.tx, draft, audience=audience_of(Audience(rest[0]))))


def _ask_audience_again(visit: Visit, draft: Directive, _rest: list[str]) -> None:
    draft = change_draft(visit.tx, draft, audience={})
    turn_card(visit, draft, "Gửi tới ai ạ?", audience_buttons(draft))


def _list_units(visit: Visit, draft: Directive, rest: list[str]) -> None:
    show_units(visit, draft, max(0, int(rest[0])))


def _toggle_unit(visit: Visit, draft: Directive, rest: list[str]) -> None:
    chosen = set(chosen_units(draft.audience)) ^ {int(rest[0])}
    draft = change_draft(visit.tx, draft, audience=audience_of(unit_ids=chosen))
    show_units(visit, draft, int(rest[1]))


def _end_choosing(visit: Visit, draft: Directive, _rest: list[str]) -> None:
    if chosen_units(draft.audience):
        show_next(visit, draft)
    else:
        show_units(visit, draft, 0)


def _publish(visit: Visit, draft: Directive, _rest: list[str]) -> None:
    reach = publish(visit.tx, draft.id, visit.now)
    if reach is None:
        if reread(visit.tx, draft.id).state == DirectiveState.DRAFT:  # nobody left in the audience
            _ask_audience_again(visit, draft, [])
        return
    visit.forget_dialogue()
    done = f"✅ {bold('Đã phát hành')} chỉ đạo mã {draft.code} tới {len(reach.rooms)} nhóm, {len(reach.debtors)} người."
    turn_card(visit, draft, f"{done}\nBảng theo dõi người nhận ở ngay dưới ạ.")


def _edit(visit: Visit, draft: Directive, _rest: list[str]) -> None:
    wait(visit, step="deciding", directive=draft)
    show_edit_menu(visit, draft)


def _edit_text(visit: Visit, draft: Directive, _rest: list[str]) -> None:
    wait(visit, step="content", directive=draft)
    visit.reply("Xin gửi lại toàn bộ nội dung ạ.", asks_reply=True)


def _edit_number(visit: Visit, draft: Directive, _rest: list[str]) -> None:
    wait(visit, step="number", directive=draft)
    visit.reply(ASK_NUMBER, asks_reply=True)


def _preview(visit: Visit, draft: Directive, _rest: list[str]) -> None:
    show_next(visit, draft)


def _send_only_file(visit: Visit, draft: Directive, _rest: list[str]) -> None:
    show_next(visit, change_draft(visit.tx, draft, text="Xin xem và thực hiện theo văn bản kèm theo."))


def _drop_file(visit: Visit, draft: Directive, _rest: list[str]) -> None:
    show_next(visit, detach(visit, draft))


def _discard(visit: Visit, draft: Directive, _rest: list[str]) -> None:
    discard(visit, draft)
    visit.forget_dialogue()
    if draft.card:
        turn_card(visit, draft, "Đã bỏ bản thảo, không gửi gì ạ.")
    else:
        visit.reply("Đã bỏ bản thảo, không gửi gì ạ.")


STEPS: dict[str, Callable[[Visit, Directive, list[str]], None]] = {
    "to": _choose_audience,
    "audience": _ask_audience_again,
    "units": _list_units,
    "unit": _toggle_unit,
    "done": _end_choosing,
    "publish": _publish,
    "edit": _edit,
    "text": _edit_text,
    "number": _edit_number,
    "preview": _preview,
    "fileonly": _send_only_file,
    "nofile": _drop_file,
    "discard": _discard,
}
TYPED = {
    "lanh dao": ("to", Audience.LEADERS),
    "truong cac don vi": ("to", Audience.MANAGERS),
    "truong don vi": ("to", Audience.MANAGERS),
    "toan the": ("to", Audience.EVERYONE),
    "tat ca": ("to", Audience.EVERYONE),
    "chon don vi": ("units", "0"),
    "xong": ("done",),
    "phat hanh": ("publish",),
    "sua": ("edit",),
    "sua noi dung": ("text",),
    "so van ban": ("number",),
    "noi nhan": ("audience",),
    "chi gui tep": ("fileonly",),
    "bo": ("discard",),
    "huy": ("discard",),
}
