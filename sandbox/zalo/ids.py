"""Opaque ids: twenty hexadecimal digits that say nothing, the same after every start."""

import hashlib
from functools import lru_cache


@lru_cache(maxsize=100_000)
def _digits(what: str) -> str:
    return hashlib.sha256(what.encode()).hexdigest()[:20]


def user_id(bot_id: int, person_id: int) -> str:
    """A person as one bot knows them, in private and in groups; another bot knows another id."""
    return _digits(f"user/{bot_id}/{person_id}")


def group_id(chat_id: int) -> str:
    return "zgr-" + _digits(f"group/{chat_id}")


def message_id(room: str, number: int) -> str:
    return _digits(f"message/{room}/{number}")
