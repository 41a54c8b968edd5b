"""Gathers a folder of siblings: every module of the package that has the family's constant."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import Any


def gather(package: ModuleType, constant: str) -> list[Any]:
    """`constant` of every module in `package`, in the order of the files' names. A file without it is a mistake."""
    names = [module.name for module in pkgutil.iter_modules(package.__path__)]
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in sorted(names)]
    return [getattr(module, constant) for module in modules]
