"""Opaque ids as the Official Account shows them: long numbers as text, the same after every start."""

import hashlib
from functools import lru_cache


@lru_cache(maxsize=100_000)
def _digits(what: str) -> str:
    return str(int(hashlib.sha256(what.encode()).hexdigest(), 16) % 10**18 + 3 * 10**18)


def user_id(bot_id: int, person_id: int) -> str:
    """A person as one account knows them."""
    return _digits(f"oa-user/{bot_id}/{person_id}")


def oa_id(bot_id: int) -> str:
    return _digits(f"oa/{bot_id}")


def group_id(chat_id: int) -> str:
    return hashlib.sha256(f"oa-group/{chat_id}".encode()).hexdigest()[:20]


def message_id(room: str, number: int) -> str:
    return hashlib.sha256(f"oa-message/{room}/{number}".encode()).hexdigest()[:19]
