"""A duty roster sent in private as a sheet: fetched by an errand, shown as a preview, written after the sender's word."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Connection

from handlers.command import Press
from handlers.duty.reading import RosterFile, read_roster, turns_of
from handlers.duty.roster import plan
from handlers.errand import ErrandKind
from handlers.files.lists import keep_for_sending
from handlers.files.previews import decide_about_file
from handlers.files.sent import answer, fetch, file_to_set_up, tell_that_it_is_missing
from handlers.local_time import full_day, local_day
from handlers.setting_up.spreadsheet import LARGEST_FILE, SHEETS, TOO_LARGE
from handlers.setting_up.staff_file import Problem
from handlers.visit import Visit
from handlers.wording import and_more, bold, bullets, number
from storage.errands import Errand
from storage.messages import Button, IncomingFile
from storage.records import audit
from storage.records.files import StoredFile
from understanding.phrases.normalize import fold

TOPIC = "duty_roster"
WORDS = ("lich truc", "truc ban", "danh sach truc", "ca truc")
MOST_PROBLEMS = 12


def take_roster(visit: Visit) -> bool:
    """A sheet whose name or caption speaks of duty, from somebody who may set up; false where it is something else."""
    file = file_to_set_up(visit, SHEETS)
    if file is None or not any(word in _said_of(file, visit.message.text) for word in WORDS):
        return False
    fetch(visit, file, topic=TOPIC, largest=LARGEST_FILE, too_large=TOO_LARGE)
    return True


def _said_of(file: IncomingFile, caption: str) -> str:
    return fold(f"{file.name} {caption}").replace("-", " ").replace("_", " ")


def read_ahead(content: bytes, _name: str) -> bytes:
    """The slow part, outside of any transaction."""
    return msgspec.json.encode(read_roster(content))


def preview(tx: Connection, errand: Errand, content: bytes, now: datetime) -> None:
    turns, problems = turns_of(tx, msgspec.json.decode(content, type=RosterFile), local_day(now))
    if problems:
        text = f"{bold(errand.name)}\nChưa nhập gì cả. Có {number(len(problems))} chỗ cần sửa:\n{_listed(problems)}"
        answer(tx, errand, text, now)
        return
    days = [turn.day for turn in turns]
    people = len({turn.person_id for turn in turns})
    kept = keep_for_sending(tx, content, name=errand.name, media_type="application/json", now=now)
    buttons = ((Button("Nhập lịch", f"roster:apply:{kept.file_id}"), Button("Thôi", f"roster:drop:{kept.file_id}")),)
    text = (
        f"{bold(errand.name)}: {number(len(turns))} ca trực của {number(people)} người, "
        f"từ {full_day(min(days))} đến {full_day(max(days))}. Lịch cũ của những ngày này được thay.\n\nNhập lịch này?"
    )
    answer(tx, errand, text, now, buttons=buttons)


def decide(visit: Visit, parts: list[str]) -> None:
    """The button under the preview; whoever was in the list is looked up anew."""
    decide_about_file(visit, parts, take_in=_apply, dropped="Đã bỏ, lịch trực đang dùng giữ nguyên.")


def _apply(visit: Visit, _file: StoredFile, content: bytes) -> None:
    turns, problems = turns_of(visit.tx, msgspec.json.decode(content, type=RosterFile), visit.today)
    if problems:
        visit.reply(f"Chưa nhập gì cả: {_listed(problems)}")
        return
    count = plan(visit.tx, turns)
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act="roster_planned", subject="roster", turns=count)
    visit.reply(f"✅ Đã nhập {number(count)} ca trực. Xem: /lichtruc")


def _listed(problems: list[Problem]) -> str:
    shown = bullets([str(problem) for problem in problems[:MOST_PROBLEMS]])
    return "\n".join([shown, *and_more(len(problems) - MOST_PROBLEMS, "chỗ nữa.")])


PRESSES: dict[str, Press] = {"roster": decide}
ERRAND = ErrandKind(topic=TOPIC, handle=preview, read_ahead=read_ahead, give_up=tell_that_it_is_missing)
