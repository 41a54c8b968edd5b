"""Formatted text of a bot: `text_styles` or markdown in, the entities of the rooms out."""

import json
import re
from typing import Any

from sandbox.telegram.arguments import Arguments
from sandbox.telegram.errors import bad_request

LIMIT = 2000
PLAIN_STYLES = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough"}
SIZES = ("f_13", "f_15", "f_18", "f_20")
COLOURS = ("c_050a19", "c_15a85f", "c_f7b503", "c_f27806", "c_db342e")
LISTS = ("lst_1", "lst_2", *(f"ind_{number}" for number in range(1, 6)))
CODES = frozenset({*PLAIN_STYLES, *SIZES, *COLOURS, *LISTS})
MARKDOWN = re.compile(r"\*\*(?P<bold>[^*\n]+)\*\*|\*(?P<italic>[^*\n]+)\*")
PARSE_MODES = ("markdown", "html")

Body = dict[str, Any]


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def read_words(arguments: Arguments, field: str = "text", *, needed: bool = True) -> Body:
    """The text (or caption) with its entities; if both ways of formatting are given, parse_mode wins."""
    text = arguments.text(field)
    if not text.strip() and not needed:
        return {}
    if not text.strip() or units(text) > LIMIT:
        raise bad_request(f"{field} must be 1-{LIMIT} characters")
    mode = arguments.text("parse_mode").lower()
    if mode and mode not in PARSE_MODES:
        raise bad_request("parse_mode is invalid")
    text, entities = _from_markdown(text) if mode == "markdown" else (text, [])
    if not mode:
        entities = _from_styles(arguments, units(text))
    content: Body = {field: text}
    if entities:
        content["entities" if field == "text" else "caption_entities"] = entities
    return content


def _from_markdown(text: str) -> tuple[str, list[Body]]:
    parts: list[str] = []
    entities: list[Body] = []
    at = end = 0
    for found in MARKDOWN.finditer(text):
        before, words = text[end : found.start()], found["bold"] or found["italic"]
        kind = "bold" if found["bold"] else "italic"
        at += units(before)
        entities.append({"type": kind, "offset": at, "length": units(words)})
        parts += [before, words]
        at, end = at + units(words), found.end()
    return "".join(parts) + text[end:], entities


def _from_styles(arguments: Arguments, length: int) -> list[Body]:
    styles = arguments.json("text_styles") or []
    if not isinstance(styles, list):
        raise bad_request("text_styles must be a list")
    return [entity for style in styles for entity in _entities_of(style, length)]


def _entities_of(style: Any, length: int) -> list[Body]:
    try:
        start, extent, codes = int(style["start"]), int(style["len"]), list(style["st"])
    except (TypeError, KeyError, ValueError):
        raise bad_request(f"text_styles is invalid: {json.dumps(style)[:60]}") from None
    if start < 0 or extent <= 0 or start + extent > length or not CODES.issuperset(codes):
        raise bad_request("text_styles is out of range")
    place = {"offset": start, "length": extent}
    plain = [{"type": PLAIN_STYLES[code]} | place for code in codes if code in PLAIN_STYLES]
    special = [code for code in codes if code not in PLAIN_STYLES]
    return [*plain, {"type": "zalo_style", "codes": special} | place] if special else plain
