"""/trogiup: what the duty officer can do for this person, by example."""

from __future__ import annotations

from handlers.command import Command
from handlers.kinds import open_kinds
from handlers.visit import Visit
from handlers.wording import bold, bullets

EXAMPLES = (
    "mai đi Đà Nẵng họp, thứ Sáu về",
    "sốt 38 từ tối qua, có ho",
    "Phòng KT: 12 lượt khách",
    "hôm nay em làm ở nhà",
    "em ghi nhầm, 9 lượt chứ không phải 7",
)


def run(visit: Visit, _rest: str) -> None:
    examples = bullets([f"“{example}”" for example in EXAMPLES])
    listed = "\n".join(f"/{name} – {what}" for name, what in visit.offered if name != "start")
    kinds = ", ".join(f"“{kind.opens_with[0]}”" for kind in open_kinds(visit.tx) if kind.opens_with)
    privately = "Tin về sức khỏe, đi lại xin nhắn riêng cho tôi."
    visit.reply(
        f"{bold('Anh/chị cứ viết như nói:')}\n{examples}\n{privately}\n\n{bold('Gõ để được hỏi từng câu:')} {kinds}\n\n{bold('Lệnh:')}\n{listed}"
    )


COMMAND = Command(
    name="trogiup",
    menu="Tôi làm được gì cho anh/chị",
    run=run,
    words=("trợ giúp", "giúp", "help", "hướng dẫn"),
    order=1,
)
