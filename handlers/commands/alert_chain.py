"""/chuoibao: who hears of an urgent alert one after the other, how long each step waits; read and changed by the office."""

from __future__ import annotations

from sqlalchemy import select

from handlers.access import Right
from handlers.alerts.plan_line import FIELDS, SEVERITIES, read_plan, say_plan, say_rest
from handlers.alerts.policies import SHIPPED, keep_policy, policy_for, ship_again
from handlers.command import Command, Place
from handlers.naming import units_named
from handlers.visit import Visit
from handlers.wording import bold, bullets
from storage.inserts import insert_or_update
from storage.records import audit
from storage.records.alerts import Severity, fields_in_charge
from storage.records.units import units
from understanding.phrases.normalize import fold

HOW = (
    "Đổi chuỗi: /chuoibao nghiêm trọng 3 phút: trực ban + trưởng đơn vị > phó phụ trách > giám đốc; 2 người nhận\n"
    "Trở lại như ban đầu: /chuoibao nghiêm trọng như cũ\n"
    "Đơn vị chủ trì một lĩnh vực: /chuoibao lĩnh vực cháy nổ: Phòng KT"
)
FIELD, AS_BEFORE = "linh vuc ", "nhu cu"


def run(visit: Visit, rest: str) -> None:
    words = " ".join(rest.split())
    severity = next((name for name in SEVERITIES if fold(words).startswith(f"{fold(name)} ")), None)
    if not words:
        _show(visit)
    elif fold(words).startswith(FIELD):
        _put_in_charge(visit, words[len(FIELD) :])
    elif severity is not None:
        _change(visit, SEVERITIES[severity], words[len(severity) :].strip())
    else:
        visit.reply(f"Tôi chưa hiểu.\n{HOW}")


def _show(visit: Visit) -> None:
    plans = []
    for name, severity in SEVERITIES.items():
        policy = policy_for(visit.tx, "", severity)
        plans.append(f"{bold(f'Tin {name}')}\n{say_plan(policy)}\n{say_rest(policy)}")
    leading = select(fields_in_charge.c.field, units.c.short_name).join(units, units.c.id == fields_in_charge.c.unit_id)
    of_field = {row.field: row.short_name for row in visit.tx.execute(leading)}
    fields = bullets([f"{name}: {of_field.get(field, 'đơn vị có việc')}" for name, field in FIELDS.items()])
    visit.reply("\n\n".join([*plans, f"{bold('Đơn vị chủ trì lĩnh vực')}\n{fields}", HOW]))


def _change(visit: Visit, severity: Severity, words: str) -> None:
    if fold(words) == AS_BEFORE:
        ship_again(visit.tx, severity)
        _note(visit, severity)
        visit.reply(f"Đã trở lại như ban đầu: {say_plan(SHIPPED[severity])}")
        return
    policy = read_plan(words, policy_for(visit.tx, "", severity))
    if isinstance(policy, str):
        visit.reply(f"Chưa đổi gì. {policy}")
        return
    keep_policy(visit.tx, severity, policy)
    _note(visit, severity)
    visit.reply(f"✅ Đã đổi, áp dụng cho tin từ bây giờ: {say_plan(policy)}")


def _put_in_charge(visit: Visit, words: str) -> None:
    name, _, unit_name = words.partition(":")
    field = next((code for title, code in FIELDS.items() if fold(title) == fold(name).strip()), None)
    found = units_named(visit.tx, unit_name, visit.today)
    if field is None:
        visit.reply(f"Chưa đổi gì. Các lĩnh vực: {', '.join(FIELDS)}.")
    elif len(found) != 1:
        visit.reply(f"Chưa đổi gì: tôi chưa rõ đơn vị “{unit_name.strip()[:60]}”.")
    else:
        insert_or_update(visit.tx, fields_in_charge, {"field": field, "unit_id": found[0].id}, key=("field",))
        _note(visit, field)
        visit.reply(f"✅ Tin khẩn lĩnh vực {name.strip()} báo thêm {found[0].short_name} và Phó Giám đốc phụ trách.")


def _note(visit: Visit, what: str) -> None:
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act="chain_changed", subject=f"alert_plan/{what}")


COMMAND = Command(
    name="chuoibao",
    menu="Chuỗi báo tin khẩn: ai nhận trước, chờ bao lâu",
    run=run,
    words=("chuỗi báo",),
    right=Right.SET_UP,
    place=Place.PRIVATE,
    order=72,
)
