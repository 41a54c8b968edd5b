"""Where a PostgreSQL is: one server, or several of which one takes writes; and how long it is waited for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

SEVERAL_HOSTS = re.compile(
    r"postgresql(?:\+psycopg)?://(?P<who>[^/?]*@)?(?P<hosts>[^@/?]*,[^@/?]*)/(?P<name>[^?]*)(?:\?(?P<query>.*))?"
)
PATIENCE = {
    "connect_timeout": 5,  # seconds for each host
    "tcp_user_timeout": 10_000,  # milliseconds until what was sent must be confirmed
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
}
"""A server whose machine is gone says nothing: without these it would be waited for by the quarter of an hour."""


def in_sqlalchemys_words(url: str) -> str:
    """A URL as PostgreSQL's own tools take it, with one host or several: `postgresql://user:word@one:5432,two/name`.

    Of several it is the one that takes writes, unless the URL asks for another (`target_session_attrs`).
    """
    found = SEVERAL_HOSTS.fullmatch(url)
    if found is None:
        return re.sub(r"^postgresql://", "postgresql+psycopg://", url)
    query = dict(parse_qsl(found["query"] or ""))
    query.setdefault("target_session_attrs", "read-write")
    hosts = [("host", host) for host in found["hosts"].split(",")]
    return f"postgresql+psycopg://{found['who'] or ''}/{found['name']}?{urlencode([*hosts, *query.items()], safe=':/')}"


def patience_beside(asked: Mapping[str, Any]) -> dict[str, Any]:
    """`PATIENCE`, but for what the URL itself asks for."""
    return {name: value for name, value in PATIENCE.items() if name not in asked}
