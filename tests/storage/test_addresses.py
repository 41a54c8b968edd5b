"""A database URL names one server or several, as PostgreSQL's own tools take it."""

from __future__ import annotations

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import make_url

from storage.driver.addresses import in_sqlalchemys_words, patience_beside

DIALECT = postgresql.dialect()


@pytest.mark.parametrize(
    ("given", "host", "port"),
    [
        ("postgresql://lan:m%40t@one:5432,two:5433/trucban", "one,two", "5432,5433"),
        ("postgresql://lan:m%40t@10.0.0.1,10.0.0.2/trucban?sslmode=require", "10.0.0.1,10.0.0.2", ","),
        ("postgresql+psycopg://lan:m%40t@one:5432,two:5432,three:5432/trucban", "one,two,three", "5432,5432,5432"),
    ],
)
def test_of_several_hosts_the_one_that_takes_writes_is_wanted(given: str, host: str, port: str) -> None:
    _, arguments = DIALECT.create_connect_args(make_url(in_sqlalchemys_words(given)))
    assert arguments["target_session_attrs"] == "read-write"
    assert (arguments["host"], arguments["port"]) == (host, port)
    assert (arguments["user"], arguments["password"], arguments["dbname"]) == ("lan", "m@t", "trucban")


def test_a_url_that_asks_for_another_kind_of_server_or_patience_gets_it() -> None:
    url = make_url(in_sqlalchemys_words("postgresql://one,two/n?target_session_attrs=any&connect_timeout=2"))
    assert url.query["target_session_attrs"] == "any"
    assert "connect_timeout" not in patience_beside(dict(url.query))


def test_one_host_stays_as_it_was() -> None:
    assert in_sqlalchemys_words("postgresql://lan@host/n?a=1,2") == "postgresql+psycopg://lan@host/n?a=1,2"
    assert in_sqlalchemys_words("sqlite:///data/a,b.sqlite3") == "sqlite:///data/a,b.sqlite3"
