"""What is said to us in private and reports nothing: a greeting, thanks, a cry for help, a slip; each answered in its tone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from handlers import commanding
from handlers.courtesies import asks, courtesy_in
from handlers.kinds import kind_named
from handlers.visit import Visit
from storage.messages import Button, Marks
from storage.records.check_ins import last_check_in_by

NOT_UNDERSTOOD = (
    "Tôi chưa hiểu câu này nên chưa ghi gì. Anh/chị có thể viết như nói, ví dụ: “mai đi Đà Nẵng, thứ Sáu về”, "
    "“Phòng KT: 12 lượt”, “sốt 38 từ tối qua”. Gõ /trogiup để xem tôi làm được gì."
)
NO_SUCH_COMMAND = "Tôi không có lệnh này nên chưa làm gì. Gõ /trogiup để xem các lệnh."
NO_ANSWER = (
    "Tôi chưa trả lời được câu hỏi này và chưa ghi gì, xin hỏi Văn phòng giúp. Tôi tra được: /conthieu (còn phải báo gì, "
    "hạn mấy giờ), /toidabao (đã báo gì)."
)
NOTHING_TO_TAKE_BACK = "Mười lăm phút qua tôi chưa ghi gì của anh/chị nên không có gì phải rút. Xem tất cả: /toidabao."
JUST_NOW = timedelta(minutes=15)


def answer(visit: Visit) -> None:
    """Nothing here is kept; whoever said more than courtesy reads that nothing was."""
    said = visit.message.text
    if said.startswith("/"):
        visit.reply(NO_SUCH_COMMAND)
        return
    courtesy = courtesy_in(said)
    if courtesy is not None:
        ANSWERS[courtesy](visit)
    else:
        visit.reply(NO_ANSWER if asks(said) else NOT_UNDERSTOOD)


def _greet(visit: Visit) -> None:
    visit.reply(
        f"Chào {visit.known.called}, tôi nghe đây ạ. Cứ nhắn như nói, ví dụ “mai đi Đà Nẵng, thứ Sáu về”; "
        "mọi việc tôi làm được ở /trogiup."
    )


def _thank(visit: Visit) -> None:
    visit.receive_quietly()


def _take_note(visit: Visit) -> None:
    """A nod where nothing is asked: a sign of ours would look as if something had been confirmed."""
    visit.reply("Dạ. Tôi không ghi gì thêm từ câu này.")


def _help(visit: Visit) -> None:
    commanding.run(visit, commanding.command_named("trogiup"), "")


def _offer_to_take_back(visit: Visit) -> None:
    """What was kept last is shown with the ways to mend it; it is never taken back on a guess."""
    last = last_check_in_by(visit.tx, visit.known.id, visit.now - JUST_NOW)
    if last is None:
        visit.reply(NOTHING_TO_TAKE_BACK)
        return
    kind = kind_named(visit.tx, last.kind)
    buttons = ((Button("Sửa", f"mend:fix:{last.id}"), Button("Rút lại", f"mend:undo:{last.id}")),)
    text = f"Tôi ghi gần nhất: {kind.title.lower()}, {kind.say(last.answers)}. Anh/chị muốn sửa hay rút lại ạ?"
    visit.reply(text, buttons=buttons, about=f"check_in/{last.id}", marks=Marks.WORDS)


ANSWERS: dict[str, Callable[[Visit], None]] = {
    "chào": _greet,
    "cảm ơn": _thank,
    "vâng": _take_note,
    "giúp": _help,
    "lỡ": _offer_to_take_back,
}
