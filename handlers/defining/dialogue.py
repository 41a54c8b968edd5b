"""Defining a kind in private: by one message in the text form, or question by question; seen before it is saved.

Both ways write the same text, and the same reader judges it: the dialogue only asks for one line after the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import msgspec

from handlers import own_kinds
from handlers.access import Right
from handlers.command import Continue, Press
from handlers.defining.keeping import clash_with, is_built_in, save
from handlers.defining.showing import HOW, OLD, first_time, preview, show
from handlers.kinds import all_kinds
from handlers.own_kinds import Definition, name_of, read_definition
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, bullets
from storage.messages import Button
from storage.records.dialogues import Dialogue
from understanding.phrases.normalize import fold

TOPIC = "own_kind"
PATIENCE = timedelta(hours=2)
TITLE, ASKED, QUESTIONS, CONFIRM = "title", "asked", "questions", "confirm"
ASK_TITLE = "Loại báo cáo mới tên là gì ạ? Ví dụ: Kiểm tra phòng cháy."
ASK_WHO = "Hỏi ai và khi nào ạ? Xin chọn bên dưới, hoặc ghi như: đơn vị, hằng ngày 8:00-9:00 · từng người, thứ Hai 8:00-10:00."
ASK_QUESTION = (
    "Xin ghi các câu hỏi, mỗi câu một dòng, kiểu trả lời trong ngoặc:\n"
    "- Số người (số)\n- Tình trạng (chọn: tốt, cần thay)\n- Ảnh (ảnh, không bắt buộc)\n"
    "Kiểu: số, chọn, có/không, chữ, ngày, nơi, người, ảnh, tệp."
)
WHO = ("đơn vị, khi có việc", "từng người, khi có việc", "đơn vị, hằng ngày 16:00-16:30")
SAVE_WORDS = {"luu", "dung", "dong y", "ok", "co", "vang"}


@dataclass(frozen=True, slots=True)
class Draft:
    """The text so far, and the line that is asked for."""

    step: str
    title: str = ""
    lines: tuple[str, ...] = ()
    nonce: str = ""

    @property
    def text(self) -> str:
        return "\n".join((self.title, *self.lines))


def begin_with(visit: Visit, text: str) -> None:
    """A whole definition, or only the title: of a kind that there is, or of a new one."""
    title, _, rest = text.strip().partition("\n")
    if rest.strip():
        _check(visit, Draft(CONFIRM, title, tuple(rest.splitlines())))
    elif name_of(title) in all_kinds(visit.tx) and not is_built_in(name_of(title)):
        show(visit, name_of(title))
    else:
        _take_title(visit, Draft(TITLE), title)


def begin_anew(visit: Visit) -> None:
    _ask(visit, Draft(TITLE), ASK_TITLE)


def _ask(visit: Visit, draft: Draft, text: str, *labels: str) -> None:
    """Say it and wait for the next line; buttons carry a nonce, so that an old one does nothing."""
    asked = replace(draft, nonce=f"{visit.message.key[-8:]}{visit.said}")
    dialogue = Dialogue(topic=TOPIC, state=msgspec.to_builtins(asked), expires_at=visit.now + PATIENCE)
    visit.keep(dialogue)
    rows = [(Button(label, f"kindq:{asked.nonce}:{number}"),) for number, label in enumerate(labels)]
    visit.reply(text, buttons=(*rows, (Button("Bỏ", f"kindq:{asked.nonce}:x"),)))


def _labels(draft: Draft) -> tuple[str, ...]:
    if draft.step == ASKED:
        return WHO
    if draft.step == QUESTIONS and len(draft.lines) > 1:
        return ("Xong",)
    return ("Lưu", "Sửa lại") if draft.step == CONFIRM else ()


def go_on(visit: Visit, state: dict[str, Any]) -> bool:
    """Take the words for the line that was asked for; false if they are none."""
    draft = msgspec.convert(state, Draft)
    return bool(visit.message.text) and _take(visit, draft, visit.message.text)


def _take(visit: Visit, draft: Draft, said: str) -> bool:
    if draft.step == TITLE:
        _take_title(visit, draft, said)
    elif draft.step == ASKED:
        _take_asked(visit, draft, said)
    elif draft.step == QUESTIONS:
        _take_questions(visit, draft, said)
    else:
        return _confirm(visit, draft, said)
    return True


def _take_title(visit: Visit, draft: Draft, said: str) -> None:
    title = " ".join(said.split())
    trial = read_definition(f"{title}\nhỏi: đơn vị\n- Số (số)")
    wrong = trial.mistakes[:1] or _clashes(visit, trial.definition)
    if not title or wrong:
        _ask(visit, draft, "\n".join([*(wrong if title else ()), ASK_TITLE]))
    else:
        _ask(visit, Draft(ASKED, title), ASK_WHO, *WHO)


def _take_asked(visit: Visit, draft: Draft, said: str) -> None:
    line = said if fold(said).startswith("hoi") else f"hỏi: {said}"
    mistakes = read_definition(f"{draft.title}\n{' '.join(line.split())}\n- Số (số)").mistakes
    if mistakes:
        _ask(visit, draft, "\n".join([*mistakes, ASK_WHO]), *WHO)
    else:
        _ask(visit, Draft(QUESTIONS, draft.title, (line,)), ASK_QUESTION)


def _take_questions(visit: Visit, draft: Draft, said: str) -> None:
    if fold(said).strip(" .") in {"xong", "het", "du roi"} and len(draft.lines) > 1:
        _check(visit, draft)
        return
    lines = tuple(line if _is_item(line) else f"- {line}" for line in said.splitlines() if line.strip())
    longer = replace(draft, lines=(*draft.lines, *lines))
    mistakes = read_definition(longer.text).mistakes
    if mistakes:
        _ask(visit, draft, "\n".join([*mistakes, ASK_QUESTION]), *_labels(draft))
    else:
        text = f"Đã có {len(longer.lines) - 1} câu hỏi. Xin ghi câu tiếp theo, hoặc chọn “Xong”."
        _ask(visit, longer, text, *_labels(longer))


def _is_item(line: str) -> bool:
    return own_kinds.ITEM.match(line.strip()) is not None


def _check(visit: Visit, draft: Draft) -> None:
    """Show the whole kind before it is saved, or say what is wrong with it."""
    definition = _judge(visit, draft)
    if definition is not None:
        ready = Draft(CONFIRM, draft.title, draft.lines)
        _ask(visit, ready, preview(visit, definition), *_labels(ready))


def _judge(visit: Visit, draft: Draft) -> Definition | None:
    """The kind that the text defines; where it is none that can stand, what is wrong with it is said."""
    reading = read_definition(draft.text)
    mistakes = reading.mistakes or _clashes(visit, reading.definition)
    if not mistakes:
        return reading.definition
    visit.reply(f"Tôi chưa lưu được:\n{bullets(mistakes)}\n\nXin sửa rồi gửi lại cả đoạn. {HOW}")
    return None


def _clashes(visit: Visit, definition: Definition | None) -> list[str]:
    return [] if definition is None else clash_with(visit.tx, definition)


def _confirm(visit: Visit, draft: Draft, said: str) -> bool:
    words = fold(said).strip(" .!")
    if words == fold("Sửa lại"):
        visit.forget_dialogue()
        visit.reply(f"Xin sửa rồi gửi lại cả đoạn:\n/loaibao {draft.text}")
        return True
    if words not in SAVE_WORDS:
        return False
    visit.forget_dialogue()
    if not visit.may(Right.SET_UP):
        visit.reply(NOT_ALLOWED)
        return True
    definition = _judge(visit, draft)
    if definition is not None:
        kind = save(visit.tx, definition, by=visit.known.id, now=visit.now)
        visit.reply(f"✅ Đã lưu: {kind.title}. {first_time(visit, definition)}. Xem, dừng: /loaibao")
    return True


def _press_answer(visit: Visit, parts: list[str]) -> None:
    """A button of the dialogue: pressing it is saying it."""
    dialogue = visit.dialogue()
    if dialogue is None or dialogue.topic != TOPIC or dialogue.state.get("nonce") != parts[0]:
        visit.close_press(OLD)
        return
    visit.close_press()
    draft = msgspec.convert(dialogue.state, Draft)
    if parts[1] == "x":
        visit.forget_dialogue()
        visit.reply("Đã bỏ, tôi không lưu gì.")
    else:
        _take(visit, draft, _labels(draft)[int(parts[1])])


DIALOGUES: dict[str, Continue] = {TOPIC: go_on}
PRESSES: dict[str, Press] = {"kindq": _press_answer}
