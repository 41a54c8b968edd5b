"""The checker itself: a good update passes, a spoiled one does not."""

import copy
from typing import Any

import pytest

from tests.sandbox.schema import check, update_schema

GOOD: dict[str, Any] = {
    "update_id": 1,
    "message": {
        "message_id": 2,
        "from": {"id": 3, "is_bot": False, "first_name": "Lan"},
        "chat": {"id": -4, "type": "group", "title": "Phòng"},
        "date": 1_795_000_000,
        "text": "12 lượt",
    },
}
SPOILED: dict[str, dict[str, Any]] = {
    "a null": {"text": None},
    "milliseconds": {"date": 1_795_000_000_000},
    "a moment as text": {"date": "2026-11-23T08:00:00Z"},
    "an id as text": {"message_id": "2"},
    "an id as float": {"message_id": 2.5},
    "a truth for a number": {"message_id": True},
    "a field of its own": {"new_chat_member": {"id": 3, "is_bot": False, "first_name": "Lan"}},
    "a user without is_bot": {"from": {"id": 3, "first_name": "Lan"}},
    "an odd entity": {"entities": [{"type": "bold", "offset": 0}]},
}


def test_a_good_update_passes() -> None:
    assert check(GOOD, update_schema()) == []


@pytest.mark.parametrize("spoiling", SPOILED, ids=str)
def test_a_spoiled_update_does_not(spoiling: str) -> None:
    update = copy.deepcopy(GOOD)
    update["message"] |= SPOILED[spoiling]
    assert check(update, update_schema())
