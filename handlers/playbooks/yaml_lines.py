"""YAML with the line of everything in it, so that a mistake can be shown where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understanding.phrases.normalize import fold

if TYPE_CHECKING:
    import yaml

LARGEST = 60_000
"""Characters; a playbook of a hundred steps has a third of that."""


@dataclass(frozen=True, slots=True)
class Text:
    """A single value."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """Keys and values; keys folded, so that "Hạn", "hạn" and "han" are one. `doubled`: keys that come twice."""

    line: int
    values: dict[str, Value]
    typed: dict[str, Text]
    doubled: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    line: int
    items: tuple[Value, ...]


Value = Text | Row | Rows


class UnreadableYamlError(ValueError):
    """The text is no YAML: the message is a sentence with the line."""


def read_yaml(text: str) -> Value | None:
    """None for an empty text. Anchors and tags make nothing: every value is text."""
    if len(text) > LARGEST:
        raise UnreadableYamlError(f"Tệp dài quá {LARGEST // 1000} nghìn chữ. Phương án không thể dài như vậy.")
    import yaml

    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise UnreadableYamlError(_sentence(error)) from error
    except RecursionError as error:
        raise UnreadableYamlError("Tệp lồng quá sâu, tôi không đọc được.") from error
    return None if node is None else _value(node, depth=0)


def _sentence(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f"Dòng {mark.line + 1}: " if mark is not None else ""
    problem = str(getattr(error, "problem", "") or "")
    hint = "không được dùng phím Tab, xin thụt đầu dòng bằng dấu cách." if "\\t" in problem or "tab" in problem else ""
    usual = "chưa đúng cách viết. Mỗi mục là “tên: nội dung”; nội dung có dấu hai chấm thì đặt trong ngoặc kép."
    return f"{where}{hint or usual}"


def _value(node: yaml.Node, *, depth: int) -> Value:
    import yaml

    line = node.start_mark.line + 1
    if depth > 6:
        raise UnreadableYamlError(f"Dòng {line}: lồng quá sâu.")
    if isinstance(node, yaml.SequenceNode):
        return Rows(line, tuple(_value(item, depth=depth + 1) for item in node.value))
    if isinstance(node, yaml.MappingNode):
        return _row(node, line, depth)
    return Text(line, " ".join(str(node.value).split()))


def _row(node: yaml.MappingNode, line: int, depth: int) -> Row:
    values: dict[str, Value] = {}
    typed: dict[str, Text] = {}
    doubled: list[Text] = []
    for key, value in node.value:
        words = Text(key.start_mark.line + 1, str(key.value))
        name = " ".join(fold(words.words).split())
        if name in values:
            doubled.append(words)
        values[name], typed[name] = _value(value, depth=depth + 1), words
    return Row(line, values, typed, tuple(doubled))
