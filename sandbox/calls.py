"""The list of every Bot API call seen, for tests: doubled sends, refusals, order."""

from collections import deque
from dataclasses import dataclass
from itertools import islice
from typing import Any

KEPT = 20_000


@dataclass(slots=True, kw_only=True)
class Seen:
    n: int
    token: str
    at: float
    method: str
    chat_id: int | str | None
    ok: bool
    error_code: int | None

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("n", "at", "method", "chat_id", "ok", "error_code")}


class Calls:
    def __init__(self) -> None:
        self._seen: deque[Seen] = deque(maxlen=KEPT)
        self._count = 0

    def note(self, *, token: str, at: float, method: str, chat_id: int | str | None, error_code: int | None) -> None:
        self._count += 1
        self._seen.append(
            Seen(
                n=self._count,
                token=token,
                at=at,
                method=method,
                chat_id=chat_id,
                ok=error_code is None,
                error_code=error_code,
            )
        )

    def since(self, after: int, token: str | None) -> list[dict[str, Any]]:
        first = self._count - len(self._seen)
        later = islice(self._seen, max(0, after - first), None)
        return [seen.as_json() for seen in later if token is None or seen.token == token]
