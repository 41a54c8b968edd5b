"""/trogiup [hết]: what the duty officer can do for this person, by example, on one screen of a telephone; all of it when asked."""

from __future__ import annotations

from handlers.access import Right
from handlers.command import Command
from handlers.kinds import open_kinds
from handlers.visit import Visit
from handlers.wording import bold, bullets, plain

EXAMPLES = (
    "mai đi Đà Nẵng họp, thứ Sáu về",
    "sốt 38 từ tối qua, có ho",
    "{unit}: 12 lượt khách",
    "hôm nay em làm ở nhà",
    "em ghi nhầm, 9 lượt chứ không phải 7",
)
QUESTIONS = ("mai ai trực?", "phòng còn thiếu gì?")
QUESTIONS_OF_LEADERS = ("tình hình hôm nay thế nào?", "ai đang đi công tác?", "ai chưa báo?")
DAILY = [
    "diemdanh",
    "baodi",
    "baokhan",
    "suckhoe",
    "toidabao",
    "conthieu",
    "duyet",
    "huy",
    "chidao",
    "chuanhan",
    "tinhhinh",
    "vang",
    "tonghop",
    "lichtruc",
]
ALL = frozenset({"het", "tat ca", "du"})
HOW_ABOUT_ALL = "Mọi lệnh khác: /trogiup hết"


def run(visit: Visit, rest: str) -> None:
    parts = [_all_commands(visit)] if plain(rest) in ALL else [_examples(visit), _daily_commands(visit)]
    visit.reply("\n\n".join(parts))


def _examples(visit: Visit) -> str:
    name = visit.unit_name()
    shown = bullets([f"“{example.format(unit=name)}”" for example in EXAMPLES])
    asked = QUESTIONS_OF_LEADERS if visit.may(Right.SEE_ALL_UNITS) else QUESTIONS
    questions = ", ".join(f"“{question}”" for question in asked)
    privately = "Tin về sức khỏe, đi lại xin nhắn riêng cho tôi."
    return f"{bold('Anh/chị cứ viết như nói:')}\n{shown}\nHỏi cũng được: {questions}\n{privately}"


def _daily_commands(visit: Visit) -> str:
    shown = [one for one in visit.offered if one[0] in DAILY]
    return f"{bold('Lệnh hay dùng:')}\n{_listed(shown)}\n{HOW_ABOUT_ALL}"


def _all_commands(visit: Visit) -> str:
    kinds = ", ".join(f"“{kind.opens_with[0]}”" for kind in open_kinds(visit.tx) if kind.opens_with)
    shown = [one for one in visit.offered if one[0] != "start"]
    return f"{bold('Gõ để được hỏi từng câu:')} {kinds}\n\n{bold('Mọi lệnh:')}\n{_listed(shown)}"


def _listed(commands: list[tuple[str, str]]) -> str:
    return "\n".join(f"/{name} – {what}" for name, what in commands)


COMMAND = Command(
    name="trogiup",
    menu="Tôi làm được gì cho anh/chị",
    run=run,
    words=("trợ giúp", "giúp", "help", "hướng dẫn"),
    order=1,
)
