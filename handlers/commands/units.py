"""/donvi: the tree of units; the office merges one into another, dissolves one, opens one again."""

from __future__ import annotations

import re

from handlers.access import Right
from handlers.command import Command, Place, Press
from handlers.local_time import full_day
from handlers.naming import unit_meant
from handlers.setting_up.merging import end_unit, open_unit_again, who_goes_along, who_has_no_other_post
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, OLD_BUTTON, and_more, bold, bullets, number
from storage.holding import hold
from storage.messages import Button
from storage.records.people import count_by_unit
from storage.records.people import people_named as people_with_ids
from storage.records.units import Unit, UnitKind, ended_units, find_unit, units, units_on, with_all_below
from understanding.phrases.normalize import fold, nfc

HOW = (
    "Sáp nhập: /donvi sáp nhập Phòng XNK vào Phòng QLTM\n"
    "Giải thể: /donvi giải thể Phòng XNK · mở lại: /donvi mở lại Phòng XNK\n"
    "Thêm, đổi tên, đổi người: gửi danh sách cán bộ (/maunhansu)."
)
MERGES = tuple(
    re.compile(rf"(?:sap nhap|nhap|gop)\s+(?P<unit>.+?)\s+{joint}\s+(?P<into>.+)") for joint in ("vao", "voi", "ve")
)
"""Without marks "về" is also the second word of "Tổ Bảo vệ": the clearer ones are looked for first."""
DISSOLVE = re.compile(r"(?:giai the|dong|ngung|bo|xoa)\s+(?P<unit>.+)")
AGAIN = re.compile(r"(?:mo lai|khoi phuc)\s+(?P<unit>.+)")
FIXED = "{unit} là nơi giữ quyền thiết lập nên không sáp nhập, giải thể ở đây được."
NO_SUCH_END = "Không có đơn vị nào đã giải thể tên là “{name}”."
MOST = 60
MOST_NAMES = 12
TOPIC = "unit"
NOBODY = 0


def run(visit: Visit, rest: str) -> None:
    said = nfc(rest.strip())
    folded = fold(said)
    if not said:
        _list(visit)
    elif found := next((found for merge in MERGES if (found := merge.fullmatch(folded))), None):
        _offer(visit, said[slice(*found.span("unit"))], said[slice(*found.span("into"))])
    elif found := DISSOLVE.fullmatch(folded):
        _offer(visit, said[slice(*found.span("unit"))], None)
    elif found := AGAIN.fullmatch(folded):
        _open_again(visit, said[slice(*found.span("unit"))])
    else:
        visit.reply(f"Tôi chưa hiểu.\n{HOW}")


def _list(visit: Visit) -> None:
    existing = _in_tree(units_on(visit.tx, visit.today))
    people = count_by_unit(visit.tx, visit.today)
    names = {unit.id: unit.short_name for unit in existing}
    lines = [_line(unit, people.get(unit.id, 0), names.get(unit.parent_id or 0, "")) for unit in existing[:MOST]]
    lines += and_more(len(existing) - MOST, "đơn vị nữa")
    ended = [
        f"{unit.short_name} (đến hết {full_day(unit.valid_to)})" for unit in ended_units(visit.tx) if unit.valid_to
    ]
    past = f"\nĐã thôi: {', '.join(ended[-MOST_NAMES:])}." if ended else ""
    visit.reply(f"{bold('Các đơn vị')}\n{bullets(lines)}{past}\n\n{HOW}")


def _in_tree(existing: list[Unit]) -> list[Unit]:
    """The body, its office, the others by their codes; zones behind the unit that is responsible for them."""
    codes = {unit.id: unit.code for unit in existing}
    first = [UnitKind.ORGANIZATION, UnitKind.OFFICE]

    def place(unit: Unit) -> tuple[int, str, bool, str]:
        is_zone = unit.kind == UnitKind.ZONE
        code = codes.get(unit.parent_id or 0, "") if is_zone else unit.code
        rank = first.index(UnitKind(unit.kind)) if unit.kind in first else len(first)
        return rank, code, is_zone, unit.code

    return sorted(existing, key=place)


def _line(unit: Unit, people: int, above: str) -> str:
    below = f", {above} phụ trách" if unit.kind == UnitKind.ZONE and above else ""
    return f"{unit.short_name} ({unit.code}): {number(people)} người{below}"


