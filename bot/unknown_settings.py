"""Names in the environment or in `.env` that begin like ours and are none: a slip there would pass in silence."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel
from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource

PREFIX = "trucban_"
READ_ELSEWHERE = {"database_password", "any_token", "chromium", "postgres_bin", "without_postgres"}
"""By compose.yaml and by the tests."""


def say_unknown(model: type[BaseSettings]) -> list[str]:
    """A sentence for each name that nobody reads, with the one that was probably meant. Values are not looked at."""
    known = {*_names(model), *READ_ELSEWHERE}
    written = EnvSettingsSource(model).env_vars.keys() | DotEnvSettingsSource(model).env_vars.keys()
    ours = sorted(name.removeprefix(PREFIX) for name in (name.lower() for name in written) if name.startswith(PREFIX))
    return [_sentence(name, known) for name in ours if name not in known]


def _names(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield name
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from (f"{name}__{inner}" for inner in _names(kind))


def _sentence(name: str, known: set[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1, cutoff=0.8)
    meant = f"; có lẽ là {PREFIX.upper()}{close[0].upper()}" if close else ""
    return f"Không có thiết lập {PREFIX.upper()}{name.upper()}{meant}. Xin sửa tên; danh sách ở docs/operations.md."
