"""The list of people under watch for those entitled: shown, taken away as a sheet, added to, ended; and its rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import time

from handlers.access import Right
from handlers.check_in import Watched
from handlers.command import Press
from handlers.follow_ups.asking import KIND
from handlers.follow_ups.beginning import LATEST, LONGEST, begin, end
from handlers.follow_ups.proposing import decide
from handlers.follow_ups.rules import Begins, keep_rules, rules
from handlers.follow_ups.sheet import write_sheet
from handlers.follow_ups.wording import day_of, state_on, who, why
from handlers.local_time import full_day
from handlers.naming import people_named
from handlers.telling import Buttons
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, and_more, bold
from storage.messages import Button
from storage.records import audit
from storage.records.check_ins import check_in_of_person
from storage.records.follow_ups import Ending, FollowUp, find_follow_up, open_follow_ups
from storage.records.people import Person, posts_of
from understanding.phrases.normalize import fold, nfc

HOW = (
    "Thêm: /theodoi thêm Vũ Thị Lan F1 14 ngày\n"
    "Kết thúc: /theodoi kết thúc Vũ Thị Lan\n"
    "Bảng Excel: /theodoi excel\n"
    "Giờ hỏi: /theodoi giờ 7:30 · Số ngày mặc định: /theodoi số ngày 7\n"
    "Khi có người báo triệu chứng: /theodoi triệu chứng hỏi (hoặc: luôn, không)"
)
MOST = 40
MOST_BUTTONS = 8
DAYS = re.compile(r"\b(\d{1,3})\s*ngay\b")
EXPOSURE = re.compile(r"\bf\s*([0-3])\b")
HOUR = re.compile(r"(\d{1,2})\s*[:hg]\s*(\d{2})?")
EARLIEST = "05:00"


def run(visit: Visit, rest: str) -> None:
    words = " ".join(nfc(rest).split())
    folded = fold(words)
    deed = next((each for each in DEEDS if folded == each or folded.startswith(f"{each} ")), None)
    if not words:
        _list(visit)
    elif deed is None:
        visit.reply(f"Tôi chưa hiểu.\n{HOW}")
    else:
        DEEDS[deed](visit, words[len(deed) :].strip(" :"))


def _list(visit: Visit) -> None:
    found = open_follow_ups(visit.tx)
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act="follow_ups_seen", subject="follow_ups")
    lines = [f"{number}. {_line(visit, each)}" for number, each in enumerate(found[:MOST], start=1)]
    lines += and_more(len(found) - MOST, "người nữa, xem bảng Excel.")
    ending = tuple(Button(f"Kết thúc {n}", f"watch:end:{each.id}") for n, each in enumerate(found[:MOST_BUTTONS], 1))
    rows: Buttons = tuple(ending[n : n + 2] for n in range(0, len(ending), 2))
    rows = (*rows, (Button("Bảng Excel", "watch:sheet"),)) if found else ()
    heading = f"🩺 {bold('Đang theo dõi sức khỏe')}: {len(found)} người, hỏi lúc {rules(visit.tx).asks_at} hằng ngày"
    visit.reply("\n".join([heading, *lines, "", HOW]), buttons=rows)


def _line(visit: Visit, each: FollowUp) -> str:
    answer = check_in_of_person(visit.tx, KIND, each.person_id, visit.today)
    state = state_on(answer, was_asked=each.asked_on == visit.today)
    return f"{who(visit.tx, each)}: {why(each)}, {day_of(each, visit.today)}; hôm nay: {state}"


def _add(visit: Visit, words: str) -> None:
    folded = fold(words)
    days, exposure = DAYS.search(folded), EXPOSURE.search(folded)
    ends = [found.start() for found in (days, exposure) if found is not None]
    person = _person(visit, words[: min(ends, default=len(words))].strip(" ,;"))
    if person is None:
        return
    if days is not None and not 1 <= int(days[1]) <= LONGEST:
        visit.reply(f"Số ngày theo dõi từ 1 đến {LONGEST}. Tôi chưa ghi gì.")
        return
    held = posts_of(visit.tx, person.id, visit.today)
    kept = begin(
        visit.tx,
        person_id=person.id,
        unit_id=held[0].unit_id if held else visit.unit_id,
        reason=Watched.CONTACT if exposure else Watched.OFFICE,
        now=visit.now,
        days=None if days is None else int(days[1]),
        exposure_level=None if exposure is None else int(exposure[1]),
        by=visit.known.id,
    )
    visit.reply(
        f"Đã ghi: theo dõi {person.called}, {why(kept)}, đến {full_day(kept.last_day)}. Tôi đã báo riêng {person.called}."
    )


def _end_named(visit: Visit, words: str) -> None:
    person = _person(visit, words)
    if person is None:
        return
    running = next((each for each in open_follow_ups(visit.tx) if each.person_id == person.id), None)
    if running is None:
        visit.reply(f"{person.called.capitalize()} hiện không trong danh sách theo dõi.")
    else:
        visit.reply(_end(visit, running))


def _person(visit: Visit, name: str) -> Person | None:
    """The one person so called; says what is wrong where there is not one."""
    found = people_named(visit.tx, name, visit.today, visit.unit_ids) if name else []
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(person.full_name for person in found[:8])
        visit.reply(f"Có nhiều người tên này: {names}. Xin ghi đủ họ tên.")
    else:
        visit.reply(f"Tôi chưa thấy “{name}” trong danh sách cán bộ. Xin ghi đủ họ tên.\n{HOW}")
    return None


def _end(visit: Visit, follow_up: FollowUp) -> str:
    if not end(visit.tx, follow_up, ending=Ending.ENDED, by=visit.known.id, now=visit.now):
        return "Việc theo dõi này đã kết thúc trước đó."
    return f"Đã kết thúc theo dõi {who(visit.tx, follow_up)}."


def _send_sheet(visit: Visit, _words: str = "") -> None:
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act="follow_ups_taken", subject="follow_ups")
    visit.reply("Danh sách theo dõi sức khỏe (dữ liệu cá nhân, xin giữ kín).", file=write_sheet(visit.tx, visit.now))


def _set_hour(visit: Visit, words: str) -> None:
    found = HOUR.fullmatch(fold(words))
    asks_at = None if found is None else _clock(int(found[1]), int(found[2] or 0))
    if asks_at is None:
        visit.reply(f"Xin ghi giờ từ {EARLIEST} đến trước {LATEST}, ví dụ: /theodoi giờ 7:30")
        return
    keep_rules(visit.tx, replace(rules(visit.tx), asks_at=asks_at))
    visit.reply(f"Đã đổi: từ lần hỏi tới, hỏi lúc {asks_at} hằng ngày.")


def _clock(hour: int, minute: int) -> str | None:
    try:
        said = time(hour, minute).strftime("%H:%M")
    except ValueError:
        return None
    return said if EARLIEST <= said < LATEST else None


def _set_days(visit: Visit, words: str) -> None:
    number = words.split(" ", 1)[0]
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= LONGEST:
        visit.reply(f"Xin ghi một số từ 1 đến {LONGEST}, ví dụ: /theodoi số ngày 7")
        return
    keep_rules(visit.tx, replace(rules(visit.tx), days=int(number)))
    visit.reply(f"Đã đổi: mặc định theo dõi {int(number)} ngày. Ai đang được theo dõi vẫn giữ ngày cũ.")


def _set_begins(visit: Visit, words: str) -> None:
    meant = {fold(each): each for each in Begins}.get(fold(words))
    if meant is None:
        visit.reply("Xin ghi: /theodoi triệu chứng hỏi, /theodoi triệu chứng luôn hoặc /theodoi triệu chứng không")
        return
    keep_rules(visit.tx, replace(rules(visit.tx), begins=meant))
    what = {Begins.ASK: "hỏi tổ giám sát trước", Begins.ALWAYS: "theo dõi ngay", Begins.NEVER: "không tự theo dõi"}
    visit.reply(f"Đã đổi: khi có người báo triệu chứng hoặc tiếp xúc, {what[meant]}.")


DEEDS: dict[str, Callable[[Visit, str], None]] = {
    "them": _add,
    "ket thuc": _end_named,
    "bo": _end_named,
    "excel": _send_sheet,
    "bang": _send_sheet,
    "gio": _set_hour,
    "so ngay": _set_days,
    "trieu chung": _set_begins,
}


def _press(visit: Visit, parts: list[str]) -> None:
    if not visit.may(Right.FOLLOW_HEALTH):
        visit.close_press(NOT_ALLOWED)
    elif parts[0] in ("yes", "no"):
        decide(visit, parts)
    elif parts[0] == "sheet":
        visit.close_press("Đang gửi bảng…")
        _send_sheet(visit)
    else:
        follow_up = find_follow_up(visit.tx, int(parts[1]))
        visit.close_press("Không còn trong sổ." if follow_up is None else _end(visit, follow_up))


PRESSES: dict[str, Press] = {"watch": _press}
