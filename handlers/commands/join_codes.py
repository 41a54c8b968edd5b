"""/ma: the personal codes of those who have not joined yet, or the code of one person who changes his phone."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import exists, select

from handlers.access import Right
from handlers.command import Command, Place
from handlers.files.lists import keep_for_sending, to_csv
from handlers.membership.links import join_link, join_links, ways_in
from handlers.visit import Visit
from handlers.wording import bold, bullets, number
from storage.records import audit
from storage.records.accounts import accounts
from storage.records.people import Person, everyone, held_on, people, people_named, posts
from storage.records.units import Unit, units, units_on
from understanding.phrases.normalize import fold

HEADING = ("Đơn vị", "Mã cán bộ", "Họ và tên", "Mã cá nhân", "Liên kết để bấm")
FILE_NAME = "ma-ca-nhan.csv"
MOST_NAMED = 8  # people with one name, before we ask for the staff code
MOST_AT_ALL = 1_000  # … of whom we look at no more than so many
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
    links = join_links(visit.tx, (person.join_code for _, person in waiting))
    rows = [
        (unit, person.staff_code, person.full_name, person.join_code, link)
        for (unit, person), link in zip(waiting, links, strict=True)
    ]
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
    found = _called(visit, rest)
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


def _called(visit: Visit, rest: str) -> list[Person]:
    """By staff code or whole name; else by the last words of a name."""
    wanted = fold(rest)
    exactly, at_the_end = [], []
    names = select(people.c.id, people.c.staff_code, people.c.full_name).where(people.c.is_active)
    for person_id, staff_code, full_name in visit.tx.execute(names):
        name = fold(full_name)
        if wanted in (fold(staff_code), name):
            exactly.append(person_id)
        elif name.endswith(f" {wanted}"):
            at_the_end.append(person_id)
    return people_named(visit.tx, (exactly or at_the_end)[:MOST_AT_ALL])


def _not_joined(visit: Visit) -> list[tuple[str, Person]]:
    """(short name of the unit, person), unit by unit, in the order of a Vietnamese list."""
    has_joined = exists().where(accounts.c.person_id == people.c.id)
    unit_of = _units_of_everybody(visit)
    waiting = [(unit_of.get(person.id, ""), person) for person in everyone(visit.tx, ~has_joined)]
    return sorted(waiting, key=lambda pair: (pair[0], pair[1].sort_key))


def _units_of_everybody(visit: Visit) -> dict[int, str]:
    """Person → the short name of the unit of his first post."""
    held = select(posts.c.person_id, units.c.short_name).join(units, units.c.id == posts.c.unit_id)
    last_first = held.where(held_on(visit.today)).order_by(posts.c.id.desc())
    return dict(visit.tx.execute(last_first).all())


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
