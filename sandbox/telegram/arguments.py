"""The arguments of one call, whatever way they came, read leniently as the real server reads them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.telegram.errors import bad_request


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Arguments:
    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0, *, low: int | None = None, high: int | None = None) -> int:
        value = self.values.get(name)
        try:
            number = int(value) if value not in (None, "") else default
        except (TypeError, ValueError):
            number = 0
        if low is not None:
            number = max(low, number)
        return number if high is None else min(high, number)

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def has(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def object(self, name: str, what: str) -> dict[str, Any] | None:
        value = self.json(name, what)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"object expected as {what}")
        return value

    def objects(self, name: str, what: str) -> list[dict[str, Any]]:
        value = self.json(name, what)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise bad_request(f"expected an Array of {what}")
        return value

    def json(self, name: str, what: str = "") -> Any:
        """A nested object or list, also when it came as JSON text."""
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what or name} JSON object") from None
