"""What is said to us in private and reports nothing: a greeting, thanks, a cry for help, a slip; each answered in its tone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from handlers import commanding
from handlers.kinds import kind_named
from handlers.visit import Visit
from handlers.wording import plain
from storage.messages import Button, Marks
from storage.records.check_ins import last_check_in_by
from understanding.normalize import fold

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
LONGEST = 8  # words; a longer line says something


def _read_words() -> dict[str, frozenset[str]]:
    """The groups of small_talk.tsv, as lines are compared: without marks and case."""
    lines = Path(__file__).with_name("small_talk.tsv").read_text(encoding="utf-8").splitlines()
    groups = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: frozenset(fold(way.strip()) for way in ways.split(",")) for name, ways in groups}


WORDS = _read_words()
FILLERS = WORDS["đệm"]


def answer(visit: Visit) -> None:
    """Nothing here is kept; whoever said more than courtesy reads that nothing was."""
    said = visit.message.text
    if said.startswith("/"):
        visit.reply(NO_SUCH_COMMAND)
        return
    meant = _meaning_of(said)
    if meant is not None:
        meant(visit)
    else:
        visit.reply(NO_ANSWER if _asks(said) else NOT_UNDERSTOOD)


def _meaning_of(said: str) -> Callable[[Visit], None] | None:
    words = plain(said).split()
    if len(words) > LONGEST or not said:
        return None
    core = " ".join(word for word in words if word not in FILLERS)
    if not core:
        return _help if "giup" in words else _greet if {"oi", "truc"} & set(words) else _take_note
    found = next((meant for group, meant in MEANINGS.items() if core in WORDS[group]), None)
    return found if found is not None or any(map(str.isalnum, core)) else _take_note  # a sign alone is a nod


def _asks(said: str) -> bool:
    line = plain(said)
    begins = tuple(WORDS["mở đầu câu hỏi"])
    return said.rstrip().endswith("?") or line.startswith(begins) or line.endswith(tuple(WORDS["cuối câu hỏi"]))


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


MEANINGS = {
    "chào": _greet,
    "cảm ơn": _thank,
    "vâng": _take_note,
    "giúp": _help,
    "lỡ": _offer_to_take_back,
}
