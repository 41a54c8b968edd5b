"""A staff file sent in private: fetched by an errand, shown as a preview, written after the sender has confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from handlers.command import Press
from handlers.errand import ErrandKind
from handlers.files.lists import keep_for_sending
from handlers.files.previews import decide_about_file
from handlers.files.sent import UNFETCHED, answer, fetch, file_to_set_up, tell_that_it_is_missing
from handlers.setting_up.applying import apply_staff
from handlers.setting_up.comparing import compare_staff
from handlers.setting_up.reading import read_staff
from handlers.setting_up.report import say_changes, say_problems, says_more_than_fits, warn_of_leavers
from handlers.setting_up.spreadsheet import LARGEST_FILE, SHEETS, TOO_LARGE
from handlers.setting_up.staff_file import BadStaffFile, StaffFile
from handlers.visit import Visit
from handlers.wording import bold
from storage.errands import Errand
from storage.messages import Button, OutgoingFile
from storage.records.files import StoredFile
from understanding.phrases.normalize import fold

TOPIC = "staff_file"
WORDS = ("danh sach", "nhan su", "can bo", "nhap")  # a caption without any of them is about something else
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

NOT_FOR_STAFF = "Nếu tệp này là văn bản kèm chỉ đạo, xin gõ /chidao trước rồi gửi tệp."


def take_file(visit: Visit) -> bool:
    """Somebody who may set up sent a spreadsheet in private; false where it is not for us."""
    file, caption = file_to_set_up(visit, SHEETS), fold(visit.message.text)
    if file is None or (caption and not any(word in caption for word in WORDS)):
        return False
    fetch(visit, file, topic=TOPIC, largest=LARGEST_FILE, too_large=TOO_LARGE)
    return True


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
        text = f"{bold(errand.name)}\n{say_problems(outcome)}{hint}"
        answer(tx, errand, text, now, file=_all_problems(tx, outcome, now))
        return
    text = f"{bold(errand.name)}: {say_changes(outcome)}"
    if outcome.is_empty:
        answer(tx, errand, text, now)
        return
    kept = keep_for_sending(tx, content, name=errand.name, media_type="application/json", now=now)
    buttons = ((Button("Nhập", f"staff:apply:{kept.file_id}"), Button("Thôi", f"staff:drop:{kept.file_id}")),)
    answer(tx, errand, f"{text}{warn_of_leavers(outcome)}\n\nNhập danh sách này?", now, buttons=buttons)


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


PRESSES: dict[str, Press] = {"staff": decide}
ERRAND = ErrandKind(topic=TOPIC, handle=preview, read_ahead=read_ahead, give_up=tell_that_it_is_missing)
