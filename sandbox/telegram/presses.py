"""Presses of buttons: each is a question a bot must answer while it is still fresh."""

import asyncio
from dataclasses import dataclass
from typing import Any

from sandbox.telegram.updates import PRESS_LIFE

Answer = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Press:
    id: str
    bot: int
    person: int
    at: float
    answered: bool = False

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


class Presses:
    def __init__(self) -> None:
        self._open: dict[str, Press] = {}
        self._waiting: dict[str, asyncio.Future[Answer]] = {}

    def restore(self, shape: dict[str, Any]) -> None:
        self._open[shape["id"]] = Press(**shape)

    def add(self, press: Press) -> list[Press]:
        """Remembers it, and returns the ones that have grown too old."""
        self._open[press.id] = press
        old = []
        for earlier in self._open.values():
            if earlier.at + PRESS_LIFE > press.at:
                break
            old.append(earlier)
        for earlier in old:
            del self._open[earlier.id]
        return old

    def answer(self, press_id: str, bot_id: int, now: float, answer: Answer) -> Press | None:
        """The press that was answered, or nothing when it is unknown, too old or another bot's."""
        press = self._open.get(press_id)
        if press is None or press.bot != bot_id or press.at + PRESS_LIFE <= now:
            return None
        press.answered = True
        if (waiting := self._waiting.get(press_id)) and not waiting.done():
            waiting.set_result(answer)
        return press

    async def wait_for_answer(self, press_id: str, seconds: float) -> Answer | None:
        waiting = self._waiting[press_id] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                answer: Answer = await waiting
                return answer
        except TimeoutError:
            return None
        finally:
            del self._waiting[press_id]
