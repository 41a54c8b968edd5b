"""Importing the house costs most of a start: here it is done without what a start does not ask for.

Nobody looks for garbage meanwhile, nothing paints, the library's own way to Telegram stays at home, dataclasses compile
what they do when they first do it, and authorities of certificates are read beside.
"""

from __future__ import annotations

import gc
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import cast

from bot.start.late_functions import late_functions

PAINTERS = ("rich", "pygments")
"""structlog and httpx import them where they stand, for coloured output; our logs are lines of JSON. A tenth of a start."""

LEFT_OUT = (*PAINTERS, "greenlet", "frozenlist._frozenlist")
"""Also what brings the library of C++ with it (1.5 MB): structlog only asks whether there is a greenlet, and aiohttp's
lists of who wants to hear of a request do without their quick form: they are empty."""

TRANSPORT = "telegram.request._httpxrequest"
"""python-telegram-bot's own way to Telegram imports httpx; ours goes by aiohttp. The class is only asked for by name."""

READ = "set_default_verify_paths"


@contextmanager
def light_imports() -> Iterator[None]:
    """What is imported within stays for good, so nobody need look whether it is garbage, then or later."""
    with ExitStack() as undo:
        gc.disable()
        undo.callback(gc.enable)
        undo.callback(gc.freeze)
        undo.enter_context(_without_company())
        undo.enter_context(_without_httpx())
        undo.enter_context(late_functions())
        undo.enter_context(_authorities_read_beside())
        yield


@contextmanager
def _without_company() -> Iterator[None]:
    hidden = [name for name in LEFT_OUT if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = cast("ModuleType", None)  # the documented way to have an import fail
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


@contextmanager
def _without_httpx() -> Iterator[None]:
    if TRANSPORT in sys.modules:
        yield
        return
    stand_in = ModuleType(TRANSPORT, "Stands where the library's own transport would: nobody makes one.")
    vars(stand_in)["HTTPXRequest"] = type("HTTPXRequest", (), {"__module__": TRANSPORT})
    sys.modules[TRANSPORT] = stand_in
    try:
        yield
    finally:
        del sys.modules[TRANSPORT]


@contextmanager
def _authorities_read_beside() -> Iterator[None]:
    """aiohttp reads the authorities of certificates while it is imported, and OpenSSL can do so while Python goes on.
    They are there when this ends: nothing connects before. (It reads them once more for who trusts anybody: there they are left out.)"""
    readers: list[threading.Thread] = []
    read = getattr(ssl.SSLContext, READ)

    def read_beside(context: ssl.SSLContext) -> None:
        if context.verify_mode is ssl.CERT_NONE:
            return
        readers.append(threading.Thread(target=read, args=(context,), name="authorities"))
        readers[-1].start()

    setattr(ssl.SSLContext, READ, read_beside)
    try:
        import aiohttp  # noqa: F401 - that is what it is for
    finally:
        delattr(ssl.SSLContext, READ)
    try:
        yield
    finally:
        for reader in readers:
            reader.join()
