"""Beginning a run or a drill, and leading it: level and place chosen, confirmed, steps written down for others, the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.access import Right
from handlers.local_time import local_day
from handlers.playbooks.cards import DRILL, board_buttons, board_text, heading, marked, step_of
from handlers.playbooks.closing import write_report
from handlers.playbooks.definition import LEVELS, Place, Playbook
from handlers.playbooks.ending import end_run
from handlers.playbooks.library import all_playbooks, open_playbooks
from handlers.playbooks.roles import holders_in_batches
from handlers.playbooks.running import start_run
from handlers.telling import Buttons
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, and_more, bold
from storage.messages import Button
from storage.records.incidents import IncidentState, find_incident
from storage.records.playbooks import Run, RunState, StepState, find_run, running, steps_of

GONE = "Phương án này không còn. Xin gõ /phuongan để xem lại."
MOST_STEPS = 12  # each has a row of buttons
PLACES = {"n": Place.NEAR, "i": Place.INSIDE, "-": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody is about to begin, as it stands in a button: "d:<name>:<level>:<place>:<incident>"."""

    is_drill: bool
    name: str
    level: int = 0  # not chosen yet
    place: str = ""  # n, i, or - where it does not matter
    incident_id: int = 0

    def data(self, verb: str, **changed: object) -> str:
        values = {"level": self.level, "place": self.place} | changed
        mode = "d" if self.is_drill else "r"
        return f"pb:{verb}:{mode}:{self.name}:{values['level']}:{values['place']}:{self.incident_id}"


def list_drills(visit: Visit) -> None:
    """/dientap: every playbook can be rehearsed."""
    rows = tuple(
        (Button(entry.playbook.title[:60], Wish(is_drill=True, name=entry.playbook.name).data("ask")),)
        for entry in open_playbooks(visit.tx)
    )
    under_way = [run for run in running(visit.tx) if run.is_drill]
    text = (
        f"{bold('Diễn tập phương án')}\nMọi tin gửi đi đều ghi DIỄN TẬP, không ghi vào số liệu thật. "
        "Xong có báo cáo ai trả lời sau bao lâu. Diễn tập phương án nào ạ?"
    )
    if under_way:
        text += f"\nĐang diễn tập: {', '.join(run.title for run in under_way)}. Xem bảng, kết thúc: chọn bên dưới."
    visit.reply(text, buttons=(*boards_of(under_way), *rows))


def boards_of(under_way: Sequence[Run]) -> Buttons:
    """A button for each run: its board anew, with the ways to lead and end it."""
    return tuple((Button(f"Xem bảng: {run.title}"[:60], f"run:board:{run.id}"),) for run in under_way)


def _show_board(visit: Visit, run: Run) -> None:
    visit.close_press()
    visit.reply(board_text(visit.tx, run), buttons=board_buttons(run), about=run.about)


def press_playbook(visit: Visit, parts: list[str]) -> None:
    """Buttons that begin a run: asked for level and place, shown, confirmed."""
    verb, mode, name, level, place, incident_id = parts[:6]
    entry = all_playbooks(visit.tx).get(name)
    if not visit.may(Right.RUN_PLAYBOOKS):
        visit.close_press(NOT_ALLOWED)
    elif entry is None or not entry.is_active:
        visit.close_press(GONE)
    elif verb == "no":
        visit.close_press("Đã thôi, chưa gửi gì.")
    else:
        visit.close_press()
        wish = Wish(is_drill=mode == "d", name=name, level=int(level), place=place, incident_id=int(incident_id))
        _begin(visit, entry.playbook, wish) if verb == "go" else _ask(visit, entry.playbook, wish)


def _ask(visit: Visit, playbook: Playbook, wish: Wish) -> None:
    has_levels = any(step.level > 1 for step in playbook.steps)
    has_places = playbook.place is None and any(step.place is not None for step in playbook.steps)
    if not wish.level and has_levels:
        buttons = tuple(Button(f"Cấp {level}", wish.data("ask", level=level)) for level in LEVELS)
        visit.reply(f"{playbook.title}: cấp mấy ạ?", buttons=(buttons,))
    elif not wish.place and has_places:
        choices = (
            Button("Gần trụ sở", wish.data("ask", place="n")),
            Button("Tại cơ quan", wish.data("ask", place="i")),
        )
        visit.reply(f"{playbook.title}: xảy ra ở đâu ạ?", buttons=(choices,))
    else:
        _show(visit, playbook, replace(wish, level=wish.level or 1, place=wish.place or "-"))


