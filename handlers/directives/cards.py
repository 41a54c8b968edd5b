"""The messages with buttons that lead an author from his words to the published directive."""

from __future__ import annotations

from handlers.directives.audience import Reach, audience_of, chosen_units, find_reach, named
from handlers.directives.drafts import change_draft
from handlers.directives.sheet import file_of, paper_of, sheet
from handlers.files.kinds import BY_KIND, Seen
from handlers.telling import Buttons
from handlers.telling.windows import why_out_of_reach
from handlers.visit import Visit
from handlers.wording import bold
from storage import outbox
from storage.messages import Button, Lane, OutgoingMessage
from storage.records.chats import Audience
from storage.records.directives import Directive
from storage.records.files import find_file
from storage.records.people import Person
from storage.records.units import Unit, UnitKind, units_on

UNITS_ON_A_PAGE = 12
NAMED = 12  # people named in the counts


def press(directive: Directive, text: str, *parts: object) -> Button:
    return Button(text, ":".join(str(part) for part in ("directive", directive.id, *parts)))


def new_card(visit: Visit, directive: Directive, text: str, buttons: Buttons) -> Directive:
    """A fresh message at the end of the chat; the buttons of the card before stay where they are, and still work."""
    directive = change_draft(visit.tx, directive, card=directive.card + 1)
    turn_card(visit, directive, text, buttons)
    return directive


def turn_card(visit: Visit, directive: Directive, text: str, buttons: Buttons = ()) -> None:
    """Change the card the author sees last."""
    message = OutgoingMessage(platform=directive.platform, chat_id=directive.chat_id, text=text, buttons=buttons)
    key = f"{directive.about}/card/{directive.card}"
    outbox.put_board(
        visit.tx, message, key=key, lane=Lane.ANSWER, now=visit.now, about=f"card/{directive.id}", is_news=True
    )


def recognised(visit: Visit, directive: Directive) -> str:
    """What was understood of the words, said back."""
    stored = None if directive.file_id is None else find_file(visit.tx, directive.file_id)
    paper = paper_of(directive)
    lines = [
        f"• Văn bản: {paper}" if paper else "• Không thấy số văn bản (nếu có, chọn “Sửa” ở bước sau)",
        f"• Kèm {BY_KIND.get(stored.kind, Seen.FILE)}: {stored.name}" if stored else "",
    ]
    return "Đã nhận nội dung chỉ đạo.\n" + "\n".join(line for line in lines if line)


def audience_buttons(directive: Directive) -> Buttons:
    return (
        (
            press(directive, "Lãnh đạo", "to", Audience.LEADERS),
            press(directive, "Trưởng các đơn vị", "to", Audience.MANAGERS),
        ),
        (press(directive, "Toàn thể", "to", Audience.EVERYONE), press(directive, "Chọn đơn vị", "units", 0)),
        (press(directive, "Bỏ", "discard"),),
    )


def ask_audience(visit: Visit, directive: Directive) -> Directive:
    text = f"{recognised(visit, directive)}\n\nGửi tới ai ạ? (Có thể gửi thêm một tệp hoặc ảnh trước khi chọn.)"
    return new_card(visit, directive, text, audience_buttons(directive))


def show_units(visit: Visit, directive: Directive, page: int) -> None:
    """The toggling list of units."""
    listed = pickable_units(visit)
    chosen = set(chosen_units(directive.audience))
    start = page * UNITS_ON_A_PAGE
    toggles = [
        press(directive, f"{'✓ ' if unit.id in chosen else ''}{unit.short_name}", "unit", unit.id, page)
        for unit in listed[start : start + UNITS_ON_A_PAGE]
    ]
    rows = [tuple(toggles[i : i + 2]) for i in range(0, len(toggles), 2)]
    turn = [press(directive, "‹ Trước", "units", page - 1)] if page else []
    turn += [press(directive, "Tiếp ›", "units", page + 1)] if start + UNITS_ON_A_PAGE < len(listed) else []
    last = (press(directive, f"Xong ({len(chosen)})", "done"), press(directive, "Quay lại", "audience"))
    buttons = (*rows, *([tuple(turn)] if turn else []), last)
    names = named(visit.tx, audience_of(unit_ids=chosen)) or "chưa chọn"
    turn_card(visit, directive, f"Xin chọn đơn vị nhận; chọn lần nữa là bỏ.\nĐang chọn: {names}", buttons)


def pickable_units(visit: Visit) -> list[Unit]:
    return [unit for unit in units_on(visit.tx, visit.today) if unit.kind != UnitKind.ORGANIZATION]


def show_preview(visit: Visit, directive: Directive) -> Directive:
    """The sheet exactly as the rooms will see it, then the counts with the buttons that decide."""
    reach = find_reach(visit.tx, directive.audience, visit.today, author_id=directive.author_id)
    audience = named(visit.tx, directive.audience)
    if directive.card:
        turn_card(visit, directive, f"Nơi nhận: {audience}. Xin xem trước dưới đây ạ.")
    visit.reply(sheet(directive), file=file_of(visit.tx, directive, directive.platform))
    decide = ((press(directive, "Phát hành", "publish"),),) if reach.debtors else ()
    rest = ((press(directive, "Sửa", "edit"), press(directive, "Bỏ", "discard")),)
    why = why_out_of_reach(visit.tx, [person.id for person in reach.beyond], visit.now)
    return new_card(visit, directive, _counts(audience, reach, why), (*decide, *rest))


def _counts(audience: str, reach: Reach, why_beyond: str) -> str:
    if not reach.debtors:
        return f"Nơi nhận {audience} hiện không có ai phải xác nhận nên chưa phát hành được ạ. Xin chọn nơi nhận khác."
    privately = f", {len(reach.privately)} người nhận riêng" if reach.privately else ""
    lines = [
        bold("Xem trước: trên đây là đúng tin các nhóm sẽ nhận, kèm phần trả lời “Đã nhận”."),
        f"Nơi nhận: {audience}",
        f"{len(reach.rooms)} nhóm{privately}; {len(reach.debtors)} người phải xác nhận.",
        _listing("chưa liên kết tài khoản", reach.unlinked),
        _listing(f"không ở nhóm nào và chưa nhắn riêng được{f' ({why_beyond})' if why_beyond else ''}", reach.beyond),
        "Phát hành chứ ạ?",
    ]
    return "\n".join(line for line in lines if line)


def _listing(what: str, people: tuple[Person, ...]) -> str:
    if not people:
        return ""
    names = ", ".join(person.full_name for person in people[:NAMED])
    return f"{len(people)} người {what}: {names}{'…' if len(people) > NAMED else ''}"


def show_edit_menu(visit: Visit, directive: Directive) -> None:
    file_row = ((press(directive, "Bỏ tệp kèm", "nofile"),),) if directive.file_id is not None else ()
    buttons = (
        (press(directive, "Nội dung", "text"), press(directive, "Số văn bản", "number")),
        (press(directive, "Nơi nhận", "audience"),),
        *file_row,
        (press(directive, "Quay lại xem trước", "preview"), press(directive, "Bỏ", "discard")),
    )
    turn_card(visit, directive, "Sửa phần nào ạ? (Gửi tệp hoặc ảnh mới ở đây để thay tệp kèm.)", buttons)
