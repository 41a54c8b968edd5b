"""Plays setting up, joining and rooms straight on the handlers, in one transaction, and reads what was put out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

import msgspec
from sqlalchemy import Connection, select

from handlers.command import Command
from handlers.membership import joining, rooms
from handlers.visit import Visit
from storage.messages import Act, Deed, IncomingFile, IncomingMessage, OutgoingMessage
from storage.outbox import parcels
from tests.cast import PLATFORM

KEYS = count(1)


@dataclass
class Scene:
    tx: Connection
    now: datetime
    platform: str = PLATFORM
    seen: int = field(default=0)

    def wait(self, **length: float) -> None:
        self.now += timedelta(**length)

    def visit(
        self,
        account: str,
        text: str = "",
        *,
        room: str = "",
        title: str = "Nhóm mới",
        act: Act = Act.TEXT,
        thread: str | None = None,
        file: IncomingFile | None = None,
        anonymous: bool = False,
    ) -> Visit:
        """As the front desk makes it."""
        number = str(next(KEYS))
        message = IncomingMessage(
            platform=self.platform,
            key=number,
            act=act,
            chat_id=room or account,
            chat_type="group" if room else "private",
            chat_title=title if room else "",
            sent_at=self.now,
            user_id=account,
            user_name="Tên trên mạng",
            message_id=number,
            thread_id=thread,
            text=text,
            file=file,
            anonymous=anonymous,
            press_id=number if act is Act.PRESS else None,
        )
        visit = Visit(self.tx, self.now, message, room=rooms.room_of(self.tx, message))
        known = joining.know(self.tx, message, visit.today)
        if known is not None:
            visit.account, visit.person, visit.posts = known.account, known.person, known.posts
        return visit

    def command(self, account: str, command: Command, rest: str = "", *, room: str = "") -> str:
        command.run(self.visit(account, f"/{command.name} {rest}", room=room), rest)
        return self.said()

    def messages(self) -> list[OutgoingMessage]:
        """What was put into the outbox since the last look, without ends of presses."""
        statement = select(parcels.c.id, parcels.c.payload).where(parcels.c.id > self.seen).order_by(parcels.c.id)
        rows = list(self.tx.execute(statement))
        self.seen = rows[-1].id if rows else self.seen
        put = [msgspec.json.decode(row.payload, type=OutgoingMessage) for row in rows]
        return [message for message in put if message.deed is Deed.SAY]

    def said(self) -> str:
        return "\n".join(message.text for message in self.messages())
