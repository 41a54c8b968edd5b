"""What those who hold a step press, say or send: xong with a photo or a note, đang làm, tôi không làm được."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from handlers.access import Right
from handlers.local_time import local
from handlers.playbooks.cards import heading, marked, refresh_board, step_of
from handlers.playbooks.definition import Evidence
from handlers.playbooks.journaling import note_run
from handlers.playbooks.running import answer_step, confirm_for_oneself, settle_step
from handlers.telling import tell_person
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, firm
from storage.messages import Button, Lane
from storage.records.dialogues import Dialogue
from storage.records.people import find_person
from storage.records.playbooks import (
    Run,
    RunState,
    RunStep,
    StepState,
    find_run,
    find_step,
    holds,
    open_steps_held_by,
)
from understanding import read
from understanding.phrases.normalize import fold

TOPIC = "run_step"
PATIENCE = timedelta(hours=1)
GONE = "Phương án này đã kết thúc."
ASKED = {
    Evidence.PHOTO: "Xin gửi một ảnh kết quả. Không chụp được thì ghi một câu.",
    Evidence.NOTE: "Xin ghi một câu kết quả (đã làm gì, ai tiếp nhận).",
}
DONE = re.compile(
    r"(?:da )?(?:xong|hoan thanh|lam xong|nhan)(?: roi)?(?: buoc (\d{1,2}))?(?: (?:a|nhe|nha|roi|em))*\b[ .,:!-]*"
)
SEEN = frozenset({"dang lam", "da nhan viec", "dang thuc hien"})
CANNOT = ("khong lam duoc", "toi khong lam duoc", "em khong lam duoc")


def press_step(visit: Visit, parts: list[str]) -> None:
    """A button of a step: "step:<deed>:<id>"."""
    found = _found(visit, int(parts[1]))
    if found is None or found[0].state != RunState.RUNNING:
        visit.close_press(GONE)
        return
    run, row = found
    if not _may_settle(visit, run, row):
        visit.close_press(NOT_ALLOWED)
    elif row.state not in (StepState.OPEN, StepState.WAITING):
        visit.close_press(marked(run, _said_settled(visit, row)))
    else:
        DEEDS[parts[0]](visit, run, row)


def _found(visit: Visit, step_id: int) -> tuple[Run, RunStep] | None:
    row = find_step(visit.tx, step_id)
    run = None if row is None else find_run(visit.tx, row.run_id)
    return None if row is None or run is None else (run, row)


def _holds(visit: Visit, row: RunStep) -> bool:
    return holds(visit.tx, row.id, visit.known.id)


def _may_settle(visit: Visit, run: Run, row: RunStep) -> bool:
    return _holds(visit, row) or run.started_by == visit.known.id or visit.may(Right.RUN_PLAYBOOKS)


def _said_settled(visit: Visit, row: RunStep) -> str:
    who = find_person(visit.tx, row.settled_by) if row.settled_by else None
    return f"Bước {row.number} đã được {who.called if who else 'người khác'} ghi trước."


def _done(visit: Visit, run: Run, row: RunStep) -> None:
    step = step_of(run, row.number)
    if step.each and _holds(visit, row):
        confirm_for_oneself(visit.tx, run, row, visit.known.id, visit.now)
        visit.close_press(marked(run, "Đã ghi nhận. Cảm ơn anh/chị."))
    elif step.evidence is Evidence.NONE or run.is_drill:
        _settle(visit, run, row)
        visit.close_press(marked(run, "Đã ghi: xong."))
    else:
        answer_step(visit.tx, row, visit.known.id, "seen", visit.now)
        visit.close_press()
        _wait(visit, row, "evidence")
        visit.reply(marked(run, f"Bước {row.number}: {ASKED[step.evidence]}"), about=row.about)


def _settle(
    visit: Visit, run: Run, row: RunStep, *, note: str | None = None, file: tuple[str, str] | None = None
) -> None:
    answer_step(visit.tx, row, visit.known.id, "done", visit.now)
    settle_step(visit.tx, run, row, StepState.DONE, by=visit.known.id, now=visit.now, note=note, file=file)


def _seen(visit: Visit, run: Run, row: RunStep) -> None:
    answer_step(visit.tx, row, visit.known.id, "seen", visit.now)
    visit.close_press(marked(run, "Đã ghi: đang làm. Làm xong, xin báo “Xong”."))
    refresh_board(visit.tx, run, visit.now)


def _decline(visit: Visit, run: Run, row: RunStep) -> None:
    answer_step(visit.tx, row, visit.known.id, "declined", visit.now)
    visit.close_press()
    _wait(visit, row, "reason")
    visit.reply(
        marked(run, f"Bước {row.number}: vì sao không làm được ạ? Xin ghi một câu, tôi báo ngay người điều hành.")
    )


def _drop(visit: Visit, run: Run, row: RunStep) -> None:
    """Whoever leads the run takes a step out of it: why, is kept."""
    if run.started_by != visit.known.id and not visit.may(Right.RUN_PLAYBOOKS):
        visit.close_press(NOT_ALLOWED)
        return
    visit.close_press()
    _wait(visit, row, "drop")
    visit.reply(marked(run, f"Bỏ bước {row.number}: xin ghi lý do."))


DEEDS = {"done": _done, "seen": _seen, "decline": _decline, "drop": _drop}


def _wait(visit: Visit, row: RunStep, wanted: str) -> None:
    state = {"step": row.id, "wanted": wanted}
    visit.keep(Dialogue(topic=TOPIC, state=state, expires_at=visit.now + PATIENCE))


def go_on(visit: Visit, state: dict[str, Any]) -> bool:
    """The photo, the note or the reason that was asked for; false where the words report something else."""
    found = _found(visit, int(state["step"]))
    words, file = visit.message.text.strip(), visit.message.file
    if found is None or not (words or file) or _reports_something(visit):
        return False
    visit.forget_dialogue()
    run, row = found
    if run.state != RunState.RUNNING or row.state not in (StepState.OPEN, StepState.WAITING):
        visit.reply(marked(run, GONE if run.state != RunState.RUNNING else _said_settled(visit, row)))
    elif state["wanted"] == "reason":
        _tell_leader(visit, run, row, words)
    elif state["wanted"] == "drop":
        settle_step(visit.tx, run, row, StepState.DROPPED, by=visit.known.id, now=visit.now, note=words)
        visit.reply(marked(run, f"➖ Đã bỏ bước {row.number}. Lý do: {words}"))
    else:
        _settle_with_evidence(visit, run, row, words)
    return True


def _reports_something(visit: Visit) -> bool:
    reports = read(visit.message.text, local(visit.said_at)).reports if visit.message.text else ()
    return any(report.is_certain and report.kind in ("incident", "symptom", "travel") for report in reports)


def _tell_leader(visit: Visit, run: Run, row: RunStep, words: str) -> None:
    note_run(
        visit.tx,
        run,
        by=visit.known.id,
        now=visit.now,
        act="declined",
        text=f"Không làm được bước {row.number}: {words}",
    )
    text = f"{heading(run)}: {visit.known.called} không làm được bước {row.number}: {words}"
    buttons = ((Button("✅ Xong", f"step:done:{row.id}"), Button("Bỏ bước này", f"step:drop:{row.id}")),)
    key = f"{row.about}/declined/{visit.known.id}"
    lane = Lane.REMINDER if run.is_drill else Lane.ALERT
    tell_person(visit.tx, run.started_by, text, key=key, lane=lane, now=visit.now, about=row.about, buttons=buttons)
    visit.reply(marked(run, "Đã báo người điều hành."))
    refresh_board(visit.tx, run, visit.now)


def _settle_with_evidence(visit: Visit, run: Run, row: RunStep, words: str) -> None:
    file = visit.message.file
    _settle(
        visit,
        run,
        row,
        note=words or None,
        file=None if file is None else (visit.message.platform, file.reference),
    )
    visit.reply(marked(run, f"✅ Đã ghi: xong bước {row.number}{' (có ảnh)' if file else ''}."))


def take_words(visit: Visit, abouts: list[str]) -> bool:
    """ "xong, đã lau cả ba phòng" in answer to a step, or "xong bước 3"; false where it is about none."""
    said = firm(visit.message.text)
    found = _meant(visit, abouts, said)
    if found is None:
        return False
    run, row = found
    if row.state not in (StepState.OPEN, StepState.WAITING) or run.state != RunState.RUNNING:
        visit.reply(marked(run, GONE if run.state != RunState.RUNNING else _said_settled(visit, row)))
    elif said in SEEN:
        _seen(visit, run, row)
        visit.reply(marked(run, "Đã ghi: đang làm."))
    elif said.startswith(CANNOT):
        answer_step(visit.tx, row, visit.known.id, "declined", visit.now)
        _tell_leader(visit, run, row, visit.message.text.strip())
    else:
        _take_done(visit, run, row)
    return True


def _meant(visit: Visit, abouts: list[str], said: str) -> tuple[Run, RunStep] | None:
    """The step that is answered; without an answered message, the one that is named, or the only one he has."""
    done = DONE.match(said)
    is_word = done is not None or said in SEEN or said.startswith(CANNOT)
    for about in abouts:
        noun, _, number = about.partition("/")
        if noun == "run_step" and (is_word or visit.message.file is not None):
            found = _found(visit, int(number))
            return found if found is not None and _may_settle(visit, *found) else None
    if abouts or not is_word or not visit.message.is_private or said.startswith(("da nhan", "nhan")):
        return None
    mine = [found for row in open_steps_held_by(visit.tx, visit.known.id) if (found := _found(visit, row.id))]
    if done is not None and done[1]:
        mine = [(run, row) for run, row in mine if row.number == int(done[1])][:1]
    else:  # what everybody confirms is confirmed by its button: "xong" is said of a task of one's own
        mine = [(run, row) for run, row in mine if not step_of(run, row.number).each] or mine
    return mine[0] if len(mine) == 1 else None


def _take_done(visit: Visit, run: Run, row: RunStep) -> None:
    step = step_of(run, row.number)
    if step.each and _holds(visit, row):
        confirm_for_oneself(visit.tx, run, row, visit.known.id, visit.now)
        visit.reply(marked(run, "Đã ghi nhận. Cảm ơn anh/chị."))
        return
    words = _words_behind(visit.message.text)
    lacks = step.evidence is not Evidence.NONE and not run.is_drill and not words and visit.message.file is None
    if lacks:
        _wait(visit, row, "evidence")
        visit.reply(marked(run, f"Bước {row.number}: {ASKED[step.evidence]}"), about=row.about)
    else:
        _settle_with_evidence(visit, run, row, words)


def _words_behind(text: str) -> str:
    """What stands behind "xong"."""
    match = DONE.match(fold(text))
    return (text[match.end() :] if match else text).strip(" .,:!-")


DIALOGUES = {TOPIC: go_on}
