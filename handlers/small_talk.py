"""What is said to us in private and reports nothing: a greeting, thanks, a cry for help, a slip; each answered in its tone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from handlers import asked, commanding, directives, incidents
from handlers.abouts import ids_in
from handlers.access import Right
from handlers.answers.courtesies import asks, courtesy_in, orders
from handlers.duty.missed import how_to_swap
from handlers.duty.numbers_asked import answer_number
from handlers.kinds import kind_named
from handlers.reporting.mending import mend_returned
from handlers.reporting.receipts import MEND_OR_TAKE_BACK, offer_to_mend
from handlers.reporting.recording import as_it_stands
from handlers.visit import Visit
from storage.messages import Button
from storage.records.check_ins import CheckIn, CheckInState, check_ins_by, find_check_in
from storage.records.directives import find_directive
from storage.records.people import find_person
from understanding.phrases.normalize import fold

NOT_UNDERSTOOD = (
    "Tôi chưa hiểu câu này nên chưa ghi gì. Xin viết như nói, ví dụ: “mai đi Đà Nẵng, thứ Sáu về”, "
    "“{unit}: 12 lượt”, “sốt 38 từ tối qua”. Gõ /trogiup để xem tôi làm được gì."
)
NO_SUCH_COMMAND = "Tôi không có lệnh này nên chưa làm gì. Gõ /trogiup để xem các lệnh."
NO_ANSWER = "Tôi chưa trả lời được câu hỏi này và chưa ghi gì ạ. Tôi tra được: {known}."
ASK_THE_AUTHOR = "Câu này tôi không trả lời thay được, xin hỏi {called} (người ra chỉ đạo) giúp ạ."
ASK_THE_OFFICE = " Việc khác xin hỏi Văn phòng giúp."
ANSWERED_BY = (
    ("tinhhinh", "tình hình lúc này"),
    ("conthieu", "ai còn phải báo gì"),
    ("vang", "ai vắng"),
    ("lichtruc", "ai trực"),
    ("duyet", "đơn xin phép"),
    ("toidabao", "đã báo gì"),
)
"""What a question may have been after, and the command that tells it."""
NO_ERRANDS = "Tôi chưa nhắn, gọi hộ được nên chưa làm gì ạ. Nhắc thì được, khi có giờ: “nhắc cả phòng 16:00 nộp báo cáo”, “nhắc tôi 14:00 họp”."
TO_SEND = " Muốn gửi cho mọi người và biết ai đã nhận: gõ “Chỉ đạo:” rồi nội dung."
TO_CHASE = " Nhắc người chưa nhận một chỉ đạo: gõ /chuanhan, bấm “Ai chưa nhận”, rồi “Nhắc ngay” dưới bảng theo dõi."
FILE_ALONE = "Tôi nhận được tệp (ảnh) nhưng không đọc được chữ trong đó nên chưa ghi gì. Xin viết kèm một câu, ví dụ: “{unit}: 12 lượt”."
APOLOGY = "Xin lỗi vì đã làm phiền {called}. Nếu tôi ghi sai điều gì: gõ /toidabao để sửa hoặc rút; cần người giúp thì nhắn Văn phòng ạ."
WHO_I_AM = (
    "Tôi là Trực Ban, trợ lý trực của cơ quan: một chương trình máy tính, không phải người. "
    "Tôi nhận báo cáo, chuyển chỉ đạo và báo tin khẩn; mọi việc làm được ở /trogiup."
)
NOTHING_TO_TAKE_BACK = "Mười lăm phút qua tôi chưa ghi gì của anh/chị nên không có gì phải rút. Xem tất cả: /toidabao."
LAST = "Tôi ghi gần nhất"
WHICH = "Tôi đọc ra mấy điều từ tin vừa rồi. Anh/chị muốn rút lại điều nào ạ?"
NO_FIGURE = "Tôi chưa ghi: ước chừng chưa phải là số liệu. Xin trả lời tin hỏi bằng con số đúng ạ."
VAGUE = re.compile(r"\d|(?<!\w)(?:khoang|chung|chuc|vai|uoc)(?!\w)")
ONLY_A_NAME = re.compile(r"\s*@\w+[\s?!.]*")
SLIP = "lỡ"  # of handlers/answers/courtesies.tsv
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
    if asked.answer(visit):
        return
    if courtesy == SLIP:
        _offer_to_take_back(visit, abouts)
    elif courtesy is not None:
        ANSWERS[courtesy](visit)
    elif not mend_returned(visit):
        visit.reply(NO_FIGURE if _is_vague(said, abouts) else _nothing_done(visit))


def _is_vague(said: str, abouts: list[str]) -> bool:
    """It answers a request for figures, but tells none clearly."""
    return any(about.startswith("round/") for about in abouts) and VAGUE.search(fold(said)) is not None


def answer_in_room(visit: Visit, abouts: list[str], *, is_said_to_us: bool) -> None:
    """A question that we can answer is answered; besides, who speaks to us gets a sign or a civil word, and chatter nothing."""
    said = visit.message.text
    if asked.answer(visit, is_said_to_us=is_said_to_us) or not is_said_to_us:
        return
    courtesy = "chào" if ONLY_A_NAME.fullmatch(said) else courtesy_in(said)
    if courtesy in SAID_IN_ROOMS:
        ANSWERS[courtesy](visit)
    elif courtesy is None and asks(said):
        visit.reply(_whom_to_ask(visit, abouts) or _no_answer(visit))
    elif courtesy is None and _is_vague(said, abouts):
        visit.reply(NO_FIGURE)


def _whom_to_ask(visit: Visit, abouts: list[str]) -> str:
    """A question behind a directive is for who issued it."""
    found = [find_directive(visit.tx, one) for one in directives.directive_ids_in(abouts)]
    author = next((find_person(visit.tx, one.author_id) for one in found if one is not None), None)
    return "" if author is None else ASK_THE_AUTHOR.format(called=author.called)


def _nothing_done(visit: Visit) -> str:
    said = visit.message.text
    if visit.message.file is not None:
        return FILE_ALONE.format(unit=visit.unit_name()) + incidents.keep_shown(visit)
    if told := answer_number(visit) or how_to_swap(visit):
        return told
    if asks(said):
        return _no_answer(visit)
    if orders(said):
        return NO_ERRANDS + (TO_SEND + TO_CHASE if visit.may(Right.ISSUE_DIRECTIVES) else "")
    return NOT_UNDERSTOOD.format(unit=visit.unit_name())


def _no_answer(visit: Visit) -> str:
    """Nobody of the office is sent to the office."""
    offered = {command.name for command in commanding.offered_to(visit)}
    known = ", ".join(f"/{name} ({what})" for name, what in ANSWERED_BY if name in offered)
    return NO_ANSWER.format(known=known) + ("" if visit.may(Right.SEE_ALL_UNITS) else ASK_THE_OFFICE)


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


def _forgive(visit: Visit) -> None:
    visit.reply("Dạ không sao ạ.")


def _introduce(visit: Visit) -> None:
    visit.reply(WHO_I_AM)


def _apologize(visit: Visit) -> None:
    visit.reply(APOLOGY.format(called=visit.known.called))


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
    ids = ids_in(abouts, "check_in")
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
    "xin lỗi": _forgive,
    "tên": _introduce,
    "bực": _apologize,
}
SAID_IN_ROOMS = frozenset({"chào", "cảm ơn", "giúp", "tên"})
"""Where others read it too: no answer to a nod, none to anger."""
