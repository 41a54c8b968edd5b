"""Trouble on purpose: each fault waits for the calls it fits and strikes as often as it was told."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.refusal import Refusal

OA_CODE = re.compile(r"-\d{2,5}")
"""A refusal of the Official Account."""
KINDS = ("drop_before", "drop_after", "delay", "500", "html404", "401", "429", "duplicate", "crossed", "409")
OF_UPDATES = ("duplicate", "crossed")
ZALO_KINDS = ("400", "403", "408", "408_after", "html502")


@dataclass(slots=True, kw_only=True)
class Fault:
    kind: str
    method: str | None = None
    chat: str | None = None
    times: int = 1
    seconds: float = 1.0
    bot: str | None = None

    def fits(self, token: str, method: str, chat: str | None) -> bool:
        return (
            (self.bot is None or self.bot == token)
            and (self.method is None or self.method == method)
            and (self.chat is None or self.chat == chat)
        )


class Faults:
    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, wish: dict[str, Any]) -> None:
        kind = str(wish.get("kind", ""))
        if kind not in (KINDS + ZALO_KINDS) and not OA_CODE.fullmatch(kind):
            raise Refusal(f"Không có kiểu trục trặc «{kind}»; có: {', '.join(KINDS + ZALO_KINDS)}.")
        method, chat = wish.get("method"), wish.get("chat")
        self._waiting.append(
            Fault(
                kind=kind,
                method=str(method).lower() if method else None,
                chat=str(chat) if chat is not None else None,
                times=int(wish.get("times", 1)),
                seconds=float(wish.get("seconds", 1)),
                bot=wish.get("bot"),
            )
        )

    def clear(self) -> None:
        self._waiting.clear()

    def strike(self, token: str, method: str, chat: str | None) -> Fault | None:
        """The first fault that fits a call, used up by one."""
        return self._take(lambda fault: fault.kind not in OF_UPDATES and fault.fits(token, method, chat))

    def doubles(self, token: str) -> bool:
        """Whether the next update of this bot is to be handed over twice."""
        return self._take(lambda fault: fault.kind == "duplicate" and fault.bot in (None, token)) is not None

    def crosses(self, token: str) -> bool:
        """Whether the next update of this bot is to come behind the one after it."""
        return self._take(lambda fault: fault.kind == "crossed" and fault.bot in (None, token)) is not None

    def _take(self, is_meant: Callable[[Fault], bool]) -> Fault | None:
        fault = next((fault for fault in self._waiting if is_meant(fault)), None)
        if fault is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._waiting.remove(fault)
        return fault
