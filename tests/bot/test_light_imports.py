"""A start that does not pay for painters and garbage leaves nothing behind."""

from __future__ import annotations

import gc
import importlib
import subprocess
import sys

import pytest

from bot.light_imports import PAINTERS, light_imports


def test_garbage_is_looked_for_again_even_after_an_import_that_failed() -> None:
    with pytest.raises(ModuleNotFoundError), light_imports():
        importlib.import_module("a_module_that_nobody_has")
    gc.unfreeze()
    assert gc.isenabled()


def test_the_house_is_imported_without_painters_who_can_be_had_afterwards() -> None:
    code = f"""
from bot.light_imports import light_imports
with light_imports():
    import bot.app
import sys
assert not set({PAINTERS}) & set(sys.modules)
import rich.text
"""
    subprocess.run([sys.executable, "-c", code], check=True)
