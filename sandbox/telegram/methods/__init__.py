"""The methods of the Bot API: each file brings some, this one gathers them all."""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from sandbox.telegram.call import Call

Method = Callable[[Call], Any]


def gather() -> dict[str, Method]:
    """By their proper names; the server takes them in any case."""
    methods: dict[str, Method] = {}
    for module in iter_modules(__path__):
        family: dict[str, Method] = import_module(f"{__name__}.{module.name}").METHODS
        methods |= family
    return methods
