"""What people say to the front desk, and what went into the outbox because of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count

import msgspec
from sqlalchemy import Connection, select

from handlers import conversation
from handlers.rounds import redraw
from storage.messages import Act, Deed, IncomingFile, IncomingMessage, OutgoingMessage
from storage.outbox import parcels
from tests.cast import Member

_numbers = count(1)


@dataclass
class Desk:
    """One transaction's view of the office: people speak, and we look at what was answered."""

    tx: Connection
    now: datetime
    platform: str = "telegram"
    by_words: bool = False

    def say(
        self,
        who: Member,
        text: str,
        *,
        room: str | None = None,
        reply_to: str | None = None,
        edit_of: str | None = None,
        forwarded: bool = False,
        file: IncomingFile | None = None,
        said_at: datetime | None = None,
        message_id: str = "",
    ) -> str:
        """Say it in private or in a room; returns the message's id."""
        number = str(next(_numbers))
        message_id = edit_of or message_id or number
        self._arrive(
            who,
            key=number,
            act=Act.EDIT if edit_of else Act.TEXT,
            room=room,
            text=text,
            message_id=message_id,
            reply_to=reply_to,
            addressed=room is None or reply_to is not None,
            forwarded=forwarded,
            file=file,
            said_at=said_at,
        )
        return message_id

    def press(self, who: Member, button: str, *, room: str | None = None) -> None:
        """Press the button with this text on the latest message in the chat that has it."""
        data = self.button(button, room or who.account)
        number = str(next(_numbers))
        self._arrive(who, key=number, act=Act.PRESS, room=room, **_press(data, number))

    def press_data(self, who: Member, data: str) -> None:
        number = str(next(_numbers))
        self._arrive(who, key=number, act=Act.PRESS, room=None, **_press(data, number))

    def button(self, text: str, chat_id: str) -> str:
        for message in reversed(self.messages(chat_id)):
            for button in (button for row in message.buttons for button in row):
                if button.text == text:
                    return button.data
        raise AssertionError(f"no button “{text}” in chat {chat_id}")

    def messages(self, chat_id: str | None = None) -> list[OutgoingMessage]:
        """What was put for this chat, oldest first."""
        rows = self.tx.execute(select(parcels.c.payload, parcels.c.chat_id).order_by(parcels.c.id))
        decode = msgspec.json.Decoder(OutgoingMessage).decode
        return [decode(row.payload) for row in rows if chat_id in (None, row.chat_id)]

    def heard(self, chat_id: str) -> list[str]:
        """The texts said in this chat."""
        return [message.text for message in self.messages(chat_id) if message.deed == Deed.SAY]

    def last(self, chat_id: str) -> str:
        texts = self.heard(chat_id)
        return texts[-1] if texts else ""

    def forget(self) -> None:
        """Look only at what comes from here on."""
        self.tx.execute(parcels.delete())

    def _arrive(self, who: Member, *, room: str | None, said_at: datetime | None = None, **facts: object) -> None:
        message = IncomingMessage(
            platform=self.platform,
            by_words=self.by_words,
            bot="bot",
            chat_id=room or who.account,
            chat_type="private" if room is None else "group",
            sent_at=said_at or self.now,
            user_id=who.account,
            user_name=who.name,
            **facts,  # type: ignore[arg-type]
        )
        conversation.answer(self.tx, message, self.now)
        redraw(self.tx, self.now)  # as the deliverer does before it looks for parcels


def _press(data: str, number: str) -> dict[str, object]:
    """As Telegram tells of it: without a time."""
    return {"pressed": data, "press_id": number, "message_id": "0", "is_clocked_here": True}
