"""The old Markdown: four marks, no nesting; a mark without its end is a mistake."""

import re

from sandbox.telegram.entities.formatted import Entity, Formatted, utf16_length
from sandbox.telegram.entities.html import with_address
from sandbox.telegram.errors import bad_request

_PIECE = re.compile(
    r"\\([_*`\[])|```(?:(\S+)\n)?(.*?)```|\*(.*?)\*|_(.*?)_|`(.*?)`|\[([^\]]*)\]\(([^)]*)\)|([_*`\[])", re.DOTALL
)
KINDS = {3: "pre", 4: "bold", 5: "italic", 6: "code", 7: "text_link"}


def parse_markdown(raw: str) -> Formatted:
    parts: list[str] = []
    entities: list[Entity] = []
    length, last = 0, 0
    for match in _PIECE.finditer(raw):
        if match.group(9) not in (None, "["):
            at = len(raw[: match.start()].encode())
            raise bad_request(f"can't parse entities: Can't find end of the entity starting at byte offset {at}")
        before = raw[last : match.start()]
        kind = next((number for number in KINDS if match.group(number) is not None), None)
        inner = match.group(kind) if kind else match.group(1) or match.group(9)
        length += utf16_length(before)
        if kind and inner and (entity := _entity(match, kind, length, utf16_length(inner))):
            entities.append(entity)
        parts += [before, inner]
        length += utf16_length(inner)
        last = match.end()
    return Formatted("".join([*parts, raw[last:]]), entities)


def _entity(match: re.Match[str], kind: int, offset: int, length: int) -> Entity | None:
    entity: Entity = {"type": KINDS[kind], "offset": offset, "length": length}
    if kind == 7:
        return with_address(entity, match.group(8))
    return entity | {"language": match.group(2)} if match.group(2) else entity
