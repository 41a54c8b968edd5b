"""A start that does not pay for painters, garbage, httpx and functions nobody calls leaves nothing behind."""

from __future__ import annotations

import dataclasses
import gc
import importlib
import ssl
import subprocess
import sys
from dataclasses import dataclass, field

import pytest

from bot.start.late_functions import COMPILE, late_functions
from bot.start.light_imports import LEFT_OUT, light_imports


def test_everything_is_as_before_even_after_an_import_that_failed() -> None:
    before = getattr(dataclasses, COMPILE), ssl.SSLContext.set_default_verify_paths
    with pytest.raises(ModuleNotFoundError), light_imports():
        importlib.import_module("a_module_that_nobody_has")
    gc.unfreeze()
    assert gc.isenabled()
    assert (getattr(dataclasses, COMPILE), ssl.SSLContext.set_default_verify_paths) == before


def test_the_house_is_imported_without_painters_and_the_words_of_databases_which_can_be_had_afterwards() -> None:
    code = f"""
from bot.start.light_imports import light_imports
with light_imports():
    import bot.app
import sys
assert not {{*{LEFT_OUT}, "sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.sqlite"}} & set(sys.modules)
import rich.text
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_telegram_is_imported_without_httpx_and_its_authorities_are_there() -> None:
    code = """
from bot.start.light_imports import light_imports
with light_imports():
    import bot.platforms.telegram
import aiohttp.connector, sys
assert "httpx" not in sys.modules
assert aiohttp.connector._SSL_CONTEXT_VERIFIED.cert_store_stats()["x509_ca"] == len(
    __import__("ssl").create_default_context().get_ca_certs())
"""
    subprocess.run([sys.executable, "-c", code], check=True)


with late_functions():

    @dataclass(frozen=True, slots=True, order=True)
    class Late:
        name: str
        number: int = 7
        words: tuple[str, ...] = field(default=(), repr=False)


def test_a_dataclass_whose_functions_are_late_is_a_dataclass() -> None:
    one, other = Late("Lan"), Late(name="Lan", number=7)
    assert one == other
    assert hash(one) == hash(other)
    assert repr(one) == "Late(name='Lan', number=7)"
    assert one < Late("Minh")
    assert dataclasses.replace(one, number=8) == Late("Lan", 8)
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.number = 9  # type: ignore[misc]  # that is the point
    with pytest.raises(TypeError, match="'name'"):
        Late()  # type: ignore[call-arg]  # that is the point


def test_what_was_called_once_is_the_compiled_function_itself() -> None:
    Late("Hoa")
    assert Late.__init__.__code__.co_varnames == ("self", "name", "number", "words")
    assert Late.__init__.__qualname__ == "Late.__init__"


def test_a_frozen_dataclass_is_filled_slot_by_slot() -> None:
    Late("Hoa")
    assert "__setattr__" not in Late.__init__.__code__.co_names
    assert Late("Hoa", words=("a",)).words == ("a",)
