"""Trying parked updates again: each by an errand of its own, so that one that fails anew stays parked alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from handlers.parking import try_again
from storage import errands, inbox
from storage.errands import Errand
from storage.messages import IncomingMessage

TOPIC = "parked_update"

Answer = Callable[[Connection, IncomingMessage, datetime], None]


def ask_to_try_again(tx: Connection, parked: inbox.Parked, now: datetime) -> None:
    state = {"platform": parked.platform, "bot": parked.bot, "key": parked.key}
    errands.put(tx, topic=TOPIC, state=state, now=now)


def trying_with(answer: Answer) -> Callable[[Connection, Errand, bytes, datetime], None]:
    """The errand's work, once somebody says how a message is answered."""

    def run(tx: Connection, errand: Errand, _content: bytes, now: datetime) -> None:
        state = errand.state
        for parked in inbox.parked(tx):
            if (parked.platform, parked.bot, parked.key) == (state["platform"], state["bot"], state["key"]):
                try_again(tx, parked, now, answer)

    return run