def _show(visit: Visit, playbook: Playbook, wish: Wish) -> None:
    """What will be sent to whom, before anything is."""
    steps = playbook.steps_at(PLACES[wish.place] or playbook.place, wish.level)
    unit_id, day = _unit(visit, wish), local_day(visit.now)
    told = {
        holder.person.id
        for who in {step.who for _, step in steps}
        for some in holders_in_batches(visit.tx, who, unit_id=unit_id, day=day)
        for holder in some
    }
    lines = [f"{number}. {step.text[:80]}{'…' if len(step.text) > 80 else ''} ({step.who})" for number, step in steps]
    kind = f"{DRILL} phương án" if wish.is_drill else "📋 Chạy THẬT phương án"
    text = f"{bold(f'{kind} {playbook.title}')}, cấp {wish.level}\n" + "\n".join(lines)
    text += f"\n\n{len(steps)} bước, {len(told)} người sẽ nhận tin ngay hoặc khi tới lượt. Bắt đầu chứ ạ?"
    begin = "Bắt đầu diễn tập" if wish.is_drill else "Bắt đầu"
    visit.reply(text, buttons=((Button(begin, wish.data("go")), Button("Thôi", wish.data("no"))),))


def _unit(visit: Visit, wish: Wish) -> int:
    incident = find_incident(visit.tx, wish.incident_id) if wish.incident_id else None
    return visit.unit_id if incident is None else incident.unit_id


def _begin(visit: Visit, playbook: Playbook, wish: Wish) -> None:
    incident_id = wish.incident_id or None
    twins = [
        run
        for run in running(visit.tx)
        if (run.playbook, run.is_drill, run.incident_id) == (playbook.name, wish.is_drill, incident_id)
    ]
    incident = find_incident(visit.tx, wish.incident_id) if incident_id else None
    if twins:
        visit.reply(f"{heading(twins[0])} đang chạy rồi ạ, tôi không giao việc hai lần.")
    elif incident is not None and incident.state != IncidentState.OPEN:
        visit.reply(f"Sự việc {incident.id} đã khép hoặc đã gộp, nên tôi chưa chạy phương án.")
    else:
        start_run(
            visit.tx,
            playbook,
            unit_id=_unit(visit, wish),
            by=visit.known.id,
            now=visit.now,
            place=PLACES[wish.place or "-"],
            level=wish.level or 1,
            incident_id=incident_id,
            is_drill=wish.is_drill,
        )


def press_run(visit: Visit, parts: list[str]) -> None:
    """Buttons of the board: "run:<deed>:<id>"."""
    run = find_run(visit.tx, int(parts[1]))
    if run is None:
        visit.close_press(GONE)
    elif run.started_by != visit.known.id and not visit.may(Right.RUN_PLAYBOOKS):
        visit.close_press(NOT_ALLOWED)
    else:
        DEEDS[parts[0]](visit, run)


def _end(visit: Visit, run: Run) -> None:
    ended = end_run(visit.tx, run, by=visit.known.id, now=visit.now)
    visit.close_press(marked(run, "Đã kết thúc." if ended else "Phương án này đã kết thúc trước đó."))


def _report(visit: Visit, run: Run) -> None:
    visit.close_press(marked(run, "Đang gửi báo cáo…"))
    visit.reply(f"Báo cáo {heading(run)}", file=write_report(visit.tx, run, visit.now), about=run.about)


def _list_steps(visit: Visit, run: Run) -> None:
    """Whoever leads the run writes down for others what they told him by telephone."""
    rows = [row for row in steps_of(visit.tx, run.id) if row.state in (StepState.OPEN, StepState.WAITING)]
    visit.close_press()
    if run.state != RunState.RUNNING or not rows:
        visit.reply(marked(run, "Không còn bước nào đang mở ạ."))
        return
    buttons = tuple(
        (
            Button(f"✅ Bước {row.number}: {step_of(run, row.number).text[:30]}", f"step:done:{row.id}"),
            Button(f"Bỏ bước {row.number}", f"step:drop:{row.id}"),
        )
        for row in rows[:MOST_STEPS]
    )
    rest = and_more(len(rows) - MOST_STEPS, "bước nữa, hiện ra khi các bước này đã xong.")
    visit.reply("\n".join([f"{heading(run)}: ghi hộ bước nào ạ?", *rest]), buttons=buttons)


DEEDS = {"board": _show_board, "end": _end, "report": _report, "steps": _list_steps}
