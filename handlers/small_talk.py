"""What is said to us in private and reports nothing: a greeting, thanks, a cry for help, a slip; each answered in its tone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from handlers import commanding
from handlers.answers.courtesies import asks, courtesy_in
from handlers.kinds import kind_named
from handlers.reporting.asking import MEND_OR_TAKE_BACK, offer_to_mend
from handlers.reporting.recording import as_it_stands
from handlers.visit import Visit
from storage.messages import Button
from storage.records.check_ins import CheckIn, CheckInState, check_ins_by, find_check_in

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
LAST = "Tôi ghi gần nhất"
WHICH = "Tôi đọc ra mấy điều từ tin vừa rồi. Anh/chị muốn rút lại điều nào ạ?"
SLIP = "lỡ"  # of handlers/answers/courtesies.tsv
RECEIPT = "check_in/"
JUST_NOW = timedelta(minutes=15)
MOST = 8
LONGEST_CHOICE = 50  # characters that a button shows on a telephone


def answer(visit: Visit, abouts: list[str]) -> None:
    """Nothing here is kept; whoever said more than courtesy reads that nothing was. `abouts`: what the words answer."""
    said = visit.message.text
    if said.startswith("/"):
        visit.reply(NO_SUCH_COMMAND)
        return
    courtesy = courtesy_in(said)
    if courtesy == SLIP:
        _offer_to_take_back(visit, abouts)
    elif courtesy is not None:
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


def _offer_to_take_back(visit: Visit, abouts: list[str]) -> None:
    """What was meant is shown with the ways to mend it; it is never taken back on a guess."""
    meant = _answered(visit, abouts) or _kept_last(visit)
    if not meant:
        visit.reply(NOTHING_TO_TAKE_BACK)
    elif len(meant) == 1:
        offer_to_mend(visit, kind_named(visit.tx, meant[0].kind), meant[0], f"{LAST}: {{}}. {MEND_OR_TAKE_BACK}")
    else:
        rows = tuple((Button(f"Rút: {_told(visit, one)}", f"mend:undo:{one.id}"),) for one in meant)
        visit.reply(WHICH, buttons=rows)


def _answered(visit: Visit, abouts: list[str]) -> list[CheckIn]:
    """The report whose receipt was answered, as it stands now, if it is his own."""
    ids = [int(about.removeprefix(RECEIPT)) for about in abouts if about.startswith(RECEIPT)]
    found = [one for check_in_id in ids if (one := find_check_in(visit.tx, check_in_id)) is not None]
    standing = [as_it_stands(visit.tx, kind_named(visit.tx, one.kind), one) for one in found]
    return [one for one in standing if one.state == CheckInState.CURRENT and one.reported_by == visit.known.id]


def _kept_last(visit: Visit) -> list[CheckIn]:
    """What was read from his last message: often one report, sometimes a few."""
    latest = check_ins_by(visit.tx, visit.known.id, visit.now - JUST_NOW, limit=MOST)
    said_in = [(one.platform, one.chat_id, one.message_id) for one in latest]
    return [
        one
        for one, message in zip(latest, said_in, strict=True)
        if one is latest[0] or (message == said_in[0] and one.message_id)
    ]


def _told(visit: Visit, check_in: CheckIn) -> str:
    return kind_named(visit.tx, check_in.kind).say(check_in.answers)[:LONGEST_CHOICE]


ANSWERS: dict[str, Callable[[Visit], None]] = {
    "chào": _greet,
    "cảm ơn": _thank,
    "vâng": _take_note,
    "giúp": _help,
}
