"""A kind of the office's own as it reads: in the list, as the text it was written in, as a preview before it is saved."""

from __future__ import annotations

from handlers.defining.keeping import definition_of, first_asked, is_built_in
from handlers.kinds import all_kinds
from handlers.local_time import full_day
from handlers.own_kinds import Definition, as_text, make, name_of
from handlers.visit import Visit
from handlers.wording import bold, bullets
from storage.messages import Button

HOW = (
    "Viết trong một tin, mỗi câu hỏi một dòng, ví dụ:\n"
    "/loaibao Kiểm tra phòng cháy\n"
    "hỏi: đơn vị, hằng ngày 8:00-9:00\n"
    "- Số bình chữa cháy (số)\n"
    "- Tình trạng (chọn: tốt, cần thay)\n"
    "- Ảnh (ảnh, không bắt buộc)"
)
OLD = "Phần này đã xong hoặc đã quá giờ. Xin gõ /loaibao để bắt đầu lại."


def list_kinds(visit: Visit) -> None:
    """The office's own kinds, each with its button."""
    own = [kind for kind in all_kinds(visit.tx).values() if not is_built_in(kind.name)]
    lines = [f"{kind.title}{' (đã dừng)' if kind.is_stopped else ''}" for kind in own]
    rows: list[tuple[Button, ...]] = [
        (
            Button(f"Xem {kind.title}"[:40], f"kind:show:{kind.name}"),
            Button(
                "Mở lại" if kind.is_stopped else "Dừng", f"kind:{'open' if kind.is_stopped else 'stop'}:{kind.name}"
            ),
        )
        for kind in own
    ]
    shown = bullets(lines) or "Chưa có loại nào."
    rows.append((Button("Tạo loại mới", "kind:new"),))
    visit.reply(f"{bold('Các loại báo cáo do cơ quan tự đặt')}\n{shown}\n\n{HOW}", buttons=tuple(rows))


def show(visit: Visit, name: str) -> None:
    """The text of a kind, to be copied and changed."""
    kind = all_kinds(visit.tx)[name]
    deed, label = ("open", "Mở lại") if kind.is_stopped else ("stop", "Dừng")
    text = as_text(definition_of(visit.tx, name))
    how = "Muốn sửa, xin gửi lại cả đoạn sau đã sửa (giữ nguyên tên):"
    visit.reply(f"{how}\n/loaibao {text}", buttons=((Button(label, f"kind:{deed}:{name}"),),))


def preview(visit: Visit, definition: Definition) -> str:
    name = name_of(definition.title)
    asks = [question.ask for question in make(definition, name=name).questions]
    parts = [f"{bold('Tôi hiểu là:')}\n{as_text(definition)}", f"{bold('Người báo sẽ được hỏi:')}\n{bullets(asks)}"]
    if definition.schedule is not None:
        parts.append(f"{first_time(visit, definition)}.")
    else:
        parts.append(f"Ai cần báo thì gõ “{definition.title.lower()}”.")
    if name in all_kinds(visit.tx):
        parts.append("Loại này đã có: bản mới thay bản cũ từ bây giờ, các tin đã báo vẫn giữ nguyên.")
    return "\n\n".join([*parts, "Lưu chứ ạ?"])


def first_time(visit: Visit, definition: Definition) -> str:
    if definition.schedule is None:
        return "Báo khi có việc"
    day = first_asked(visit.tx, definition.schedule, visit.now)
    return f"Hỏi lần đầu ngày {full_day(day)} lúc {definition.schedule.opens}"
