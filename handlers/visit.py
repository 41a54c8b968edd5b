"""One message being answered: who says it, where, with which rights, and the ways to answer him.

A handler gets a Visit and puts its answers into the outbox, in the transaction that keeps the record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from handlers.access import HEADS, Right, may
from handlers.local_time import local_day
from handlers.telling import Buttons
from handlers.wording import called_by
from storage import outbox
from storage.messages import Deed, IncomingMessage, Lane, Marks, OutgoingFile, OutgoingMessage
from storage.records.accounts import Account
from storage.records.chats import Audience, GroupChat
from storage.records.dialogues import Dialogue, end_dialogue, keep_dialogue, open_dialogue
from storage.records.people import Person, Post
from storage.records.units import UnitKind, find_unit


@dataclass(slots=True)
class Visit:
    tx: Connection
    now: datetime
    message: IncomingMessage
    person: Person | None = None  # none: nobody we know (yet)
    account: Account | None = None
    room: GroupChat | None = None  # the group it was said in; none in private
    posts: list[Post] = field(default_factory=list)
    offered: tuple[tuple[str, str], ...] = ()  # the commands this person may use: name, what it does
    said: int = 0  # how many parcels this visit has put: part of their keys
    note: str = ""  # what a press should show for a moment, where nothing can be shown so: it is said at the end
    note_is_receipt: bool = False
    awaited_by: dict[str, Any] | None = None  # the correction that came before these words

    @property
    def said_at(self) -> datetime:
        """When it was said. What we hear late (we were down, it was tried again) means the days as they were then."""
        return min(self.now, self.message.sent_at)

    @property
    def today(self) -> date:
        return local_day(self.said_at)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)

    @property
    def known(self) -> Person:
        """The person, where the front desk has made sure that there is one."""
        if self.person is None:
            raise LookupError("this visit has no known person")
        return self.person

    @property
    def unit_ids(self) -> list[int]:
        """The units this person belongs to, by his posts."""
        return [post.unit_id for post in self.posts]

    @property
    def headed_unit_ids(self) -> list[int]:
        """The units he heads, or whose head he stands in for."""
        return [post.unit_id for post in self.posts if post.role in HEADS]

    @property
    def unit_id(self) -> int:
        """The unit this person speaks for: the room's, if he belongs there, else that of his first post."""
        own = self.unit_ids
        if self.room is not None and self.room.unit_id is not None and self.room.unit_id in own:
            return self.room.unit_id
        return own[0]

    def unit_name(self) -> str:
        """The unit he speaks for, as he would write it; the body itself reports by its office."""
        unit = find_unit(self.tx, self.unit_id) if self.posts else None
        return "Văn phòng" if unit is None or unit.kind == UnitKind.ORGANIZATION else unit.short_name

    @property
    def is_where_units_answer(self) -> bool:
        """Whether figures of a unit are told here: in private, or in a unit's room."""
        return self.message.is_private or (self.room is not None and self.room.unit_id is not None)

    @property
    def is_in_closed_circle(self) -> bool:
        """Whether what concerns all units may be said here: in private, or where the office or the leaders sit."""
        return self.room is None or self.room.audience in (Audience.OFFICE, Audience.LEADERS)

    def may(self, right: Right) -> bool:
        return may(self.roles, right)

    def reply(
        self,
        text: str,
        *,
        buttons: Buttons = (),
        about: str = "",
        file: OutgoingFile | None = None,
        asks_reply: bool = False,
        marks: Marks = Marks.NUMBERS,
        is_receipt: bool = False,
    ) -> None:
        """Answer where it was said; in a group as a reply to the message."""
        self._put(
            OutgoingMessage(
                platform=self.message.platform,
                chat_id=self.message.chat_id,
                thread_id=self.message.thread_id,
                is_group=not self.message.is_private,
                reply_to=None if self.message.is_private or self.message.pressed else self.message.message_id,
                text=self._called(text) if self.message.is_private else text,
                buttons=buttons,
                file=file,
                asks_reply=asks_reply,
                marks=marks,
                meant_for=self.message.user_id or "",
                is_receipt=is_receipt,
            ),
            about=about,
        )

    def reply_privately(
        self,
        text: str,
        *,
        buttons: Buttons = (),
        about: str = "",
        file: OutgoingFile | None = None,
        marks: Marks = Marks.NUMBERS,
        is_receipt: bool = False,
    ) -> bool:
        """Answer in the private chat, whatever room it was said in; false if this person never wrote to us there."""
        if self.account is None or self.account.private_chat_id is None:
            return False
        self._put(
            OutgoingMessage(
                platform=self.account.platform,
                chat_id=self.account.private_chat_id,
                text=self._called(text),
                buttons=buttons,
                file=file,
                marks=marks,
                is_receipt=is_receipt,
            ),
            about=about,
        )
        return True

    def receive_quietly(self, emoji: str = "👍") -> None:
        """The quiet receipt: a reaction on the message."""
        if self.message.message_id is not None:
            self._put(self._deed(Deed.REACT, emoji=emoji, reply_to=self.message.message_id))

    def close_press(self, note: str = "", *, is_receipt: bool = False) -> None:
        """End the button's spinner, perhaps with a short note that only the presser sees (at most 200 characters).

        A choice made by words has no spinner: the note is said at the end, but a mere receipt not in a room.
        """
        note = self._called(note)
        if self.message.press_id is not None:
            self._put(self._deed(Deed.CLOSE_PRESS, text=note[:200], press_id=self.message.press_id))
        elif not is_receipt or self.message.is_private:
            self.note, self.note_is_receipt = note, is_receipt

    def answer_shortly(self, text: str) -> None:
        """In the note under the button, where one was pressed; to words in words."""
        if self.message.press_id is not None:
            self.close_press(text)
        else:
            self.reply(text)

    def keep(self, dialogue: Dialogue, *, in_private: bool = False) -> None:
        """Wait for this person's next words about `dialogue`, here or in the private chat."""
        chat_id = self.message.chat_id
        if in_private and self.account is not None and self.account.private_chat_id is not None:
            chat_id = self.account.private_chat_id
        keep_dialogue(self.tx, self.message.platform, chat_id, self.message.user_id or "", dialogue)

    def dialogue(self) -> Dialogue | None:
        """What this person's next words here are waited for."""
        return open_dialogue(self.tx, self.message.platform, self.message.chat_id, self.message.user_id or "", self.now)

    def forget_dialogue(self) -> bool:
        return end_dialogue(self.tx, self.message.platform, self.message.chat_id, self.message.user_id or "")

    def _called(self, text: str) -> str:
        """What only this person reads calls him as the house does."""
        return text if self.person is None else called_by(text, self.person.honorific)

    def _deed(
        self, deed: Deed, *, text: str = "", emoji: str = "", reply_to: str | None = None, press_id: str | None = None
    ) -> OutgoingMessage:
        return OutgoingMessage(
            platform=self.message.platform,
            chat_id=self.message.chat_id,
            is_group=not self.message.is_private,
            deed=deed,
            text=text,
            emoji=emoji,
            reply_to=reply_to,
            press_id=press_id,
        )

    def _put(self, message: OutgoingMessage, *, about: str = "") -> None:
        self.said += 1
        key = f"{self.message.platform}/{self.message.bot}/{self.message.key}/{self.said}"
        outbox.put(self.tx, message, key=key, lane=Lane.ANSWER, now=self.now, about=about)
