"""The next revision, written from the tables as they are meant to be now: `python -m storage.migrations "What the next version keeps"`."""

from __future__ import annotations

import sys

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from storage.schema import HEAD, MIGRATIONS


def write_revision(message: str) -> None:
    """A file in `versions/` with what differs from HEAD; HEAD itself (in `storage/schema.py`) is raised by hand."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with create_engine("sqlite://").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)
        command.revision(config, message, autogenerate=True, rev_id=f"{int(HEAD) + 1:04}")


if __name__ == "__main__":
    write_revision(" ".join(sys.argv[1:]) or "What the next version keeps")
