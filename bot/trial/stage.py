"""Plays what `bot.trial.play` reads against the messenger: people act over its HTTP, and what the bot says is looked for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, Protocol

import aiohttp

from bot.trial.play import BOT, Deed, Expected, Move, read_play
from bot.trial.seen import Message, answer_that_picks, fits, has_button, holds, is_by_bot, is_new, quote

PATIENCE = 20.0  # seconds of the machine for something expected
IDLE_PATIENCE = 0.7  # … once nothing is under way any more
GLANCE = 0.005
HURRY_AFTER = 0.03  # then the office's clock goes on a second: platforms are written to at a limited pace
ANSWER_TO_PRESS = PATIENCE  # it comes at once, but on a machine that does ten things besides
SENT_AS = {".jpg": "photo", ".png": "photo", ".mp4": "video", ".ogg": "voice", ".aac": "voice"}
PAUSE = 2.0  # seconds of the office's time between two deeds


class MissedError(AssertionError):
    """Something that was expected did not happen; the text says what, and what happened instead."""


class Backstage(Protocol):
    """What a stage asks of the machinery behind it, so that it need not wait longer than necessary."""

    def latest_change(self) -> int: ...  # the number of the latest change in any room

    async def is_idle(self) -> bool: ...  # nothing waits to be handled, ticked or sent


@dataclass(frozen=True, slots=True)
class Seat:
    """A room as somebody sees it: his number, and the messenger's name of the room."""

    looker: int
    room: str
    by_words: bool = False  # a room without buttons, where the bot hears only what is meant for it


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press, which leaves no message behind."""

    seat: Seat
    at: float
    who: str
    button: str
    note: str


@dataclass(slots=True)
class Stage:
    """`people`: how they are called → their number; `rooms`: how they are called → the chat and somebody in it."""

    http: aiohttp.ClientSession
    bot: str
    people: Mapping[str, int]
    rooms: dict[str, Seat]
    backstage: Backstage
    files: Mapping[str, bytes] = field(default_factory=dict)
    tell: Callable[[str], None] = lambda _line: None
    presses: list[Pressed] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    since: int = 0  # the change before the last deed
    platform: str = "telegram"
    by_words: bool = False  # there are no buttons: who presses says the number or the words

    async def play(self, text: str, *, goes_on: bool = False) -> None:
        """Play it; the first thing missed ends it, unless it `goes_on` (then look at `missed`)."""
        acted = False
        for step in read_play(text, self.platform):
            try:
                await self._step(step, goes_on_acting=acted)
            except MissedError as error:
                if not goes_on:
                    raise
                self.missed.append(str(error))
                self.tell(f"  ✗ {error}")
            acted = not isinstance(step, Expected)

    async def _step(self, step: Move | Deed | Expected, *, goes_on_acting: bool) -> None:
        """Deeds that follow each other are one: what is expected after them may come from any."""
        if isinstance(step, Expected):
            await self.expect(step)
            return
        await self.settle_down()
        if not goes_on_acting:
            self.since = self.backstage.latest_change()
        if isinstance(step, Deed):
            await self.move_clock(advance=PAUSE)
            await self.do(step)
        elif step.to:
            await self.move_clock(to=step.to)
        else:
            await self.move_clock(advance=step.minutes * 60.0)

    async def do(self, deed: Deed) -> Message:
        seat = self.seat(deed.where, deed.who)
        self.tell(f"{await self.time()}  {deed.who} → {deed.where}: {deed.text or deed.file or f'[{deed.button}]'}")
        wish: Message = {"as": seat.looker, "room": seat.room}
        if deed.act == "send":
            return await self._upload(wish, deed)
        if deed.act == "press":
            return await (self._pick if self._is_by_words(seat) else self._press)(wish, seat, deed)
        if deed.answers:
            found = await self.find(seat, deed.answers, by_bot=False if deed.act == "edit" else None)
            wish["message_id" if deed.act == "edit" else "reply_to"] = found["message_id"]
        return await self._say(wish, seat, deed.text, is_edit=deed.act == "edit")

    async def _say(self, wish: Message, seat: Seat, text: str, *, is_edit: bool = False) -> Message:
        """Where groups hear only what is meant for the bot, people name it."""
        if self._is_by_words(seat) and seat.room != self.bot and "reply_to" not in wish:
            wish["mention"] = True
        return await self.call("edit" if is_edit else "say", **wish, text=text)

    async def _pick(self, wish: Message, seat: Seat, deed: Deed) -> Message:
        """Answer with the number, letter or words that stand for the button."""
        for message in reversed(await self.messages(seat)):
            if (
                is_by_bot(message)
                and holds(message, deed.answers)
                and (said := answer_that_picks(message, deed.button))
            ):
                return await self._say(wish, seat, said)
        raise MissedError(f"không thấy lựa chọn “{deed.button}”; đang có{quote(await self.messages(seat))}")

    async def _press(self, wish: Message, seat: Seat, deed: Deed) -> Message:
        message = await self.find(seat, deed.answers, button=deed.button)
        button = has_button(message, deed.button)
        wish |= {"message_id": message["message_id"], "button": button, "wait": ANSWER_TO_PRESS}
        done = await self.call("press", **wish)
        note = (done["answer"] or {}).get("text") or ""
        self.presses.append(Pressed(seat, await self._now(), deed.who, button or "", note))
        if done["answer"] is None or deed.note not in note:
            raise MissedError(
                f"{deed.who} bấm [{deed.button}] ở {deed.where}: cần đọc “{deed.note}”, lại thấy “{note}”"
            )
        return done

    async def _upload(self, wish: Message, deed: Deed) -> Message:
        form = aiohttp.FormData(quote_fields=False)
        kind = SENT_AS.get(PurePath(deed.file).suffix, "document")
        for name, value in (wish | {"caption": deed.text, "kind": kind}).items():
            form.add_field(name, str(value))
        form.add_field("file", self.files[deed.file], filename=deed.file, content_type="application/octet-stream")
        async with self.http.post("/human/upload", data=form) as answer:
            sent: Message = await _read(answer)
        return sent

    async def expect(self, expected: Expected) -> None:
        """Wait for it; when nothing is under way any more it will not come."""
        seat = self.seat(expected.where)
        if expected.is_quiet:
            await self.settle_down()
            if spoken := [message for message in await self.news(seat) if is_by_bot(message) and is_new(message)]:
                raise MissedError(f"{expected.where}: lẽ ra im lặng, lại thấy{quote(spoken)}")
        elif not await self._until(lambda: self._has_come(seat, expected)):
            raise MissedError(f"{expected.line}\n    lại thấy{quote(await self.news(seat))}")

    async def _has_come(self, seat: Seat, expected: Expected) -> bool:
        return any(fits(message, expected, by_words=self._is_by_words(seat)) for message in await self.news(seat))

    async def settle_down(self) -> None:
        """Until nothing is under way: everything said was handled, everything answered was delivered."""
        if not await self._until():
            raise MissedError("Trực Ban chưa làm xong việc đang làm dở")

    async def _until(self, has_come: Callable[[], Awaitable[bool]] | None = None) -> bool:
        """Until it has come, which a change in some room brings; without it, until nothing is under way."""
        started = idle_since = hurried = time.monotonic()
        seen = -1
        while True:
            change = self.backstage.latest_change()
            if has_come is not None and change != seen and await has_come():
                return True
            seen = change
            is_idle = await self.backstage.is_idle()
            if is_idle and has_come is None:
                return True
            now = time.monotonic()
            if not is_idle:
                idle_since = now
                if now - hurried > HURRY_AFTER:
                    await self.move_clock(advance=1.0)
                    hurried = time.monotonic()
            if now - started > PATIENCE or now - idle_since > IDLE_PATIENCE:
                return has_come is not None and await has_come()
            await asyncio.sleep(GLANCE)

    async def find(self, seat: Seat, words: str, *, button: str = "", by_bot: bool | None = None) -> Message:
        """The last message there that holds these words (and this button)."""
        for message in reversed(await self.messages(seat)):
            if by_bot not in (None, is_by_bot(message)) or not holds(message, words):
                continue
            if not button or has_button(message, button):
                return message
        what = f"“{words}”" if words else f"nút [{button}]"
        raise MissedError(f"không thấy {what} để trả lời, sửa hoặc bấm; đang có{quote(await self.messages(seat))}")

    async def news(self, seat: Seat) -> list[Message]:
        """What is new or changed there since the last deed."""
        return [message for message in await self.messages(seat, after=self.since) if message["seq"] > self.since]

    async def messages(self, seat: Seat, after: int = 0) -> list[Message]:
        query = {"as": str(seat.looker), "room": seat.room, "after": str(after), "limit": "1000"}
        async with self.http.get("/human/messages", params=query) as answer:
            found: list[Message] = await _read(answer)
        return found

    def seat(self, where: str, who: str = "") -> Seat:
        """The room so called as `who` (or somebody in it) sees it; a person's name means his private chat."""
        if where == BOT:
            return Seat(self.people[who], self.bot)
        if where in self.people:
            return Seat(self.people[where], self.bot)
        seat = self.rooms[where]
        return replace(seat, looker=self.people[who]) if who else seat

    def _is_by_words(self, seat: Seat) -> bool:
        return self.by_words or seat.by_words

    async def call(self, deed: str, **wish: Any) -> Message:
        """A deed of the human side of the messenger."""
        async with self.http.post(f"/human/{deed}", json=wish) as answer:
            done: Message = await _read(answer)
        return done

    async def move_clock(self, **where: str | float) -> None:
        async with self.http.post("/clock", json=where) as answer:
            await _read(answer)

    async def time(self) -> str:
        """What the office's clock shows."""
        async with self.http.get("/clock") as answer:
            now: str = (await _read(answer))["now"]
        return now[11:16]

    async def _now(self) -> float:
        async with self.http.get("/clock") as answer:
            return time.time() + float((await _read(answer))["offset"])


async def _read(answer: aiohttp.ClientResponse) -> Any:
    said = await answer.json()
    if answer.status >= 400:
        raise MissedError(f"{answer.url.path}: {said.get('error', said)}")
    return said
