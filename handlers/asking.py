"""The dialogue of a check-in: asks for what is missing or unsure, one question at a time, and records when all is said.

State of a dialogue: the kind, the answers so far, whom it is about, what is being asked, and a nonce that its buttons carry,
so that a button of last month cannot answer the question of today.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection

from handlers.answer_readers import folded
from handlers.check_in import Answers, CheckInKind, Question
from handlers.command import Continue, Press
from handlers.kinds import kind_named
from handlers.local_time import local
from handlers.naming import people_named, units_named
from handlers.recording import Source, correct, record
from handlers.telling import Buttons
from handlers.visit import Visit
from storage.messages import Button
from storage.records.check_ins import CheckIn, find_check_in
from storage.records.dialogues import Dialogue, open_dialogue
from storage.records.people import posts_of
from storage.records.units import find_unit

TOPIC = "check_in"
PATIENCE = timedelta(minutes=30)
CONFIRM = "?"
"""What is being asked when everything is there but not certain."""

WHO = "@"
"""What is being asked when it is not clear whom the words are about."""
WHICH = "#"
"""What is being asked when the words fit several units."""
WHO_IS_IT = "Anh/chị báo cho ai ạ? Xin ghi họ tên đầy đủ."

STILL_SHOWN = "Tin gốc còn hiện trong nhóm; muốn giữ kín, anh/chị xóa tin đó giúp."
CANCEL = "Bỏ"
SKIP = "Bỏ qua"
YES, NO = "Đúng", "Chưa đúng"


@dataclass(frozen=True, slots=True)
class Draft:
    """A check-in that is not complete or not certain yet."""

    kind: str
    unit_id: int
    person_id: int | None
    said: str
    message_id: str | None
    answers: Answers = field(default_factory=dict)
    asking: str = ""
    nonce: str = ""
    day: str | None = None
    corrects: int | None = None  # the check-in that this one will supersede
    is_certain: bool = True
    candidates: tuple[int, ...] = ()  # units that it may be about, until somebody says which
    then: tuple[Draft, ...] = ()  # what else the message reported, to be asked about afterwards

    def of_kind(self, tx: Connection) -> CheckInKind:
        return kind_named(tx, self.kind)


def begin(visit: Visit, kind_name: str, *, unit_id: int | None = None, day: date | None = None) -> None:
    """Start the dialogue of a kind from nothing, for one's own unit and today unless others are named."""
    kind = kind_named(visit.tx, kind_name)
    draft = Draft(
        kind=kind.name,
        unit_id=unit_id or visit.unit_id,
        person_id=visit.known.id if kind.about == "person" else None,
        said="",
        message_id=None,
        day=None if day is None else day.isoformat(),
    )
    proceed(visit, draft)


def proceed(visit: Visit, draft: Draft) -> None:
    """Ask the next question, have it confirmed if something was unsure, or record."""
    kind = draft.of_kind(visit.tx)
    question = kind.missing(draft.answers)
    if kind.about == "person" and draft.person_id is None:
        _ask(visit, replace(draft, asking=WHO), WHO_IS_IT, ())
    elif draft.candidates:
        text = f"{kind.title}: {kind.say(draft.answers)} là của đơn vị nào ạ?"
        _ask(visit, replace(draft, asking=WHICH), text, _unit_names(visit, draft))
    elif (wrong := kind.mistake(draft.answers, visit.today)) is not None:
        _ask_again_from_start(visit, draft, wrong)
    elif question is not None:
        _ask(visit, replace(draft, asking=question.name), question.ask, _choices(question))
    elif not draft.is_certain:
        text = f"Tôi hiểu là: {kind.say(draft.answers)}. Đúng không ạ?"
        _ask(visit, replace(draft, asking=CONFIRM), text, (YES, NO))
    else:
        _finish(visit, draft)


def _unit_names(visit: Visit, draft: Draft) -> tuple[str, ...]:
    found = [find_unit(visit.tx, unit_id) for unit_id in draft.candidates]
    return tuple(unit.short_name for unit in found if unit is not None)


def _choices(question: Question) -> tuple[str, ...]:
    return (*question.choices, SKIP) if question.is_skippable else question.choices


