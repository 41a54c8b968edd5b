"""/huy: forget the question that is open."""

from __future__ import annotations

from handlers.command import Command
from handlers.visit import Visit

WORDS = ("hủy", "huỷ", "thôi", "hủy bỏ", "bỏ", "thôi bỏ", "bỏ đi", "thôi khỏi", "khỏi", "thôi bỏ đi")


def run(visit: Visit, _rest: str) -> None:
    if visit.forget_dialogue():
        visit.reply("Đã bỏ việc đang hỏi dở, tôi không ghi gì.")
    elif visit.message.addressed:  # "thôi" among others in a room is chatter
        visit.reply("Không có việc nào đang hỏi dở. Muốn rút lại điều đã báo, xin chọn “Rút lại” ở tin đã ghi.")


COMMAND = Command(name="huy", menu="Bỏ việc đang hỏi dở", run=run, words=WORDS, order=9)
