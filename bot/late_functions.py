"""What a dataclass can do is compiled when it is first done: most of what five functions a class can do, a start never asks."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

COMPILE = "_create_fn"
"""In dataclasses of Python 3.11 and 3.12: it makes a function from its text, and takes a tenth of a start for all of ours.
Where there is none of that name, dataclasses are made as they always are."""


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
            made = compile_now(name, *text, **names)
            _put_in_its_place(type(self), late, made)
        return made(self, *given, **named)

    late.__name__ = name
    return late


def _put_in_its_place(kind: type, late: object, made: Any) -> None:
    for owner in kind.__mro__:
        if vars(owner).get(made.__name__) is late:
            made.__qualname__ = f"{owner.__qualname__}.{made.__name__}"
            setattr(owner, made.__name__, made)
