"""How those outside are reached: written down once by the office, shown beside the duty to tell them."""

from __future__ import annotations

from sqlalchemy import Connection, delete

from handlers.access import Right
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, bold, bullets
from storage.inserts import insert_or_update
from storage.records import audit
from storage.records.incidents import OutsideContact, all_contacts, outside_contacts
from understanding.phrases.normalize import fold

HOW = "Ghi hoặc sửa: /lienhe Trạm Y tế phường Bình An: 0251 3888 115, hỏi chị Hạnh. Bỏ: /lienhe bỏ Trạm Y tế phường Bình An"
LONGEST_NAME, LONGEST = 120, 300


def run_command(visit: Visit, rest: str) -> None:
    """/lienhe: the list; "tên: số điện thoại" keeps one; "bỏ tên" takes it out."""
    name, colon, details = rest.partition(":")
    if not rest.strip():
        _list(visit)
    elif not visit.may(Right.SET_UP):
        visit.reply(NOT_ALLOWED)
    elif fold(rest).startswith("bo "):
        _forget(visit, rest.strip()[2:])
    elif not colon or not _key(name) or not details.strip():
        visit.reply(f"Xin ghi tên nơi liên hệ, dấu hai chấm, rồi số điện thoại. {HOW}")
    elif len(name.strip()) > LONGEST_NAME or len(details.strip()) > LONGEST:
        visit.reply(f"Dài quá: tên nhiều nhất {LONGEST_NAME} chữ, phần sau nhiều nhất {LONGEST} chữ.")
    else:
        _keep(visit, " ".join(name.split()), " ".join(details.split()))


def _key(name: str) -> str:
    return " ".join(fold(name).strip(" .").split())


def _list(visit: Visit) -> None:
    lines = [f"{one.name}: {one.details}" for one in all_contacts(visit.tx)]
    shown = bullets(lines) or "Chưa ghi nơi nào."
    visit.reply(f"{bold('Nơi phải báo khi có sự việc')}\n{shown}\n\n{HOW if visit.may(Right.SET_UP) else ''}".rstrip())


def _keep(visit: Visit, name: str, details: str) -> None:
    values = {"key": _key(name), "name": name, "details": details, "kept_at": visit.now, "kept_by": visit.known.id}
    insert_or_update(visit.tx, outside_contacts, values, key=("key",))
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act="contact.kept", subject="outside_contacts")
    visit.reply(f"✅ Đã ghi: {name}: {details}")


def _forget(visit: Visit, name: str) -> None:
    gone = visit.tx.execute(delete(outside_contacts).where(outside_contacts.c.key == _key(name))).rowcount
    visit.reply(f"Đã bỏ{name}." if gone else f"Chưa ghi nơi nào tên{name}. Gõ /lienhe để xem danh sách.")


def contact_line(tx: Connection, whom: str) -> str:
    """A line with every contact whose name begins like that of the authority; nothing where none is known."""
    found = [one for one in all_contacts(tx) if _is_of(one, whom)]
    return f"☎️ {'; '.join(f'{one.name}: {one.details}' for one in found)}\n" if found else ""


def _is_of(contact: OutsideContact, whom: str) -> bool:
    """ "Trạm Y tế phường Bình An" is of "Trạm Y tế xã, phường": their first words are one."""
    said, wanted = contact.key.split(), _key(whom).replace(",", "").split()
    shared = next((at for at, pair in enumerate(zip(said, wanted, strict=False)) if pair[0] != pair[1]), None)
    return (min(len(said), len(wanted)) if shared is None else shared) >= min(2, len(said))
