"""The day as it stands in every room at its end, readable in a terminal."""

from __future__ import annotations

import sys
import textwrap
from datetime import UTC, datetime

from bot.trial.seen import Message, buttons_of, is_by_bot, text_of
from bot.trial.stage import Pressed, Seat, Stage
from handlers.local_time import clock_time

WIDTH = 110
SUMMARY_ROOM = "Trực tổng hợp"
SUMMARY = "Tổng hợp ngày"


async def say_transcript(stage: Stage, *, after: int, since: datetime) -> str:
    """Print every room in which something was said; returns the office's summary."""
    names = {str(number): called for called, number in stage.people.items()}
    summary = ""
    for called, seat in stage.rooms.items():
        messages = await stage.messages(seat, after)
        _print_room(called, messages, _presses_in(stage, seat.room), names, since)
        if called == SUMMARY_ROOM:
            summary = next((text_of(m) for m in reversed(messages) if SUMMARY in text_of(m)), "")
    for called, number in stage.people.items():
        seat = Seat(number, stage.bot)
        messages = await stage.messages(seat, after)
        presses = [press for press in stage.presses if press.seat == seat]
        _print_room(f"riêng với {called}", messages, presses, names, since)
    return summary


def _presses_in(stage: Stage, room: str) -> list[Pressed]:
    return [press for press in stage.presses if press.seat.room == room]


def _print_room(
    called: str, messages: list[Message], presses: list[Pressed], names: dict[str, str], since: datetime
) -> None:
    lines = [(m["date"], m["message_id"], _message(m, names)) for m in messages]
    lines += [(int(p.at), 1 << 60, f"{p.who} bấm [{p.button}]" + (f" ⇒ {p.note}" if p.note else "")) for p in presses]
    lines = sorted(line for line in lines if line[0] >= since.timestamp())
    if not lines:
        return
    sys.stdout.write(f"\n━━━ {called} ━━━\n")
    for at, _, text in lines:
        _print(clock_time(datetime.fromtimestamp(at, UTC)), text)


def _message(message: Message, names: dict[str, str]) -> str:
    who = "Trực Ban" if is_by_bot(message) else names.get(str(message["from"]["id"]), message["from"]["first_name"])
    changed = " (đã sửa)" if "edit_date" in message else ""
    emojis = " ".join(reaction["emoji"] for reaction in message.get("reactions", ()))
    rows = "\n".join(" ".join(f"[{label}]" for label in row) for row in buttons_of(message))
    return f"{who}{changed}: {text_of(message)}" + (f"  {emojis}" if emojis else "") + (f"\n{rows}" if rows else "")


def _print(moment: str, text: str) -> None:
    first = f"{moment}  "
    for line in text.splitlines():
        for part in textwrap.wrap(line, WIDTH) or [""]:
            sys.stdout.write(f"{first}{part}\n")
            first = " " * 9
