"""Commands, mentions, hashtags and addresses the server finds by itself."""

import re

from sandbox.telegram.entities.formatted import Entity, Formatted, in_order, utf16_length

_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@]))"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<mention>(?<![\w@])@[A-Za-z0-9_]{3,32}(?!\w))"
    r"|(?P<hashtag>(?<![\w#])#(?=\w*[^\W\d])\w{1,256})"
    r"|(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]|(?<![\w.@/-])(?:[A-Za-z0-9-]+\.)+(?:vn|com|org|net|me|io)"
    r"(?:/[^\s<>\"]*[^\s<>\".,;:!?)\]])?(?![\w@]))"
)
_CLOSED = frozenset({"code", "pre", "text_link", "text_mention"})
_HINTS = frozenset("/@#.")


def add_found(formatted: Formatted) -> Formatted:
    if _HINTS.isdisjoint(formatted.text):
        return formatted
    taken = [
        (each["offset"], each["offset"] + each["length"]) for each in formatted.entities if each["type"] in _CLOSED
    ]
    found: list[Entity] = []
    for match in _FOUND.finditer(formatted.text):
        offset = utf16_length(formatted.text[: match.start()])
        length = utf16_length(match.group())
        if not any(begin < offset + length and offset < end for begin, end in taken):
            found.append({"type": str(match.lastgroup), "offset": offset, "length": length})
    return Formatted(formatted.text, in_order(formatted.entities + found)) if found else formatted
