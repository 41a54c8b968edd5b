"""Somebody who writes: a person, or a bot with its token."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Person:
    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "vi"
    title: str | None = None
    deactivated: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True, kw_only=True)
class Bot:
    id: int
    token: str
    name: str
    username: str
    can_read_all_group_messages: bool = False
    profile: dict[str, Any] = field(default_factory=dict)
    platform: str = "telegram"

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