def _offer(visit: Visit, name: str, into_name: str | None) -> None:
    """What would happen, and the button that does it."""
    unit = unit_meant(visit.tx, name, visit.today)
    into = None if into_name is None else unit_meant(visit.tx, into_name, visit.today)
    if isinstance(unit, str) or isinstance(into, str):
        visit.reply(unit if isinstance(unit, str) else str(into))
    elif (why_not := _why_not(visit, unit, into)) is not None:
        visit.reply(why_not)
    else:
        data = f"{TOPIC}:{unit.id}:{into.id if into else NOBODY}"
        what = f"Sáp nhập {unit.short_name} vào {into.short_name}" if into else f"Giải thể {unit.short_name}"
        buttons = ((Button("Làm", f"{data}:do"), Button("Thôi", f"{data}:drop")),)
        visit.reply(f"{bold(what)}\n{bullets(_effects(visit, unit, into))}\n\nLàm như vậy chứ ạ?", buttons=buttons)


def _why_not(visit: Visit, unit: Unit, into: Unit | None) -> str | None:
    """Why it cannot be ended so; none if it can."""
    if unit.kind in (UnitKind.ORGANIZATION, UnitKind.OFFICE):
        return FIXED.format(unit=unit.short_name)
    if into is not None and into.id in with_all_below(visit.tx, unit.id):
        return "Hai đơn vị phải khác nhau, và đơn vị nhận không thuộc đơn vị kia ạ."
    if unit.valid_to is not None:
        return f"{unit.short_name} đã thôi từ hết {full_day(unit.valid_to)}. Nhầm thì: /donvi mở lại {unit.code}"
    return None


def _effects(visit: Visit, unit: Unit, into: Unit | None) -> list[str]:
    going = who_has_no_other_post(visit.tx, unit) if into is None else who_goes_along(visit.tx, unit, visit.today)
    people = people_with_ids(visit.tx, [post.person_id for post in going])
    zones = [each.short_name for each in units_on(visit.tx, visit.today) if each.parent_id == unit.id]
    last = f"Hôm nay là ngày cuối: từ mai {unit.short_name} không phải báo cáo; báo cáo cũ giữ nguyên tên."
    below = f" Các khu chuyển về {into.short_name if into else 'đơn vị cấp trên'}: {', '.join(zones)}." if zones else ""
    if into is None:
        names = ", ".join(each.full_name for each in people[:MOST_NAMES]) + ("…" if len(people) > MOST_NAMES else "")
        homeless = f"{number(len(people))} người chưa có đơn vị khác, tạm thuộc cơ quan: {names}. Xếp lại bằng danh sách cán bộ."
        return [last + below, *([homeless] if people else [])]
    return [
        last + below,
        f"{number(len(people))} người sang {into.short_name}; trưởng, phó của {unit.short_name} thành nhân viên ở đó cho tới khi danh sách cán bộ ghi khác.",
        f"Nhóm của {unit.short_name} thành nhóm của {into.short_name}.",
    ]


def _open_again(visit: Visit, name: str) -> None:
    named = [
        one for one in ended_units(visit.tx) if fold(name) in (fold(one.code), fold(one.short_name), fold(one.name))
    ]
    if len(named) != 1:
        visit.reply(NO_SUCH_END.format(name=name))
        return
    open_unit_again(visit.tx, named[0], visit.now, visit.known.id)
    visit.reply(
        f"Đã mở lại {named[0].short_name}. Người của đơn vị: xin xếp lại bằng danh sách cán bộ; nối nhóm: /maphong."
    )


def _press(visit: Visit, parts: list[str]) -> None:
    for unit_id in sorted({int(parts[0]), int(parts[1])} - {NOBODY}):  # two presses at once: the second finds it done
        hold(visit.tx, units, unit_id)
    unit, into = find_unit(visit.tx, int(parts[0])), find_unit(visit.tx, int(parts[1]))
    is_into_nobody = int(parts[1]) == NOBODY
    if not visit.may(Right.SET_UP):
        visit.close_press(NOT_ALLOWED)
    elif unit is None or (into is None) != is_into_nobody or (into is not None and into.valid_to is not None):
        visit.close_press(OLD_BUTTON)
    elif (why_not := _why_not(visit, unit, into)) is not None:  # the tree may have changed since it was offered
        visit.close_press(why_not)
    elif parts[2] == "drop":
        visit.close_press()
        visit.reply("Đã bỏ, các đơn vị giữ nguyên.")
    else:
        visit.close_press()
        end_unit(visit.tx, unit, into, visit.now, visit.known.id)
        what = f"sáp nhập {unit.short_name} vào {into.short_name}" if into else f"giải thể {unit.short_name}"
        visit.reply(f"✅ Đã {what}. Từ mai tôi làm theo; nhầm thì gõ /donvi mở lại {unit.code}.")


PRESSES: dict[str, Press] = {TOPIC: _press}
COMMAND = Command(
    name="donvi",
    menu="Các đơn vị: xem, sáp nhập, giải thể",
    run=run,
    right=Right.SET_UP,
    place=Place.PRIVATE,
    words=("danh sách đơn vị", "các đơn vị"),
    order=72,
)
