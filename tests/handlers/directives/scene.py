"""Plays what people do with directives straight on the handlers, inside one transaction, and reads what was put out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import Connection

from handlers import directives
from handlers.visit import Visit
from storage.messages import BOLD_OFF, BOLD_ON, Act, Deed, IncomingFile, IncomingMessage, Lane, OutgoingMessage
from storage.outbox import Outcome, Parcel, parcels
from storage.record import find_all
from storage.records.accounts import account_of
from storage.records.chats import chat_of
from storage.records.dialogues import open_dialogue
from storage.records.directives import Directive, DirectiveState, find_directive
from storage.records.directives import directives as directive_rows
from storage.records.people import find_person, posts_of
from tests.cast import PLATFORM, Cast, Member

KEYS = count(1)


@dataclass
class Scene:
    """The office and a moving clock."""

    tx: Connection
    cast: Cast
    now: datetime

    def wait(self, **length: float) -> None:
        self.now += timedelta(**length)

    def command(
        self, who: Member, name: str, rest: str = "", *, room: str = "", file: IncomingFile | None = None
    ) -> None:
        run = {
            "chidao": directives.begin,
            "kiemtra": directives.verify,
            "chuanhan": lambda visit, text: directives.list_receipts(visit, directives.as_typed(text)),
        }[name]
        run(self.visit(who, rest, room=room, file=file), rest)

    def say(self, who: Member, text: str, *, file: IncomingFile | None = None) -> bool:
        """The next words in a dialogue; false if it did not take them."""
        visit = self.visit(who, text, file=file)
        dialogue = open_dialogue(self.tx, PLATFORM, who.account, who.account, self.now)
        return dialogue is not None and directives.DIALOGUES[dialogue.topic](visit, dialogue.state)

    def edit(self, who: Member, message_id: str, text: str) -> bool:
        """Change a message said before; false if no directive came from it."""
        visit = self.visit(who, text)
        visit.message = replace(visit.message, act=Act.EDIT, message_id=message_id)
        return directives.take_edit(visit)

    def press(self, who: Member, data: str, *, room: str = "") -> str:
        """Press a button; returns the note that only the presser sees."""
        verb, *parts = data.split(":")
        visit = self.visit(who, pressed=data, room=room)
        directives.PRESSES[verb](visit, parts)
        return next((one.text for one in self._said_now() if one.press_id == visit.message.press_id), "")

    def press_labelled(self, who: Member, label: str) -> str:
        """Press the button with this label, the newest one in the private chat."""
        for message in reversed(self.messages_to(who)):
            for button in (button for row in message.buttons for button in row):
                if button.text == label:
                    return self.press(who, button.data)
        raise AssertionError(f"no button {label}")

    def visit(
        self, who: Member, text: str = "", *, pressed: str = "", room: str = "", file: IncomingFile | None = None
    ) -> Visit:
        key = str(next(KEYS))
        chat_id = self.cast.rooms[room] if room else who.account
        message = IncomingMessage(
            platform=PLATFORM,
            key=key,
            act=Act.PRESS if pressed else Act.TEXT,
            chat_id=chat_id,
            chat_type="group" if room else "private",
            sent_at=self.now,
            user_id=who.account,
            message_id=key,
            text=text,
            pressed=pressed,
            press_id=key if pressed else None,
            file=file,
        )
        account = account_of(self.tx, PLATFORM, who.account)
        person = find_person(self.tx, account.person_id) if account and account.person_id else None
        posts = posts_of(self.tx, person.id, self.now.date()) if person else []
        group = chat_of(self.tx, PLATFORM, chat_id) if room else None
        return Visit(self.tx, self.now, message, person=person, account=account, room=group, posts=posts)

    def publish(self, who: Member, text: str, audience: str = "Toàn thể") -> Directive:
        self.command(who, "chidao", text)
        self.press_labelled(who, audience)
        self.press_labelled(who, "Phát hành")
        return self.newest()

    def newest(self) -> Directive:
        there = directive_rows.c.state != DirectiveState.DISCARDED
        return find_all(self.tx, Directive, directive_rows, there, order_by=(directive_rows.c.id,))[-1]

    def again(self, directive: Directive) -> Directive:
        found = find_directive(self.tx, directive.id)
        assert found is not None
        return found

    def messages_to(self, who: Member | str) -> list[OutgoingMessage]:
        chat_id = self.cast.rooms[who] if isinstance(who, str) else who.account
        said = [parcel.message for parcel in self.parcels() if parcel.chat_id == chat_id]
        return [message for message in said if message.deed is Deed.SAY]

    def texts_to(self, who: Member | str) -> list[str]:
        return [plain(message.text) for message in self.messages_to(who)]

    def parcels(self, lane: Lane | None = None) -> list[Parcel]:
        where = [parcels.c.state != Outcome.DROPPED]
        if lane is not None:
            where.append(parcels.c.lane == lane.rank)
        return find_all(self.tx, Parcel, parcels, *where, order_by=(parcels.c.id,))

    def deliver(self) -> None:
        """Everything that waits is taken by the platform."""
        self.tx.execute(
            parcels.update()
            .where(parcels.c.state == Outcome.READY)
            .values(state=Outcome.SENT, external_id=parcels.c.key)
        )

    def board(self, directive: Directive) -> str:
        key = f"directive/{directive.id}/board"
        return next(plain(parcel.message.text) for parcel in self.parcels() if parcel.key == key)

    def _said_now(self) -> list[OutgoingMessage]:
        return [parcel.message for parcel in self.parcels(Lane.ANSWER)]


def plain(text: str) -> str:
    return text.replace(BOLD_ON, "").replace(BOLD_OFF, "")


def a_file(name: str = "cong-van-1722.pdf") -> IncomingFile:
    return IncomingFile(reference=f"ref-{name}", name=name, media_type="application/pdf", size=1000)
