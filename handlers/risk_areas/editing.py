"""The list of areas of risk in chat: everybody reads it; those entitled add to it, many lines at once, and take away."""

from __future__ import annotations

from dataclasses import asdict

from handlers.access import Right
from handlers.command import Press
from handlers.risk_areas.marking import warn_of_new_area
from handlers.risk_areas.matching import may_be_in
from handlers.risk_areas.reading import ReadArea, read_area
from handlers.risk_areas.wording import called, in_the_list
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, and_more, bold
from storage.messages import Button
from storage.record import add, require
from storage.records import audit
from storage.records.risk_areas import (
    RiskArea,
    find_risk_area,
    remove_risk_area,
    risk_areas,
    risk_areas_since,
)
from understanding.journeys.places import read_places
from understanding.phrases.normalize import fold

HOW = (
    "Thêm: /vungnguyco thêm Đà Nẵng cấp 2 từ 20/11 đến 30/11 nguồn CV 1722/UBND lưu ý hạn chế đi lại\n"
    "(nhiều vùng: mỗi vùng một dòng dưới chữ thêm)\n"
    "Bỏ: /vungnguyco bỏ Đà Nẵng"
)
MOST = 30
MOST_BUTTONS = 8


def run(visit: Visit, rest: str) -> None:
    deed, _, what = rest.strip().partition(" ") if "\n" not in rest.split(" ", 1)[0] else rest.partition("\n")
    meant = fold(deed.strip(" :"))
    if not rest.strip():
        _list(visit)
    elif not visit.may(Right.EDIT_RISK_AREAS):
        visit.reply(NOT_ALLOWED)
    elif meant == "them" and what.strip():
        _add_lines(visit, what)
    elif meant in ("bo", "xoa") and what.strip():
        _remove_named(visit, what)
    else:
        visit.reply(f"Tôi chưa hiểu.\n{HOW}")


def _list(visit: Visit) -> None:
    areas = risk_areas_since(visit.tx, visit.today)
    lines = [f"{number}. {in_the_list(area)}" for number, area in enumerate(areas[:MOST], start=1)]
    lines += and_more(len(areas) - MOST, "vùng nữa.")
    may_edit = visit.may(Right.EDIT_RISK_AREAS)
    rows = tuple(
        (Button(f"Bỏ {number}", f"risk:remove:{area.id}"),)
        for number, area in enumerate(areas[:MOST_BUTTONS], start=1)
        if may_edit and visit.message.is_private
    )
    body = lines or ["Hiện chưa có vùng nào trong danh sách."]
    visit.reply("\n".join([bold("Vùng nguy cơ"), *body, *([f"\n{HOW}"] if may_edit else [])]), buttons=rows)


def _add_lines(visit: Visit, text: str) -> None:
    """Each line by itself: what is wrong with one does not hold up the others."""
    done: list[str] = []
    wrong: list[str] = []
    for line in (each.strip(" •-") for each in text.splitlines()):
        if not line:
            continue
        area = read_area(line, visit.today)
        if isinstance(area, str):
            wrong.append(area)
        else:
            done.append(_add(visit, area))
    parts = [f"Đã thêm {len(done)} vùng:", *(f"• {each}" for each in done)] if done else []
    parts += ["Chưa thêm được:", *(f"• {each}" for each in wrong)] if wrong else []
    visit.reply("\n".join(parts))


def _add(visit: Visit, read: ReadArea) -> str:
    """Keep it, in the place of one that bears the same name; says what was kept and whom it concerns already."""
    for old in risk_areas_since(visit.tx, visit.today):
        if fold(old.name) == fold(read.name):
            remove_risk_area(visit.tx, old.id, by=visit.known.id, now=visit.now)
    area_id = add(visit.tx, risk_areas, **asdict(read), added_by=visit.known.id, added_at=visit.now)
    area = require(find_risk_area(visit.tx, area_id))
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act="risk_area_added", subject=f"risk_area/{area_id}")
    told = warn_of_new_area(visit.tx, area, visit.now)
    return in_the_list(area) + (f". Đã báo {told} người đang hoặc sắp ở đó" if told else "")


def _remove_named(visit: Visit, name: str) -> None:
    wanted = {slot.value for slot in read_places(name) if slot.value}
    listed = risk_areas_since(visit.tx, visit.today)
    same = [area for area in listed if fold(area.name) == fold(name.strip())]
    found = same or [area for area in listed if any(may_be_in(each, area.province) for each in wanted)]
    if len(found) == 1:
        visit.reply(_remove(visit, found[0]))
    elif found:
        names = "\n".join(f"• {called(area)}" for area in found)
        visit.reply(f"Có {len(found)} vùng như vậy, xin ghi đúng tên một vùng:\n{names}")
    else:
        visit.reply(f"Trong danh sách không có “{name.strip()}”.")


def _remove(visit: Visit, area: RiskArea) -> str:
    if not remove_risk_area(visit.tx, area.id, by=visit.known.id, now=visit.now):
        return "Vùng này đã được bỏ trước đó."
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act="risk_area_removed", subject=f"risk_area/{area.id}")
    return f"Đã bỏ khỏi danh sách: {called(area)}. Chuyến đi đã ghi nhận trước đó vẫn giữ dấu."


def _press(visit: Visit, parts: list[str]) -> None:
    area = find_risk_area(visit.tx, int(parts[1]))
    if not visit.may(Right.EDIT_RISK_AREAS):
        visit.close_press(NOT_ALLOWED)
    elif area is None:
        visit.close_press("Vùng này đã được bỏ trước đó.")
    else:
        visit.close_press(_remove(visit, area))


PRESSES: dict[str, Press] = {"risk": _press}
