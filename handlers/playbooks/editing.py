"""Playbooks seen, written and changed: by a message, or by a file; judged, shown, then kept on a word or a button."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from handlers.access import Right
from handlers.errand import ErrandKind
from handlers.files.lists import keep_for_sending
from handlers.files.sent import answer, fetch, file_to_set_up, tell_that_it_is_missing
from handlers.playbooks.definition import Playbook
from handlers.playbooks.leading import Wish
from handlers.playbooks.library import all_playbooks, keep_playbook
from handlers.playbooks.reading import Reading, read_playbook
from handlers.playbooks.values import INCIDENTS, said_minutes
from handlers.telling import Buttons
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, and_more, bold, bullets
from storage.errands import Errand
from storage.messages import Button, OutgoingFile
from storage.record import change
from storage.records.dialogues import Dialogue
from storage.records.files import files, find_file
from understanding.phrases.normalize import fold, nfc

TOPIC = "playbook_file"
WAITING = "playbook"
PATIENCE = timedelta(hours=2)
ENDINGS = (".yaml", ".yml")
LARGEST_FILE = 200_000
LONGEST_MESSAGE = 3500
MOST_MISTAKES = 12
SAVE_WORDS = frozenset({"luu", "dung", "dong y", "ok"})
SAMPLE = """tên: Mưa bão lớn
căn cứ: Kế hoạch phòng, chống thiên tai của cơ quan
sự việc: mưa bão
các bước:
  - việc: Kiểm tra mái, cửa, hệ thống điện trước khi bão vào
    ai: Chánh Văn phòng
    hạn: 4 giờ
    chứng minh: ảnh
  - việc: Báo cáo tình hình của đơn vị
    ai: trưởng các đơn vị
    hạn: 2 giờ
    từng người: có
  - việc: Tổng hợp, báo cáo lãnh đạo
    ai: Văn phòng
    hạn: 30 phút
    sau bước: 2
    cấp: từ 2
    chứng minh: ghi chú"""
HOW = (
    "Viết mới hoặc sửa: nhắn /phuongan rồi dán cả đoạn ngay sau đó, hoặc gửi tệp .yaml cho tôi. "
    "Xem cách viết: /phuongan mẫu"
)
TOO_LARGE = "Tệp lớn quá, phương án không thể dài như vậy. Xin kiểm tra lại."
SETTLED = "Bản này đã được lưu hoặc đã bỏ rồi."


def run_command(visit: Visit, rest: str) -> None:
    """/phuongan: the list; with a title, that one; with a text, a new version of it."""
    if fold(rest).strip() in ("mau", "vi du"):
        visit.reply(f"Chép, sửa rồi gửi lại cả đoạn:\n/phuongan {SAMPLE}")
    elif "\n" in rest:
        _judge_from_chat(visit, rest)
    elif rest.strip():
        _show_named(visit, rest)
    else:
        _list(visit)


def _list(visit: Visit) -> None:
    entries = all_playbooks(visit.tx).values()
    lines = [
        f"{entry.playbook.title}: {len(entry.playbook.steps)} bước{'' if entry.is_active else ' (đã dừng)'}"
        for entry in entries
    ]
    rows = tuple((Button(f"Xem: {entry.playbook.title}"[:60], f"pbk:show:{entry.playbook.name}"),) for entry in entries)
    how = f"\n\n{HOW}" if visit.may(Right.SET_UP) else ""
    visit.reply(f"{bold('Các phương án ứng phó')}\n{bullets(lines)}{how}", buttons=rows)


def _show_named(visit: Visit, words: str) -> None:
    wanted = " ".join(fold(words).split())
    found = [one for one in all_playbooks(visit.tx).values() if wanted in fold(one.playbook.title)]
    if len(found) == 1:
        show(visit, found[0].playbook.name)
    else:
        visit.reply("Tôi chưa thấy đúng một phương án tên như vậy. Gõ /phuongan để xem danh sách.")


def show(visit: Visit, name: str) -> None:
    """The text of a playbook, to be copied and changed, and what may be done with it."""
    entry = all_playbooks(visit.tx)[name]
    rows: list[tuple[Button, ...]] = []
    if visit.may(Right.RUN_PLAYBOOKS) and entry.is_active:
        run, drill = (Wish(is_drill=mode, name=name).data("ask") for mode in (False, True))
        rows.append((Button("Chạy thật", run), Button("Diễn tập", drill)))
    if visit.may(Right.SET_UP):
        deed, label = ("stop", "Dừng") if entry.is_active else ("open", "Mở lại")
        rows.append((Button(label, f"pbk:{deed}:{name}"),))
    text = f"{bold(entry.playbook.title)}: muốn sửa thì gửi lại cả đoạn đã sửa, giữ nguyên tên.\n\n/phuongan {entry.source}"
    if len(text) <= LONGEST_MESSAGE:
        visit.reply(text, buttons=tuple(rows))
        return
    file = keep_for_sending(
        visit.tx, entry.source.encode(), name=f"{name}.yaml", media_type="application/yaml", now=visit.now
    )
    visit.reply(
        f"{preview_text(entry.playbook)}\nSửa tệp kèm theo rồi gửi lại cho tôi.", buttons=tuple(rows), file=file
    )


def preview_text(playbook: Playbook) -> str:
    """How the steps were understood."""
    kinds = ", ".join(words for words, name in INCIDENTS.items() if name in playbook.incidents) or "chạy bằng tay"
    place = f" · {playbook.place.called}" if playbook.place else ""
    lines = []
    for number, step in enumerate(playbook.steps, start=1):
        marks = [step.who, said_minutes(step.minutes)]
        marks += [f"sau bước {step.after}"] if step.after else []
        marks += [f"từ cấp {step.level}"] if step.level > 1 else []
        marks += ["từng người xác nhận"] if step.each else []
        text = step.text if len(step.text) <= 100 else f"{step.text[:100]}…"
        lines.append(f"{number}. {text} ({', '.join(marks)})")
    return f"{bold(playbook.title)} · sự việc: {kinds}{place}\n" + "\n".join(lines)


def _judge_from_chat(visit: Visit, text: str) -> None:
    if not visit.may(Right.SET_UP):
        visit.reply(NOT_ALLOWED)
        return
    said, buttons, file_id = judge(visit.tx, text, visit.now)
    if file_id is not None:
        state = {"file": file_id}
        visit.keep(Dialogue(topic=WAITING, state=state, expires_at=visit.now + PATIENCE))
    visit.reply(said, buttons=buttons)


def judge(tx: Connection, text: str, now: datetime) -> tuple[str, Buttons, int | None]:
    """What is wrong with it, line by line; or how it was understood, kept until somebody confirms."""
    reading = read_playbook(text)
    mistakes = reading.mistakes or _clash(tx, reading)
    if mistakes or reading.playbook is None:
        shown = [bullets(mistakes[:MOST_MISTAKES]), *and_more(len(mistakes) - MOST_MISTAKES, "chỗ nữa")]
        return "\n".join(["Tôi chưa lưu được phương án này:", *shown, "", HOW]), (), None
    kept: OutgoingFile = keep_for_sending(
        tx, nfc(text).encode(), name=f"{reading.playbook.name}.yaml", media_type="application/yaml", now=now
    )
    exists = reading.playbook.name in all_playbooks(tx)
    note = "\n\nPhương án này đã có: bản mới thay bản cũ, lần chạy đang dở giữ bản cũ." if exists else ""
    buttons = ((Button("Lưu", f"pbk:save:{kept.file_id}"), Button("Thôi", f"pbk:drop:{kept.file_id}")),)
    return f"Tôi hiểu là:\n{preview_text(reading.playbook)}{note}\n\nLưu chứ ạ?", buttons, kept.file_id


def _clash(tx: Connection, reading: Reading) -> list[str]:
    """Two titles that look alike to a machine are not one playbook."""
    playbook = reading.playbook
    standing = None if playbook is None else all_playbooks(tx).get(playbook.name)
    if playbook is None or standing is None or fold(standing.playbook.title) == fold(playbook.title):
        return []
    return [f"Tên này dễ lẫn với phương án “{standing.playbook.title}”. Xin đặt tên khác."]


def press_kept(visit: Visit, parts: list[str]) -> None:
    """Buttons of the list, of a playbook, and under what is waiting to be kept."""
    deed, which = parts[0], parts[1]
    if not visit.may(Right.SEE_PLAYBOOKS if deed == "show" else Right.SET_UP):
        visit.close_press(NOT_ALLOWED)
        return
    visit.close_press()
    if deed in ("save", "drop"):
        _settle(visit, int(which), is_kept=deed == "save")
    elif which not in all_playbooks(visit.tx):
        visit.reply("Phương án này không còn.")
    elif deed == "show":
        show(visit, which)
    else:
        entry = all_playbooks(visit.tx)[which]
        is_active = deed == "open"
        keep_playbook(visit.tx, entry.playbook, entry.source, is_active=is_active, by=visit.known.id, now=visit.now)
        visit.reply(f"Đã {'mở lại' if is_active else 'dừng'} phương án “{entry.playbook.title}”.")


def _settle(visit: Visit, file_id: int, *, is_kept: bool) -> None:
    file = find_file(visit.tx, file_id)
    visit.forget_dialogue()
    settled = change(visit.tx, files, files.c.id == file_id, files.c.content.is_not(None), content=None)
    if file is None or file.content is None or not settled:
        visit.reply(SETTLED)
        return
    if not is_kept:
        visit.reply("Đã bỏ, tôi không lưu gì.")
        return
    source = file.content.decode()
    playbook = read_playbook(source).playbook
    if playbook is None:
        visit.reply(SETTLED)
        return
    keep_playbook(visit.tx, playbook, source, is_active=True, by=visit.known.id, now=visit.now)
    visit.reply(f"✅ Đã lưu phương án “{playbook.title}”, {len(playbook.steps)} bước. Chạy thử: /dientap")


def go_on(visit: Visit, state: dict[str, Any]) -> bool:
    """ "lưu" typed instead of pressed."""
    if fold(visit.message.text).strip(" .!") not in SAVE_WORDS or not visit.may(Right.SET_UP):
        return False
    _settle(visit, int(state["file"]), is_kept=True)
    return True


def take_file(visit: Visit) -> bool:
    """Somebody who may set up sent a playbook's file in private; false where it is not for us."""
    file = file_to_set_up(visit, ENDINGS)
    if file is None:
        return False
    fetch(visit, file, topic=TOPIC, largest=LARGEST_FILE, too_large=TOO_LARGE)
    return True


def take_content(tx: Connection, errand: Errand, content: bytes, now: datetime) -> None:
    """The file has come: judged like a message."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        answer(tx, errand, "Tệp này không phải chữ UTF-8 nên tôi không đọc được. Xin lưu lại với mã UTF-8.", now)
        return
    said, buttons, _ = judge(tx, text, now)
    answer(tx, errand, f"{bold(errand.name)}\n{said}", now, buttons=buttons)


ERRAND = ErrandKind(topic=TOPIC, handle=take_content, give_up=tell_that_it_is_missing)