def _ask_again_from_start(visit: Visit, draft: Draft, wrong: str) -> None:
    kept = {name: answer for name, answer in draft.answers.items() if not name.endswith("_on")}
    visit_text = f"{wrong} Xin cho tôi biết lại."
    _say(visit, draft, visit_text, ())
    proceed(visit, replace(draft, answers=kept))


def _ask(visit: Visit, draft: Draft, text: str, choices: tuple[str, ...]) -> None:
    """Say the question where this kind may be talked about, and remember what was asked."""
    asked = replace(draft, nonce=f"{visit.message.key[-8:]}{visit.said}")
    offered = [_button(asked, number, choice) for number, choice in enumerate(choices)]
    rows = [tuple(offered[n : n + 2]) for n in range(0, len(offered), 2)]
    rows.append((Button(CANCEL, f"dlg:{asked.nonce}:x"),))
    is_elsewhere = draft.of_kind(visit.tx).is_private and not visit.message.is_private
    dialogue = Dialogue(topic=TOPIC, state=msgspec.to_builtins(asked), expires_at=visit.now + PATIENCE)
    visit.keep(dialogue, in_private=is_elsewhere)
    _say(visit, asked, text, tuple(rows))


def _button(draft: Draft, number: int, choice: str) -> Button:
    return Button(choice, f"dlg:{draft.nonce}:{number}")


def _say(visit: Visit, draft: Draft, text: str, buttons: Buttons) -> None:
    if draft.of_kind(visit.tx).is_private and not visit.message.is_private:
        visit.reply_privately(text, buttons=buttons)
    else:
        visit.reply(text, buttons=buttons)


def _finish(visit: Visit, draft: Draft) -> None:
    kind = draft.of_kind(visit.tx)
    source = Source(visit.message.platform, visit.message.chat_id, draft.message_id, draft.said, visit.message.sent_at)
    old = find_check_in(visit.tx, draft.corrects) if draft.corrects else None
    if old is not None:
        kept = correct(
            visit.tx, old, kind=kind, answers=draft.answers, reported_by=visit.known.id, source=source, now=visit.now
        )
    else:
        kept = record(
            visit.tx,
            kind=kind,
            answers=draft.answers,
            unit_id=draft.unit_id,
            person_id=draft.person_id,
            reported_by=visit.known.id,
            source=source,
            now=visit.now,
            day=None if draft.day is None else visit.today.fromisoformat(draft.day),
        )
    read_back(visit, kind, kept, is_correction=old is not None)
    _go_to_next(visit, draft)


def _go_to_next(visit: Visit, draft: Draft) -> None:
    if draft.then:
        proceed(visit, replace(draft.then[0], then=draft.then[1:]))


def read_back(visit: Visit, kind: CheckInKind, kept: CheckIn, *, is_correction: bool = False) -> None:
    """One short line with what was kept and ways to mend it; in a room, of a private kind, only that it was received."""
    what = "Đã sửa" if is_correction else "Đã ghi"
    late = " (muộn)" if kept.is_late else ""
    text = f"✅ {what}{late}: {kind.title.lower()}, {kind.say(kept.answers)}."
    buttons = ((Button("Sửa", f"mend:fix:{kept.id}"), Button("Rút lại", f"mend:undo:{kept.id}")),)
    about = f"check_in/{kept.id}"
    if visit.message.is_private:
        visit.reply(text, buttons=buttons, about=about)
    elif kind.is_private:
        visit.receive_quietly()
        visit.reply_privately(f"{text}\n{STILL_SHOWN}", buttons=buttons, about=about)
    else:
        visit.receive_quietly()


def go_on(visit: Visit, state: dict[str, Any]) -> bool:
    """Take somebody's words as the answer to the open question; false if they do not answer it."""
    draft = msgspec.convert(state, Draft)
    return _take(visit, draft, visit.message.text)


