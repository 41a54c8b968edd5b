"""Plain text with its entities; offsets and lengths count UTF-16 units."""

from dataclasses import dataclass
from typing import Any, NoReturn

from sandbox.telegram.errors import bad_request

Entity = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Formatted:
    text: str
    entities: list[Entity]

    def fields(self, text: str = "text", entities: str = "entities") -> dict[str, Any]:
        """As they stand in a message: no empty list of entities."""
        return {text: self.text, entities: self.entities} if self.entities else {text: self.text}


class Pieces:
    """What a parser of marked text has read so far, and how it refuses."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.parts: list[str] = []
        self.length = 0  # UTF-16 units
        self.entities: list[Entity] = []

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += utf16_length(text)

    def fail(self, words: str, at: int) -> NoReturn:
        """In the server's words; `%` stands for the place in bytes."""
        raise bad_request(f"can't parse entities: {words}".replace("%", str(len(self.raw[:at].encode()))))


def utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def trim(formatted: Formatted) -> Formatted:
    """White space at the ends goes; entities shrink with it."""
    text = formatted.text.strip()
    if text == formatted.text:
        return formatted
    start = utf16_length(formatted.text[: len(formatted.text) - len(formatted.text.lstrip())])
    length = utf16_length(text)
    kept = []
    for entity in formatted.entities:
        begin = max(0, entity["offset"] - start)
        end = min(length, entity["offset"] + entity["length"] - start)
        if end > begin:
            kept.append(entity | {"offset": begin, "length": end - begin})
    return Formatted(text, kept)


def in_order(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda each: (each["offset"], -each["length"]))
