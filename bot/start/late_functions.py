"""What a dataclass can do is compiled when it is first done: most of what five functions a class can do, a start never asks.

What fills a frozen one is compiled in quicker words by the way."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import MemberDescriptorType
from typing import Any

COMPILE = "_create_fn"
"""In dataclasses of Python 3.11 and 3.12: it makes a function from its text, and takes a tenth of a start for all of ours.
Where there is none of that name, dataclasses are made as they always are."""
FILLS = re.compile(
    r"__dataclass_builtins_object__\.__setattr__\((?P<self>\w+),'(?P<field>\w+)',(?P<value>.*)\)", re.DOTALL
)
"""How a frozen dataclass fills one of its fields, in the same words."""


@contextmanager
def late_functions() -> Iterator[None]:
    """The dataclasses defined within compile each of their functions at its first call, and then are as any other."""
    compile_now = getattr(dataclasses, COMPILE, None)
    if compile_now is None:
        yield
        return
    setattr(dataclasses, COMPILE, lambda name, *text, **names: _late(compile_now, name, text, names))
    try:
        yield
    finally:
        setattr(dataclasses, COMPILE, compile_now)


def _late(compile_now: Any, name: str, text: tuple[Any, ...], names: dict[str, Any]) -> Any:
    made: Any = None

    def late(self: object, /, *given: object, **named: object) -> object:
        nonlocal made
        if made is None:
            owner = _owner(type(self), name, late)
            made = compile_now(name, *_by_slots(owner, text, names), **names)
            if owner is not None:
                made.__qualname__ = f"{owner.__qualname__}.{name}"
                setattr(owner, name, made)
        return made(self, *given, **named)

    late.__name__ = name
    return late


def _owner(kind: type, name: str, late: object) -> type | None:
    return next((owner for owner in kind.__mro__ if vars(owner).get(name) is late), None)


def _by_slots(owner: type | None, text: tuple[Any, ...], names: dict[str, Any]) -> tuple[Any, ...]:
    """The text of a function, where each field is put straight into its slot: `object.__setattr__`, by which a frozen
    class fills itself, takes three times as long, and a message makes thirty such objects."""
    if owner is None or len(text) != 2:
        return text
    arguments, lines = text
    return arguments, [_by_slot(owner, line, names) for line in lines]


def _by_slot(owner: type, line: str, names: dict[str, Any]) -> str:
    found = FILLS.fullmatch(line)
    if found is None or not isinstance(slot := getattr(owner, found["field"], None), MemberDescriptorType):
        return line
    put = f"__put_{found['field']}__"
    names["locals"][put] = slot.__set__
    return f"{put}({found['self']},{found['value']})"
