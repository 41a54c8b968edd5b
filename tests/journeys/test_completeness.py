"""Every kind of check-in and every command has its journey: whoever adds one writes its dialogue here."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.check_in import CheckInKind
from handlers.command import Command
from handlers.commanding import all_commands
from handlers.kinds import built_in_kinds

JOURNEYS = "\n".join(
    file.read_text("utf-8")
    for file in sorted(Path(__file__).parent.glob("test_*.py"))
    if file.name != Path(__file__).name
)


@pytest.mark.parametrize("command", all_commands(), ids=lambda command: command.name)
def test_every_command_is_typed_in_a_journey(command: Command) -> None:
    assert f": /{command.name}" in JOURNEYS or f'"/{command.name}' in JOURNEYS


@pytest.mark.parametrize("kind", built_in_kinds().values(), ids=lambda kind: kind.name)
def test_every_kind_is_reported_in_a_journey(kind: CheckInKind) -> None:
    said_back = (f"Đã ghi: {kind.title.lower()}", f"{kind.title} · ")
    assert any(words in JOURNEYS for words in said_back)
