"""What the chat page hears at once: a line of events for each person who is looking."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.chat import Chat


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    name: str
    content: dict[str, Any]
    seq: int = 0


class Events:
    def __init__(self) -> None:
        self._lines: dict[int, set[asyncio.Queue[Event | None]]] = {}

    def listen(self, person_id: int) -> asyncio.Queue[Event | None]:
        line: asyncio.Queue[Event | None] = asyncio.Queue()
        self._lines.setdefault(person_id, set()).add(line)
        return line

    def leave(self, person_id: int, line: asyncio.Queue[Event | None]) -> None:
        self._lines[person_id].discard(line)
        if not self._lines[person_id]:
            del self._lines[person_id]

    def tell_room(self, chat: Chat, name: str, content: Callable[[], dict[str, Any]], *, seq: int) -> None:
        """The content is only made when somebody of the room is looking: on a busy day nobody is."""
        lookers = [person_id for person_id in self._lines if chat.is_present(person_id)]
        if lookers:
            self._tell(lookers, Event(name=name, content=content(), seq=seq))

    def tell(self, person_id: int, name: str, content: dict[str, Any]) -> None:
        self._tell([person_id] if person_id in self._lines else [], Event(name=name, content=content))

    def tell_everyone(self, name: str, content: dict[str, Any]) -> None:
        self._tell(self._lines, Event(name=name, content=content))

    def _tell(self, people: Iterable[int], event: Event) -> None:
        for person_id in people:
            for line in self._lines[person_id]:
                line.put_nowait(event)

    def close(self) -> None:
        for lines in self._lines.values():
            for line in lines:
                line.put_nowait(None)
