"""Logs: one JSON line an event; no token, no words of people, no traceback that could carry them."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
from collections.abc import Iterator

import pytest
import structlog

from bot import logs

TOKEN = "123456789:AAE-x_very_Secret-part"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def spoken(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_an_event_is_one_json_line_with_its_values(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("info")
    structlog.get_logger().info("started", platform="telegram", people=3)
    [line] = spoken(capsys)
    assert (line["event"], line["platform"], line["people"], line["level"]) == ("started", "telegram", 3, "info")
    assert str(line["timestamp"]).endswith("Z")


def test_a_token_is_hidden_wherever_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("info")
    structlog.get_logger().warning(f"call of /bot{TOKEN}/getMe", detail=f"https://a/bot{TOKEN}/x", token=TOKEN)
    assert TOKEN.split(":")[1] not in capsys.readouterr().err


def test_what_is_below_the_level_is_not_said(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("info")
    structlog.get_logger().debug("chatty")
    assert spoken(capsys) == []


def test_a_log_on_a_full_disk_or_that_nobody_reads_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    for out in (os.fdopen(os.open("/dev/full", os.O_WRONLY), "w"), os.fdopen(writing, "w")):
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", out)
            logs.set_up("info")
            for _ in range(2_000):
                structlog.get_logger().info("started", words="x" * 100)
            logging.getLogger("a.library").error("trouble")
        with contextlib.suppress(OSError):
            out.close()


def test_where_tells_places_and_never_words() -> None:
    def misread(text: str) -> None:
        raise ValueError(f"cannot read {text}")

    try:
        misread("tôi sốt 39 độ")
    except ValueError as error:
        place = logs.where(error)
    assert place.startswith("misread:")
    assert "sốt" not in place


def test_libraries_speak_only_of_trouble_and_without_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = root.handlers[:]
    root.handlers.clear()
    try:
        logs.set_up("info")
        library = logging.getLogger("some.library")
        library.info("a request with %s", TOKEN)
        library.warning("a request with %s", TOKEN)
    finally:
        root.handlers[:] = before
    assert capsys.readouterr().err == "some.library WARNING\n"
