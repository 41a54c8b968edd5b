"""/tinloi: updates that could not be handled and messages nobody is sure of, with the buttons that decide."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection

from handlers.access import Right
from handlers.command import Command, Place, Press
from handlers.local_time import short_moment
from handlers.telling import Buttons
from handlers.troubles.parked import ask_to_try_again
from handlers.troubles.undelivered import called_there
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, and_more, bold, bullets, number, platform_name
from storage import inbox
from storage.messages import Button, Lane
from storage.outbox import Parcel
from storage.parcels import uncertainty
from storage.records import audit

MOST_PARCELS = 6  # each has a row of buttons
LANES = {
    Lane.ALERT: "tin khẩn",
    Lane.ANSWER: "trả lời",
    Lane.REMINDER: "nhắc hạn",
    Lane.DIRECTIVE: "chỉ đạo",
    Lane.CAMPAIGN: "tuyên truyền",
}
NOTHING = "Không có tin nào bị kẹt: mọi tin tới đều đã xử lý, mọi tin gửi đi đều rõ kết quả."


def run(visit: Visit, _rest: str) -> None:
    waiting, unsure = inbox.parked(visit.tx), uncertainty.uncertain(visit.tx)
    if not waiting and not unsure:
        visit.reply(NOTHING)
        return
    if waiting:
        visit.reply(_say_parked(waiting), buttons=((Button("Thử lại tất cả", "parked:again"),),))
    if unsure:
        visit.reply(_say_uncertain(visit.tx, unsure), buttons=_buttons(unsure))


def _say_parked(waiting: list[inbox.Parked]) -> str:
    often = Counter((parked.platform, parked.error) for parked in waiting)
    lines = [f"{platform_name(platform)}, {error}: {number(count)}" for (platform, error), count in often.items()]
    first = waiting[0].received_at
    since = short_moment(first)
    return f"{bold(number(len(waiting)))} tin tới chưa xử lý được, giữ từ {since}:\n{bullets(lines)}"


def _say_uncertain(tx: Connection, unsure: list[Parcel]) -> str:
    lines = [
        f"#{parcel.id} {LANES[Lane.of_rank(parcel.lane)]} tới {called_there(tx, parcel) or 'một người'}"
        for parcel in unsure[:MOST_PARCELS]
    ]
    lines += and_more(len(unsure) - MOST_PARCELS, "tin nữa")
    return f"{bold(number(len(unsure)))} tin không rõ đã tới nơi chưa:\n{bullets(lines)}"


def _buttons(unsure: list[Parcel]) -> Buttons:
    one_by_one = [
        (Button(f"Gửi lại #{parcel.id}", f"unsure:send:{parcel.id}"), Button("Bỏ", f"unsure:drop:{parcel.id}"))
        for parcel in unsure[:MOST_PARCELS]
    ]
    return (*one_by_one, (Button("Gửi lại tất cả", "unsure:send:all"), Button("Bỏ tất cả", "unsure:drop:all")))


def retry_parked(visit: Visit, _parts: list[str]) -> None:
    visit.close_press()
    if not visit.may(Right.DECIDE_UNCERTAIN):
        visit.reply(NOT_ALLOWED)
        return
    waiting = inbox.parked(visit.tx)
    for parked in waiting:
        ask_to_try_again(visit.tx, parked, visit.now)
    _note(visit, "parked_retried", len(waiting))
    visit.reply(f"Đang thử lại {number(len(waiting))} tin. Gõ /tinloi để xem còn lại.")


def decide_uncertain(visit: Visit, parts: list[str]) -> None:
    visit.close_press()
    if not visit.may(Right.DECIDE_UNCERTAIN):
        visit.reply(NOT_ALLOWED)
        return
    send_again, which = parts[0] == "send", parts[1]
    ids = [parcel.id for parcel in uncertainty.uncertain(visit.tx)] if which == "all" else [int(which)]
    decided = [one for one in ids if uncertainty.decide(visit.tx, one, send_again=send_again, now=visit.now)]
    _note(visit, "uncertain_decided", len(decided))
    done = "gửi lại" if send_again else "bỏ"
    visit.reply(f"Đã {done} {number(len(decided))} tin." if decided else "Tin này đã được quyết định rồi.")


def _note(visit: Visit, act: str, count: int) -> None:
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act=act, subject="delivery", count=count)


COMMAND = Command(
    name="tinloi",
    menu="Tin bị kẹt: xem và thử lại",
    run=run,
    right=Right.DECIDE_UNCERTAIN,
    place=Place.PRIVATE,
    order=85,
)
PRESSES: dict[str, Press] = {"parked": retry_parked, "unsure": decide_uncertain}
