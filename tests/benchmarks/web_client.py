"""Posts to a webhook over kept connections as fast as it answers, and measures: a client that costs next to nothing."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    per_second: float
    median: float
    worst_of_hundred: float
    how_many: int


async def post_for(duration: float, port: int, headers: str, streams: list[Iterator[bytes]]) -> Measured:
    """A connection for each stream of bodies, each posting one after the other for `duration` seconds."""
    end = time.perf_counter() + duration
    began = time.perf_counter()
    taken = await asyncio.gather(*(_post_until(end, port, headers, stream) for stream in streams))
    elapsed = time.perf_counter() - began
    times = sorted(one for connection in taken for one in connection)
    return Measured(len(times) / elapsed, statistics.median(times), times[int(len(times) * 0.99)], len(times))


async def _post_until(end: float, port: int, headers: str, bodies: Iterator[bytes]) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = []
    try:
        while time.perf_counter() < end:
            times.append(await post(reader, writer, headers, next(bodies)))
    finally:
        writer.close()
    return times


async def post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, headers: str, body: bytes) -> float:
    """Post this, and read the answer; returns the seconds it took."""
    began = time.perf_counter()
    writer.write(f"POST /telegram HTTP/1.1\r\nHost: x\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode())
    writer.write(body)
    await _read_ok(reader)
    return time.perf_counter() - began


async def _read_ok(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 200 " not in head[:16]:
        raise RuntimeError(head[:40].decode())
    lowered = head.lower()
    length = int(lowered.split(b"content-length:")[1].split(b"\r\n")[0]) if b"content-length:" in lowered else 0
    await reader.readexactly(length)
