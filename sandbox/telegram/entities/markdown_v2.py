"""MarkdownV2: every special sign is formatting or must be escaped."""

import re
from dataclasses import dataclass

from sandbox.telegram.entities.formatted import Entity, Formatted, Pieces, in_order
from sandbox.telegram.entities.html import with_address

RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
NAMES = {
    "*": ("bold", "Bold"),
    "_": ("italic", "Italic"),
    "__": ("underline", "Underline"),
    "~": ("strikethrough", "Strikethrough"),
    "||": ("spoiler", "Spoiler"),
    "[": ("text_link", "TextUrl"),
    "`": ("code", "Code"),
    "```": ("pre", "Pre"),
}
_MARK = re.compile(r"```|__|\|\||!\[|.", re.DOTALL)


@dataclass(slots=True)
class Open:
    mark: str
    at: int
    offset: int


class Parser(Pieces):
    def __init__(self, raw: str) -> None:
        super().__init__(raw)
        self.at = 0
        self.stack: list[Open] = []
        self.quote_from: int | None = None

    def run(self) -> Formatted:
        while self.at < len(self.raw):
            self.step()
        self.end_quote()
        if self.stack:
            last = self.stack[-1]
            self.fail(f"Can't find end of {NAMES[last.mark][1]} entity at byte offset %", last.at)
        return Formatted("".join(self.parts), in_order(self.entities))

    def step(self) -> None:
        match = _MARK.match(self.raw, self.at)
        mark = match.group() if match else ""
        line_start = self.at == 0 or self.raw[self.at - 1] == "\n"
        if line_start and self.quote_from is not None and mark != ">":
            self.end_quote()
        if mark == "\\" and self.at + 1 < len(self.raw) and ord(self.raw[self.at + 1]) < 127:
            self.add(self.raw[self.at + 1])
            self.at += 2
        elif mark == ">" and line_start:
            self.quote_from = self.length if self.quote_from is None else self.quote_from
            self.at += 1
        elif mark in ("`", "```"):
            self.read_code(mark)
        elif mark == "]" and self.stack and self.stack[-1].mark == "[":
            self.read_link()
        elif mark in NAMES:
            self.toggle(mark)
        elif mark[0] in RESERVED:
            self.fail(f"Character '{mark[0]}' is reserved and must be escaped with the preceding '\\'", self.at)
        else:
            self.add(mark)
            self.at += 1

    def toggle(self, mark: str) -> None:
        if mark != "[" and self.stack and self.stack[-1].mark == mark:
            self.close({"type": NAMES[mark][0]})
        else:
            self.stack.append(Open(mark, self.at, self.length))
        self.at += len(mark)

    def close(self, entity: Entity | None) -> None:
        opened = self.stack.pop()
        if entity and self.length > opened.offset:
            self.entities.append(entity | {"offset": opened.offset, "length": self.length - opened.offset})

    def read_code(self, mark: str) -> None:
        end = self.raw.find(mark, self.at + len(mark))
        if end < 0:
            self.fail(f"Can't find end of {NAMES[mark][1]} entity at byte offset %", self.at)
        content = re.sub(r"\\([\\`])", r"\1", self.raw[self.at + len(mark) : end])
        entity: Entity = {"type": NAMES[mark][0], "offset": self.length}
        if mark == "```" and (language := re.match(r"([^\s`]+)\n|\n", content)):
            content = content[language.end() :]
            if language.group(1):
                entity["language"] = language.group(1)
        self.add(content)
        if content:
            self.entities.append(entity | {"length": self.length - entity["offset"]})
        self.at = end + len(mark)

    def read_link(self) -> None:
        address = re.compile(r"\(((?:\\.|[^)\\])*)\)").match(self.raw, self.at + 1)
        if address is None:
            self.close(None)
            self.at += 1
            return
        self.close(with_address({"type": "text_link"}, re.sub(r"\\(.)", r"\1", address.group(1))))
        self.at = address.end()

    def end_quote(self) -> None:
        if self.quote_from is not None and self.length > self.quote_from:
            length = self.length - self.quote_from
            self.entities.append({"type": "blockquote", "offset": self.quote_from, "length": length})
        self.quote_from = None


def parse_markdown_v2(raw: str) -> Formatted:
    return Parser(raw).run()
