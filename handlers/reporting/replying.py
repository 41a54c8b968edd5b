"""Taking the answer to a check-in's open question: by words, by a button, or leaving it for what it says instead."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from handlers.answers.readers import folded
from handlers.check_in import Question
from handlers.command import Continue, Press
from handlers.days.named_days import find_day
from handlers.local_time import local
from handlers.naming import people_named, units_named
from handlers.reporting.asking import (
    CONFIRM,
    NO,
    SKIP,
    TOPIC,
    WHICH,
    WHO,
    WHO_IS_IT,
    YES,
    Draft,
    ask,
    candidate_names,
    choices_of,
    go_to_next,
    narrow,
    proceed,
)
from handlers.visit import Visit
from storage.records.people import posts_of
from understanding import Report, read

FROM_THE_START = frozenset({"sua", "sua lai", "nham", "nham roi", "hoi lai", "lam lai", "lam lai tu dau"})
"""Said to an open question: nothing of the draft holds any more."""


def go_on(visit: Visit, state: dict[str, Any]) -> bool:
    """Take somebody's words as the answer to the open question; false if they do not answer it."""
    draft = msgspec.convert(state, Draft)
    if folded(visit.message.text) in FROM_THE_START:
        visit.forget_dialogue()
        proceed(visit, replace(draft, answers={}, candidates=(), days=(), is_certain=True))
        return True
    return _take(visit, draft, visit.message.text)


def _take(visit: Visit, draft: Draft, words: str) -> bool:
    if draft.asking in SPECIAL:
        return SPECIAL[draft.asking](visit, draft, words)
    question = next((q for q in draft.of_kind(visit.tx).questions if q.name == draft.asking), None)
    if question is None:
        return False
    is_skipped = question.is_skippable and folded(words) == folded(SKIP)
    answer = None if is_skipped else _read(visit, question, words)
    if isinstance(answer, str) and folded(answer) == folded(words) and _tells_of_a_day(visit, draft, words):
        return False  # any words answer this question, but these were meant for another report
    if answer is None and not is_skipped:
        if _reports_something_else(visit, draft, words):
            return False  # the question stays open; the front desk takes the words for what they say
        ask(visit, draft, f"{question.hint or 'Tôi chưa hiểu.'}\n{question.ask}", choices_of(question, draft))
        return True
    visit.forget_dialogue()
    # a pressed choice says no more than itself: "Tai nạn" tells the type, not yet what happened
    extra = {} if words in question.choices else draft.of_kind(visit.tx).from_words(words)
    said = f"{draft.said}\n{words}".strip()
    proceed(visit, replace(draft, answers={**extra, **draft.answers, question.name: answer}, said=said))
    return True


def _reports_something_else(visit: Visit, draft: Draft, words: str) -> bool:
    """Somebody who is being asked about his journey may tell of a fire first."""
    own = {draft.of_kind(visit.tx).reads, "correction", "ack"}
    return any(report.is_certain and report.kind not in own for report in read(words, local(visit.said_at)).reports)


def _tells_of_a_day(visit: Visit, draft: Draft, words: str) -> bool:
    """Where somebody is on a day he names, or a figure: whole in itself, whatever was asked."""
    own = draft.of_kind(visit.tx).reads
    others = [
        report for report in read(words, local(visit.said_at)).reports if report.kind != own and report.is_certain
    ]
    return any(report.kind == "count" or _names_a_day(report) for report in others)


def _names_a_day(report: Report) -> bool:
    day = report.slots.get("date")
    return report.kind == "presence" and day is not None and day.span is not None


def _read(visit: Visit, question: Question, words: str) -> Any:
    if question.read_file is not None and visit.message.file is not None:
        return question.read_file(visit.message)
    return question.read(words, local(visit.said_at))


def _take_candidate(visit: Visit, draft: Draft, words: str) -> bool:
    """Which of the units it is, or of which day; false if the words name none of them."""
    names = candidate_names(visit, draft)
    chosen = [names.index(words)] if words in names else _named(visit, draft, words)
    if not chosen or len(chosen) == len(names):
        return False
    visit.forget_dialogue()
    proceed(visit, narrow(draft, chosen))
    return True


def _named(visit: Visit, draft: Draft, words: str) -> list[int]:
    """The candidates whose unit or day the words name."""
    found = find_day(words.strip(" .!ạ"), today=visit.today, is_ahead=False)
    if found is not None and draft.days:
        return [n for n, day in enumerate(draft.days) if day == found[0].isoformat()]
    units = {unit.id for unit in units_named(visit.tx, words, visit.today)} & set(draft.candidates)
    return [n for n, unit_id in enumerate(draft.candidates) if unit_id in units] if len(units) == 1 else []


def _take_person(visit: Visit, draft: Draft, words: str) -> bool:
    """The name of whom it is about; two of the same name are told apart by their units."""
    found = people_named(visit.tx, words, visit.today, [draft.unit_id])
    if len(found) != 1:
        trouble = "Có nhiều người tên này." if found else "Tôi chưa thấy tên này trong danh sách."
        ask(visit, draft, f"{trouble} {WHO_IS_IT}", ())
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
    dialogue = visit.dialogue()
    if dialogue is None or dialogue.topic != TOPIC or dialogue.state.get("nonce") != nonce:
        visit.close_press("Câu hỏi này đã xong hoặc đã quá giờ. Xin nhắn lại nội dung mới.")
        return
    draft = msgspec.convert(dialogue.state, Draft)
    visit.close_press()
    if choice == "x":
        visit.forget_dialogue()
        visit.reply("Đã bỏ, tôi không ghi gì.")
        go_to_next(visit, draft)
    else:
        _take(visit, draft, _chosen(visit, draft, int(choice)))


def _chosen(visit: Visit, draft: Draft, number: int) -> str:
    if draft.asking == CONFIRM:
        return (YES, NO)[number]
    if draft.asking == WHICH:
        return candidate_names(visit, draft)[number]
    question = next((q for q in draft.of_kind(visit.tx).questions if q.name == draft.asking), None)
    choices = () if question is None else choices_of(question, draft)
    return choices[number] if number < len(choices) else ""  # the kind was changed since it was asked


SPECIAL = {CONFIRM: _confirm, WHO: _take_person, WHICH: _take_candidate}
"""Questions that are not the kind's own."""


def is_asked_now(visit: Visit, parts: list[str]) -> bool:
    """Whether the question that the button answers is the one that is open here."""
    dialogue = visit.dialogue()
    return dialogue is not None and dialogue.state.get("nonce") == parts[0]


DIALOGUES: dict[str, Continue] = {TOPIC: go_on}
PRESSES: dict[str, Press] = {"dlg": _press}
