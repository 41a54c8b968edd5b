"""What a platform cannot do is left unsaid or put into words, before its adapter is asked for anything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.delivery.parcels import Bundle, addressed
from bot.platform import Limits
from handlers.telling import allowance
from handlers.without_buttons.offering import in_words
from storage.messages import Deed, OutgoingMessage
from storage.outbox import Parcel

SHOWN_EVERYWHERE = frozenset({"photo", "voice"})
"""Also where there are no files: by their public address."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How to speak on a platform with these limits."""

    limits: Limits

    @property
    def says_all(self) -> bool:
        """Whether everything put can go as it is."""
        limits = self.limits
        is_free = limits.monthly_allowance is None
        shows_all_buttons = limits.has_buttons and limits.has_group_buttons
        return is_free and shows_all_buttons and limits.has_edits and limits.has_reactions and limits.has_files

    def is_silent(self, parcel: Parcel) -> bool:
        """Whether nothing need be sent: the change of a board, a reaction, the end of a press, where there are none."""
        if parcel.is_board:
            return not self.limits.has_edits and not parcel.is_news
        deed = Deed(parcel.deed)
        is_unknown_press = deed is Deed.CLOSE_PRESS and not self.limits.has_buttons
        return is_unknown_press or (deed is Deed.REACT and not self.limits.has_reactions)

    def may_be_spared(self, parcel: Parcel) -> bool:
        """Whether it is of the things that are left out where messages are counted and short."""
        is_counted = self.limits.monthly_allowance is not None and parcel.attempts == 0
        return is_counted and allowance.is_spared(parcel.message, parcel.lane, allowance.Thrift.CAMPAIGNS)

    def spared(self, tx: Connection, parcels: list[Parcel], now: datetime) -> list[Parcel]:
        """Those that are left out as the allowance stands now."""
        stands = allowance.standing(tx, parcels[0].platform, now) if parcels else None
        if stands is None:
            return []
        return [parcel for parcel in parcels if allowance.is_spared(parcel.message, parcel.lane, stands.thrift)]

    def edits(self, parcel: Parcel) -> str | None:
        """The message that this parcel changes; none where a change is a new message."""
        return parcel.external_id if parcel.is_board and self.limits.has_edits else None

    def kept_id(self, parcel: Parcel, external_id: str | None) -> str | None:
        """The id to remember: a board that cannot be changed has none, so that nobody tries (or repeats it as an edit)."""
        return None if parcel.is_board and not self.limits.has_edits else external_id

    def put_in_words(self, tx: Connection, chosen: Bundle, now: datetime) -> Bundle:
        """What leaves as one message, with every choice in it as words."""
        if len(chosen.parcels) == 1:
            return replace(chosen, message=self._in_words(tx, chosen.message, chosen.parcels[0].about, now))
        said = [self._in_words(tx, addressed(parcel), parcel.about, now).text for parcel in chosen.parcels]
        message = replace(chosen.message, text="\n\n".join(said), buttons=(), asks_reply=False)
        return replace(chosen, message=message)

    def _in_words(self, tx: Connection, message: OutgoingMessage, about: str, now: datetime) -> OutgoingMessage:
        if message.deed is not Deed.SAY:
            return message
        if not self._shows_buttons(message):
            message = in_words(tx, message, about=about, hears_all=self.limits.hears_groups, now=now)
        if message.file is None or self.limits.has_files or message.file.kind in SHOWN_EVERYWHERE:
            return message
        note = f"📎 {message.file.name}: ứng dụng này không nhận tệp, xin lấy ở Văn phòng."
        return replace(message, text=f"{message.text}\n{note}".strip(), file=None)

    def _shows_buttons(self, message: OutgoingMessage) -> bool:
        return self.limits.has_buttons and (self.limits.has_group_buttons or not message.is_group)
