"""A staff file sent in private: fetched by an errand, shown as a preview, written after the sender has confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from handlers.access import Right
from handlers.command import Press
from handlers.files.lists import keep_for_sending
from handlers.files.previews import decide_about_file
from handlers.setting_up.applying import apply_staff
from handlers.setting_up.comparing import compare_staff
from handlers.setting_up.reading import read_staff
from handlers.setting_up.report import say_changes, say_problems, says_more_than_fits, warn_of_leavers
from handlers.setting_up.spreadsheet import LARGEST_FILE
from handlers.setting_up.staff_file import BadStaffFile, StaffFile
from handlers.telling import Buttons
from handlers.visit import Visit
from handlers.wording import bold
from storage import errands, outbox
from storage.errands import Errand
from storage.messages import Button, IncomingFile, Lane, OutgoingFile, OutgoingMessage
from storage.records.files import StoredFile
from understanding.phrases.normalize import fold

TOPIC = "staff_file"
ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
WORDS = ("danh sach", "nhan su", "can bo", "nhap")  # a caption without any of them is about something else
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

READING = "Đã nhận tệp, tôi đang đọc."
TOO_LARGE = "Tệp lớn quá 5 MB nên tôi không đọc. Một danh sách không thể lớn như vậy, xin kiểm tra lại."
UNFETCHED = "Tôi không tải được tệp vừa gửi. Xin gửi lại sau ít phút."
NOT_FOR_STAFF = "Nếu tệp này là văn bản kèm chỉ đạo, xin gõ /chidao trước rồi gửi tệp."


def take_file(visit: Visit) -> bool:
    """Somebody who may set up sent a spreadsheet in private; false where it is not for us."""
    file = visit.message.file
    if file is None or not visit.message.is_private or not visit.may(Right.SET_UP):
        return False
    caption = fold(visit.message.text)
    if not file.name.lower().endswith(ENDINGS) or (caption and not any(word in caption for word in WORDS)):
        return False
    fetch_sheet(visit, file, topic=TOPIC)
    return True


def fetch_sheet(visit: Visit, file: IncomingFile, *, topic: str) -> None:
    """Have it fetched, outside of this transaction, for the errand of this topic; one that is too large is not."""
    if file.size > LARGEST_FILE:
        visit.reply(TOO_LARGE)
        return
    errands.put(
        visit.tx,
        topic=topic,
        platform=visit.message.platform,
        reference=file.reference,
        name=file.name,
        state={"chat_id": visit.message.chat_id, "person_id": visit.known.id},
        now=visit.now,
    )
    visit.reply(READING)


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read from a file, as it waits for the confirmation: one of the two."""

    staff: StaffFile | None = None
    bad: BadStaffFile | None = None


def read_ahead(content: bytes, name: str) -> bytes:
    """The slow part, done outside of any transaction: a spreadsheet of thousands of rows takes seconds."""
    outcome = read_staff(content, name)
    read = _Read(bad=outcome) if isinstance(outcome, BadStaffFile) else _Read(staff=outcome)
    return msgspec.json.encode(read)


def _what_was_read(content: bytes) -> StaffFile | BadStaffFile:
    read = msgspec.json.decode(content, type=_Read)
    return read.staff or read.bad or BadStaffFile.because(UNFETCHED)


def preview(tx: Connection, errand: Errand, content: bytes, now: datetime) -> None:
    """The file has come and was read ahead: say what it would change, or everything that is wrong with it."""
    staff = _what_was_read(content)
    outcome = staff if isinstance(staff, BadStaffFile) else compare_staff(tx, staff, now)
    if isinstance(outcome, BadStaffFile):
        hint = "" if any(problem.row for problem in outcome.problems) else f"\n{NOT_FOR_STAFF}"
        _say(
            tx, errand, f"{bold(errand.name)}\n{say_problems(outcome)}{hint}", now, file=_all_problems(tx, outcome, now)
        )
        return
    text = f"{bold(errand.name)}: {say_changes(outcome)}"
    if outcome.is_empty:
        _say(tx, errand, text, now)
        return
    kept = keep_for_sending(tx, content, name=errand.name, media_type="application/json", now=now)
    buttons = ((Button("Nhập", f"staff:apply:{kept.file_id}"), Button("Thôi", f"staff:drop:{kept.file_id}")),)
    _say(tx, errand, f"{text}{warn_of_leavers(outcome)}\n\nNhập danh sách này?", now, buttons=buttons)


def tell_of_missing_file(tx: Connection, errand: Errand, now: datetime) -> None:
    _say(tx, errand, UNFETCHED, now)


def decide(visit: Visit, parts: list[str]) -> None:
    """The button under the preview. What is written is compared anew: the tables may have changed meanwhile."""
    decide_about_file(visit, parts, take_in=_apply, dropped="Đã bỏ, danh sách đang dùng giữ nguyên.")


def _apply(visit: Visit, file: StoredFile, content: bytes) -> None:
    staff = _what_was_read(content)
    outcome = staff if isinstance(staff, BadStaffFile) else apply_staff(visit.tx, staff, visit.now, visit.known.id)
    if isinstance(outcome, BadStaffFile):
        visit.reply(say_problems(outcome))
        return
    new = f"\nGõ /ma để lấy mã cá nhân cho {len(outcome.new_people)} người mới." if outcome.new_people else ""
    rooms = "\nGõ /maphong để lấy mã nhóm cho đơn vị mới." if outcome.new_units else ""
    visit.reply(f"✅ Đã nhập {file.name}: {say_changes(outcome)}{new}{rooms}")


def _all_problems(tx: Connection, bad: BadStaffFile, now: datetime) -> OutgoingFile | None:
    if not says_more_than_fits(bad):
        return None
    lines = "\r\n".join(str(problem) for problem in bad.problems)
    content = lines.encode("utf-8-sig")
    return keep_for_sending(tx, content, name="cho-can-sua.txt", media_type="text/plain", now=now)


def _say(
    tx: Connection,
    errand: Errand,
    text: str,
    now: datetime,
    *,
    buttons: Buttons = (),
    file: OutgoingFile | None = None,
) -> None:
    message = OutgoingMessage(
        platform=errand.platform, chat_id=errand.state["chat_id"], text=text, buttons=buttons, file=file
    )
    outbox.put(tx, message, key=f"errand/{errand.id}", lane=Lane.ANSWER, now=now)


PRESSES: dict[str, Press] = {"staff": decide}
READ_AHEAD: dict[str, Callable[[bytes, str], bytes]] = {TOPIC: read_ahead}
"""What is made of the fetched bytes before the transaction that handles them."""
ERRANDS: dict[str, Callable[[Connection, Errand, bytes, datetime], None]] = {TOPIC: preview}
GIVEN_UP: dict[str, Callable[[Connection, Errand, datetime], None]] = {TOPIC: tell_of_missing_file}
