"""Bodies that nobody would think of: true events with parts of them exchanged, cut, repeated, recoded or blown up.

A few hundred in the suite; `pytest tests/faults/test_any_body.py --hypothesis-profile=tireless` makes a hundred thousand for each platform.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from storage.database import Database
from tests.bot.platforms.listening import House
from tests.bot.platforms.zalo_oa.stage import right_now
from tests.faults.test_webhook_bodies import Opened, telegram, zalo, zalo_oa
from web.server import Health, serve

TOGETHER = 40  # bodies to one open webhook
CODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1", "cp1258", "shift_jis", "utf-7")
LARGE = 2_000_000
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.sampled_from(("\u0000", "\u202e12", "9" * 400, "x" * 100_000, -(2**63), 2**64, 1e308, "", "null")),
)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)
Change = Callable[[bytes], bytes]


def _with_part(path: int, value: Any) -> Change:
    """One of the event's parts, counted through, becomes that value."""

    def change(body: bytes) -> bytes:
        event = json.loads(body)
        places = list(_places(event))
        holder, key = places[path % len(places)]
        holder[key] = value
        return json.dumps(event, ensure_ascii=False).encode(errors="surrogatepass")

    return change


def _places(part: Any) -> Sequence[tuple[Any, Any]]:
    keys = list(part) if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ()
    return [place for key in keys for place in ((part, key), *_places(part[key]))]


def _cut(share: float) -> Change:
    return lambda body: body[: int(len(body) * share)]


def _flip(place: float, byte: int) -> Change:
    return lambda body: body[: int(len(body) * place)] + bytes([byte]) + body[int(len(body) * place) + 1 :]


def _recoded(coding: str) -> Change:
    return lambda body: body.decode(errors="replace").encode(coding, errors="replace")


def _blown_up(size: int) -> Change:
    return lambda body: body[:-1] + b', "x": "' + b"y" * size + b'"}'


def _twice(_count: int) -> Change:
    return lambda body: body + body


changes = st.one_of(
    st.builds(_with_part, st.integers(0, 60), values),
    st.builds(_with_part, st.integers(0, 60), values),
    st.builds(_cut, st.floats(0, 1)),
    st.builds(_flip, st.floats(0, 1), st.integers(0, 255)),
    st.builds(_recoded, st.sampled_from(CODINGS)),
    st.builds(_blown_up, st.sampled_from((1, 1_000, 100_000, LARGE))),
    st.builds(_twice, st.just(2)),
    st.binary(max_size=200).map(lambda noise: lambda _body: noise),
)


@pytest.mark.parametrize("opened", [telegram, zalo, zalo_oa])
@settings(max_examples=max(2, settings.default.max_examples // TOGETHER), phases=(Phase.generate,))
@given(made=st.lists(changes, min_size=TOGETHER // 2, max_size=TOGETHER + TOGETHER // 2))
async def test_any_body_is_taken_or_refused_and_the_next_event_heard(
    opened: Callable[[], AbstractAsyncContextManager[Opened]], empty_sqlite: Path, made: list[Change]
) -> None:
    house, database = House(), Database(f"sqlite:///{empty_sqlite}")
    async with AsyncExitStack() as undo:
        undo.callback(database.close)
        platform, path, good, shown = await undo.enter_async_context(opened())
        undo.push_async_callback(platform.close)
        await platform.start()
        health = Health(database, right_now)
        runner, port = await serve(platform.routes(house.receive), health, host="127.0.0.1", port=0)
        undo.push_async_callback(runner.cleanup)
        http = await undo.enter_async_context(aiohttp.ClientSession(f"http://127.0.0.1:{port}"))
        for change in made:
            body = change(good)
            async with http.post(path, data=BytesIO(body), headers=shown(body)) as answer:
                assert answer.status in {200, 400, 403, 413}, body[:300]
        heard = len(house.messages)
        async with http.post(path, data=BytesIO(good), headers=shown(good)) as answer:
            assert answer.status == 200
        assert len(house.messages) == heard + 1
