"""/ma: the personal codes of those who have not joined yet, or the code of one person who changes his phone."""

from __future__ import annotations

from collections import Counter

from handlers.access import Right
from handlers.command import Command, Place
from handlers.joining import who_has_joined
from handlers.links import join_link, ways_in
from handlers.lists import keep_for_sending, to_csv
from handlers.visit import Visit
from handlers.wording import bold, bullets, number
from storage.records import audit
from storage.records.people import Person, everyone, posts_of
from storage.records.units import Unit, find_unit, units_on
from understanding.normalize import fold

HEADING = ("Đơn vị", "Mã cán bộ", "Họ và tên", "Mã cá nhân", "Liên kết để bấm")
FILE_NAME = "ma-ca-nhan.csv"
MOST_NAMED = 8  # people with one name, before we ask for the staff code
ONE_BY_ONE = "Mỗi mã chỉ của một người: xin đưa riêng từng người, không dán vào nhóm."


def run(visit: Visit, rest: str) -> None:
    if not rest:
        _give_all(visit)
        return
    unit = _unit_called(visit, rest)
    if unit is not None:
        _give_unit(visit, unit)
    else:
        _give_one(visit, rest)


def _give_all(visit: Visit) -> None:
    """How many are missing where, and one file with every code."""
    waiting = _not_joined(visit)
    if not waiting:
        visit.reply("Mọi người đều đã vào. Cần mã mới cho ai đổi máy thì gõ: /ma và họ tên hoặc mã cán bộ.")
        return
    often = Counter(unit for unit, _ in waiting)
    rows = [(unit, person.staff_code, person.full_name, *_code(visit, person)) for unit, person in waiting]
    content = to_csv(HEADING, rows)
    file = keep_for_sending(visit.tx, content, name=FILE_NAME, media_type="text/csv", now=visit.now)
    counts = bullets([f"{unit}: {count} người" for unit, count in often.items()])
    visit.reply(f"{bold(number(len(waiting)))} người chưa vào:\n{counts}\n\n{_how(visit)}", file=file)
    _note(visit, "codes/all")


def _give_unit(visit: Visit, unit: Unit) -> None:
    waiting = [person for name, person in _not_joined(visit) if name == unit.short_name]
    lines = [f"{person.full_name}: {' · '.join(filter(None, _code(visit, person)))}" for person in waiting]
    if lines:
        visit.reply(f"{unit.name}, chưa vào:\n{bullets(lines)}\n\n{_how(visit)}")
        _note(visit, f"codes/unit/{unit.id}")
    else:
        visit.reply(f"{unit.name}: mọi người đều đã vào.")


def _give_one(visit: Visit, rest: str) -> None:
    """By staff code, or by name where only one person is called so."""
    wanted = fold(rest)
    found = [person for person in everyone(visit.tx) if wanted in (fold(person.staff_code), fold(person.full_name))]
    found = found or [person for person in everyone(visit.tx) if fold(person.full_name).endswith(f" {wanted}")]
    if not found:
        visit.reply("Không có đơn vị hay người nào như vậy trong danh sách.")
    elif len(found) > 1:
        named = bullets([f"{person.full_name} ({person.staff_code})" for person in found[:MOST_NAMED]])
        visit.reply(f"Có mấy người như vậy, xin gõ /ma và mã cán bộ:\n{named}")
    else:
        person = found[0]
        given = " · ".join(filter(None, _code(visit, person)))
        other = "".join(f"\nHoặc {way} rồi gửi mã." for way in ways_in(visit.tx))
        visit.reply(f"Mã của {person.full_name}: {given}{other}\nMã này cũng dùng khi đổi máy hoặc thêm ứng dụng khác.")
        _note(visit, f"codes/person/{person.id}")


def _how(visit: Visit) -> str:
    return "\n".join([ONE_BY_ONE, *(f"Hoặc {way} rồi gửi mã." for way in ways_in(visit.tx))])


def _not_joined(visit: Visit) -> list[tuple[str, Person]]:
    """(short name of the unit, person), unit by unit, in the order of a Vietnamese list."""
    joined = who_has_joined(visit.tx)
    waiting = [(_unit_of(visit, person), person) for person in everyone(visit.tx) if person.id not in joined]
    return sorted(waiting, key=lambda pair: (pair[0], pair[1].sort_key))


def _unit_of(visit: Visit, person: Person) -> str:
    post = next(iter(posts_of(visit.tx, person.id, visit.today)), None)
    unit = None if post is None else find_unit(visit.tx, post.unit_id)
    return "" if unit is None else unit.short_name


def _unit_called(visit: Visit, rest: str) -> Unit | None:
    wanted = fold(rest)
    for unit in units_on(visit.tx, visit.today):
        if wanted in (fold(unit.code), fold(unit.short_name), fold(unit.name)):
            return unit
    return None


def _code(visit: Visit, person: Person) -> tuple[str, str]:
    return person.join_code, join_link(visit.tx, person.join_code)


def _note(visit: Visit, subject: str) -> None:
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act="codes_given", subject=subject)


COMMAND = Command(
    name="ma", menu="Mã cá nhân của những người chưa vào", run=run, right=Right.SET_UP, place=Place.PRIVATE, order=80
)
