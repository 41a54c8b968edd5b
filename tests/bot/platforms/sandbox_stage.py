"""What the stages of all messengers have in common: people's deeds in the sandbox, its faults, and what was called."""

from __future__ import annotations

from mimetypes import guess_type
from typing import Any, ClassVar

import aiohttp

from sandbox import server

LAN, MINH, PHUC = 1005, 1004, 1008


def people_of(bot_name: str) -> list[dict[str, Any]]:
    """Chị Lan, who has begun to talk with the bot, and two who have not."""
    return [
        {"id": LAN, "first_name": "Lan", "last_name": "Vũ Thị", "started": [bot_name]},
        {"id": MINH, "first_name": "Minh", "username": "minhpq"},
        {"id": PHUC, "first_name": "Phúc"},
    ]


class SandboxStage:
    """Chị Lan and the bot, in `private` and in the room whose number in the sandbox is `room_number`."""

    token: ClassVar[str]
    bot_name: ClassVar[str]
    room_number: ClassVar[int]
    says_with: ClassVar[dict[str, Any]] = {}
    """What goes with everything that she says."""

    private: str

    def __init__(self, sandbox: server.Sandbox, http: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.http = http

    async def post(self, path: str, **wish: Any) -> Any:
        async with self.http.post(f"{self.sandbox.url}{path}", json=wish) as answer:
            done = await answer.json()
        assert answer.status == 200, done
        return done

    async def do(self, act: str, *, by: int = LAN, **wish: Any) -> Any:
        """A deed of the human side."""
        return await self.post(f"/human/{act}", **({"as": by} | wish))

    async def upload(self, name: str, content: bytes, *, chat: str, caption: str = "", kind: str = "document") -> None:
        form = aiohttp.FormData(quote_fields=False)
        wish = {"as": LAN, "room": self._room(chat), "caption": caption, "kind": kind} | self.says_with
        for field, value in wish.items():
            form.add_field(field, str(value).lower() if isinstance(value, bool) else str(value))
        form.add_field("file", content, filename=name, content_type=guess_type(name)[0])
        async with self.http.post(f"{self.sandbox.url}/human/upload", data=form) as answer:
            assert answer.status == 200, await answer.text()

    async def messages(self, chat: str) -> list[dict[str, Any]]:
        """As the page shows them to her."""
        query = {"as": LAN, "room": self._room(chat)}
        async with self.http.get(f"{self.sandbox.url}/human/messages", params=query) as answer:
            messages: list[dict[str, Any]] = await answer.json()
        return messages

    async def leave_out(self) -> None:
        await self.do("kick", by=MINH, room=str(self.room_number), member=self.bot_name)

    async def shut_out(self) -> None:
        await self.do("block", bot=self.bot_name)

    async def refuse_connections(self) -> None:
        await self.sandbox.stop()

    async def fault(self, **fault: Any) -> None:
        await self.post("/faults", **fault)

    async def calls(self, method: str) -> list[dict[str, Any]]:
        async with self.http.get(f"{self.sandbox.url}/calls", params={"bot": self.token}) as answer:
            return [call for call in await answer.json() if call["method"] == method]

    async def bytes_of(self, file_id: str) -> bytes:
        async with self.http.get(f"{self.sandbox.url}/human/file/{file_id}") as answer:
            return await answer.read()

    def _room(self, chat: str) -> str:
        return self.bot_name if chat == self.private else str(self.room_number)


class ZaloSandboxStage(SandboxStage):
    """Zalo's messages have an id of their own on the wire; none can be edited."""

    async def messages(self, chat: str) -> list[dict[str, Any]]:
        return [message for message in await super().messages(chat) if "wire_id" in message]

    async def number_of(self, wire_id: str, chat: str) -> int:
        """The message's number in the sandbox."""
        return next(each["message_id"] for each in await self.messages(chat) if each["wire_id"] == wire_id)

    async def say(self, text: str, *, chat: str, reply_to: str | None = None, **more: Any) -> str:
        answered = None if reply_to is None else await self.number_of(reply_to, chat)
        wish = {"room": self._room(chat), "text": text, "reply_to": answered} | self.says_with | more
        return str((await self.do("say", **wish))["wire_id"])

    async def edit(self, message_id: str, text: str, *, chat: str) -> None:
        raise NotImplementedError


def bold_parts(text: str, entities: list[dict[str, Any]]) -> tuple[str, ...]:
    """Offsets count UTF-16 units."""
    return tuple(_cut(text, entity) for entity in entities if entity["type"] == "bold")


def _cut(text: str, entity: dict[str, Any]) -> str:
    units = text.encode("utf-16-le")[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])]
    return units.decode("utf-16-le")