def _take(visit: Visit, draft: Draft, words: str) -> bool:
    if draft.asking == CONFIRM:
        return _confirm(visit, draft, words)
    if draft.asking == WHO:
        return _take_person(visit, draft, words)
    if draft.asking == WHICH:
        return _take_unit(visit, draft, words)
    question = next((q for q in draft.of_kind(visit.tx).questions if q.name == draft.asking), None)
    if question is None:
        return False
    is_skipped = question.is_skippable and folded(words) == folded(SKIP)
    answer = None if is_skipped else _read(visit, question, words)
    if answer is None and not is_skipped:
        _ask(visit, draft, f"{question.hint or 'Tôi chưa hiểu.'}\n{question.ask}", _choices(question))
        return True
    visit.forget_dialogue()
    # a pressed choice says no more than itself: "Tai nạn" tells the type, not yet what happened
    extra = {} if words in question.choices else draft.of_kind(visit.tx).from_words(words)
    said = f"{draft.said}\n{words}".strip()
    proceed(visit, replace(draft, answers={**extra, **draft.answers, question.name: answer}, said=said))
    return True


def _read(visit: Visit, question: Question, words: str) -> Any:
    if question.read_file is not None and visit.message.file is not None:
        return question.read_file(visit.message)
    return question.read(words, local(visit.now))


def _take_unit(visit: Visit, draft: Draft, words: str) -> bool:
    """Which of the units it is; false if the words name none of them."""
    named = [unit.id for unit in units_named(visit.tx, words, visit.today) if unit.id in draft.candidates]
    if len(named) != 1:
        return False
    visit.forget_dialogue()
    proceed(visit, replace(draft, unit_id=named[0], candidates=()))
    return True


def _take_person(visit: Visit, draft: Draft, words: str) -> bool:
    """The name of whom it is about; two of the same name are told apart by their units."""
    found = people_named(visit.tx, words, visit.today, [draft.unit_id])
    if len(found) != 1:
        trouble = "Có nhiều người tên này." if found else "Tôi chưa thấy tên này trong danh sách."
        _ask(visit, draft, f"{trouble} {WHO_IS_IT}", ())
        return True
    visit.forget_dialogue()
    held = posts_of(visit.tx, found[0].id, visit.today)
    unit_id = held[0].unit_id if held else draft.unit_id
    proceed(visit, replace(draft, person_id=found[0].id, unit_id=unit_id))
    return True


def _confirm(visit: Visit, draft: Draft, words: str) -> bool:
    folded = words.strip(" .!ạ").casefold()
    if folded in {"đúng", "dung", "vâng", "phải", "ok", "đúng rồi", "dạ đúng", "có"}:
        visit.forget_dialogue()
        proceed(visit, replace(draft, is_certain=True))
        return True
    if folded in {"chưa đúng", "không", "sai", "ko", "không phải", "sai rồi"}:
        visit.forget_dialogue()
        proceed(visit, replace(draft, answers={}, is_certain=True))
        return True
    return False


def _press(visit: Visit, parts: list[str]) -> None:
    """A button of the dialogue: pressing a choice is saying it."""
    nonce, choice = parts[0], parts[1]
    dialogue = open_dialogue(
        visit.tx, visit.message.platform, visit.message.chat_id, visit.message.user_id or "", visit.now
    )
    if dialogue is None or dialogue.topic != TOPIC or dialogue.state.get("nonce") != nonce:
        visit.close_press("Câu hỏi này đã xong hoặc đã quá giờ. Xin nhắn lại nội dung mới.")
        return
    draft = msgspec.convert(dialogue.state, Draft)
    visit.close_press()
    if choice == "x":
        visit.forget_dialogue()
        visit.reply("Đã bỏ, tôi không ghi gì.")
        _go_to_next(visit, draft)
    else:
        _take(visit, draft, _chosen(visit, draft, int(choice)))


def _chosen(visit: Visit, draft: Draft, number: int) -> str:
    if draft.asking == CONFIRM:
        return (YES, NO)[number]
    if draft.asking == WHICH:
        return _unit_names(visit, draft)[number]
    question = next((q for q in draft.of_kind(visit.tx).questions if q.name == draft.asking), None)
    choices = () if question is None else _choices(question)
    return choices[number] if number < len(choices) else ""  # the kind was changed since it was asked


DIALOGUES: dict[str, Continue] = {TOPIC: go_on}
PRESSES: dict[str, Press] = {"dlg": _press}
