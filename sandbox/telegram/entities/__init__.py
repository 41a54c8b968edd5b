"""Text with formatting to plain text with entities, as the server reads it."""

from typing import Any

from sandbox.telegram.arguments import Arguments
from sandbox.telegram.entities.formatted import Formatted, trim
from sandbox.telegram.entities.found import add_found
from sandbox.telegram.entities.html import parse_html
from sandbox.telegram.entities.markdown import parse_markdown
from sandbox.telegram.entities.markdown_v2 import parse_markdown_v2
from sandbox.telegram.errors import bad_request

PARSERS = {"html": parse_html, "markdownv2": parse_markdown_v2, "markdown": parse_markdown}
ENTITY_FIELDS = frozenset(["type", "offset", "length", "url", "user", "language", "custom_emoji_id"])
RAW_LIMIT = 32 * 1024


def read_formatted(arguments: Arguments, *, text: str = "text", entities: str = "entities") -> Formatted:
    """The text of a call, parsed by its parse_mode or with the entities it brings."""
    raw = arguments.text(text).replace("\r", "")
    if len(raw.encode()) > RAW_LIMIT:
        raise bad_request("text is too long")
    mode = arguments.text("parse_mode").lower()
    if mode:
        if mode not in PARSERS:
            raise bad_request("unsupported parse_mode")
        formatted = PARSERS[mode](raw)
    else:
        formatted = Formatted(raw, _given(arguments.objects(entities, "MessageEntity")))
    return add_found(trim(formatted))


def plain_text(text: str) -> Formatted:
    """What a person types: commands, mentions and addresses are found, nothing is parsed."""
    return add_found(trim(Formatted(text, [])))


def _given(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not all(isinstance(each.get("type"), str) and _has_range(each) for each in entities):
        raise bad_request('can\'t parse MessageEntity: Field "type" must be of type String')
    return [{name: value for name, value in each.items() if name in ENTITY_FIELDS} for each in entities]


def _has_range(entity: dict[str, Any]) -> bool:
    return all(isinstance(entity.get(name), int) and entity[name] >= 0 for name in ("offset", "length"))
