"""HTML formatting: the tags the server knows, with its own words for every mistake."""

import html
import re
from dataclasses import dataclass

from sandbox.telegram.entities.formatted import Entity, Formatted, Pieces, in_order

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_PIECE = re.compile(r"<|&(?:lt|gt|amp|quot|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_TAG = re.compile(r"<(/?)([^\s<>/=]*)((?:\s+[^\s=<>]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s<>\"']+))?)*)\s*>")
_ATTRIBUTE = re.compile(r"([^\s=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+)))?")


@dataclass(slots=True)
class Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


class Parser(Pieces):
    def __init__(self, raw: str) -> None:
        super().__init__(raw)
        self.stack: list[Open] = []

    def run(self) -> Formatted:
        at = 0
        while match := _PIECE.search(self.raw, at):
            self.add(self.raw[at : match.start()])
            if match.group() == "<":
                at = self.read_tag(match.start())
            else:
                self.add(html.unescape(match.group()))
                at = match.end()
        self.add(self.raw[at:])
        if self.stack:
            tag = self.stack[-1].tag
            self.fail(f'Can\'t find end tag corresponding to start tag "{tag}"', 0)
        return Formatted("".join(self.parts), in_order(self.entities))

    def read_tag(self, at: int) -> int:
        match = _TAG.match(self.raw, at)
        if match is None:
            closing = self.raw.startswith("</", at)
            name = re.match(r"</?([^\s<>/=]*)", self.raw[at:])
            tag = name.group(1).lower() if name else ""
            if not closing and tag not in TAGS and ">" in self.raw[at:]:
                self.fail(f'Unsupported start tag "{tag}" at byte offset %', at)
            self.fail(f"Unclosed {'end' if closing else 'start'} tag at byte offset %", at)
        tag = match.group(2).lower()
        if match.group(1):
            self.close(tag, at)
        else:
            self.open(tag, match.group(3), at)
        return match.end()

    def open(self, tag: str, attributes: str, at: int) -> None:
        if tag not in TAGS:
            self.fail(f'Unsupported start tag "{tag}" at byte offset %', at)
        given = {
            match.group(1).lower(): html.unescape(match.group(2) or match.group(3) or match.group(4) or "")
            for match in _ATTRIBUTE.finditer(attributes)
        }
        if tag == "span" and given.get("class") != "tg-spoiler":
            self.fail('Tag "span" must have class "tg-spoiler" at byte offset %', at)
        self.stack.append(Open(tag, given, self.length, len(self.parts)))

    def close(self, tag: str, at: int) -> None:
        if not self.stack:
            self.fail("Unexpected end tag at byte offset %", at)
        opened = self.stack.pop()
        if tag and tag != opened.tag:
            self.fail(f'Unmatched end tag at byte offset %, expected "</{opened.tag}>", found "</{tag}>"', at)
        if self.length > opened.offset and (entity := self.entity(opened)):
            self.entities.append(entity)

    def entity(self, opened: Open) -> Entity | None:
        entity: Entity = {"type": TAGS[opened.tag], "offset": opened.offset, "length": self.length - opened.offset}
        if opened.tag == "a":
            address = opened.attributes.get("href") or "".join(self.parts[opened.start :])
            return with_address(entity, address)
        if opened.tag == "tg-emoji":
            return entity | {"custom_emoji_id": opened.attributes.get("emoji-id", "0")}
        if opened.tag == "blockquote" and "expandable" in opened.attributes:
            return entity | {"type": "expandable_blockquote"}
        if opened.tag == "code" and self.stack and self.stack[-1].tag == "pre":
            language = opened.attributes.get("class", "").removeprefix("language-")
            self.stack[-1].attributes["language"] = language
            return None
        if opened.tag == "pre" and opened.attributes.get("language"):
            return entity | {"language": opened.attributes["language"]}
        return entity


def with_address(entity: Entity, address: str) -> Entity | None:
    """A link without a usable address is no link."""
    address = address.strip()
    if address.startswith("tg://") or re.match(r"(?i)https?://[^\s/]+\.?[^\s]*$", address):
        bare = re.fullmatch(r"(?i)https?://[^/?#]+", address)
        return entity | {"url": address + "/" if bare else address}
    if re.fullmatch(r"(?:[\w-]+\.)+[A-Za-z]{2,}(?:[/?#]\S*)?", address):
        return entity | {"url": f"http://{address}" + ("" if "/" in address else "/")}
    return None


def parse_html(raw: str) -> Formatted:
    return Parser(raw).run()
