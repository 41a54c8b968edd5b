"""The same front desk where there are no buttons, edits or reactions: what is put goes out as the deliverer would send it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from bot.delivery.manners import Manners
from bot.delivery.parcels import Bundle, addressed
from bot.platforms.zalo import LIMITS
from storage.outbox import Parcel, parcels
from storage.parcels.sending import settle
from storage.record import find_all
from storage.records.options import set_option
from tests.cast import Member
from tests.handlers.speaking import Desk


@dataclass
class WordDesk(Desk):
    """`sent` holds what went out, oldest first: (chat, words)."""

    platform: str = "zalo"
    by_words: bool = True
    sent: list[tuple[str, str]] = field(default_factory=list)
    versions: dict[int, int] = field(default_factory=dict)

    def say(self, who: Member, text: str, **how: str | None) -> str:  # type: ignore[override]
        """Say it, and let what it brought about go out."""
        message_id = super().say(who, text, **how)  # type: ignore[arg-type]
        self.go_out()
        return message_id

    def go_out(self) -> None:
        set_option(self.tx, "identity/zalo", {"account": "1", "username": "bot.tb", "name": "Bot Trực Ban"})
        manners = Manners(LIMITS)
        for parcel in find_all(self.tx, Parcel, parcels, order_by=(parcels.c.lane, parcels.c.id)):
            if self.versions.get(parcel.id) == parcel.version:
                continue
            self.versions[parcel.id] = parcel.version
            settle(self.tx, parcel, external_id=None, now=self.now)
            if not manners.is_silent(parcel):
                said = manners.put_in_words(self.tx, Bundle((parcel,), addressed(parcel)), self.now)
                self.sent.append((said.chat_id, said.message.text))

    def wait(self, **length: float) -> None:
        self.now += timedelta(**length)

    def heard(self, chat_id: str) -> list[str]:
        self.go_out()
        return [words for chat, words in self.sent if chat == chat_id]

    def news(self) -> list[tuple[str, str]]:
        """What went out since the last look."""
        self.go_out()
        sent, self.sent = self.sent, []
        return sent
