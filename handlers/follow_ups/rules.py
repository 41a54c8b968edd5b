"""The office's rules of following: at what hour it is asked, for how many days, and whether symptoms begin it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import msgspec
from sqlalchemy import Connection

from storage.records.options import option, set_option

NAME = "follow_up"


class Begins(StrEnum):
    """What somebody's symptoms or contact do."""

    ASK = "hỏi"  # the monitoring team is asked
    ALWAYS = "luôn"
    NEVER = "không"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    asks_at: str = "07:30"
    days: int = 7
    begins: Begins = Begins.ASK


def rules(tx: Connection) -> Rules:
    return msgspec.convert(option(tx, NAME, {}), Rules)


def keep_rules(tx: Connection, changed: Rules) -> None:
    set_option(tx, NAME, msgspec.to_builtins(changed))
