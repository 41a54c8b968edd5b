"""The settings of the ways in and out: a group for each messenger, for letters and for short messages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import NoDecode


def _shaped(pattern: str) -> AfterValidator:
    """A secret of this shape; pydantic's own `pattern` cannot look into a SecretStr."""

    def look(secret: SecretStr) -> SecretStr:
        if re.fullmatch(pattern, secret.get_secret_value()) is None:
            raise ValueError("not of the shape")
        return secret

    return AfterValidator(look)


def _is_there_with(other: str) -> Callable[[Any, ValidationInfo], Any]:
    """For what must be given as soon as `other` (named before it) is."""

    def look(value: Any, info: ValidationInfo) -> Any:
        if value is None and info.data.get(other) is not None:
            raise ValueError("needed")
        return value

    return look


def _parsed(value: object) -> object:
    return json.loads(value) if isinstance(value, str) else value


def _with_places(fields: dict[str, object]) -> dict[str, object]:
    """A template that names nobody, or says nothing, is a mistake."""
    if not {"{phone}", "{text}"} <= set(re.findall(r"\{\w+\}", str(fields))):
        raise ValueError("no place for the number or the text")
    return fields


_TEST = r"^([\w.-]+=.+)?$"


class Telegram(BaseModel):
    """`TRUCBAN_TELEGRAM__…`: on when a token is given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token: Annotated[SecretStr, _shaped(r"\d+:[\w-]+")] | None = None
    base_url: str = Field(default="https://api.telegram.org", pattern=r"^https?://")
    proxy: str | None = Field(default=None, pattern=r"^https?://")
    webhook_url: str | None = Field(default=None, pattern=r"^https?://")
    webhook_secret: Annotated[SecretStr, _shaped(r"[A-Za-z0-9_-]{1,256}")] | None = None


class Zalo(BaseModel):
    """`TRUCBAN_ZALO__…`: the Bot Platform, on when a token is given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token: Annotated[SecretStr, _shaped(r"\d+:[\w-]+")] | None = None
    base_url: str = Field(default="https://bot-api.zaloplatforms.com", pattern=r"^https?://")
    bot_name: str = ""
    bot_link: str | None = Field(default=None, pattern=r"^https://\S+$")
    webhook_url: str | None = Field(default=None, pattern=r"^https?://")
    webhook_secret: Annotated[SecretStr, _shaped(r"[A-Za-z0-9_-]{8,256}")] | None = None
    public_url: str | None = Field(default=None, pattern=r"^https?://[^/]")
    plan_messages: int = Field(default=3_000, ge=1)
    plan_users: int = Field(default=50, ge=1)
    plan_groups: int = Field(default=3, ge=0)
    plan_counts_received: bool = False


class ZaloOa(BaseModel):
    """`TRUCBAN_ZALO_OA__…`: the Official Account, on when the id of its app is given; then the app's secret must be, too."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    app_id: str | None = Field(default=None, pattern=r"^\d{5,30}$")
    app_secret: Annotated[SecretStr | None, AfterValidator(_is_there_with("app_id"))] = Field(
        default=None, validate_default=True
    )
    refresh_token: SecretStr | None = None
    webhook_url: str | None = Field(default=None, pattern=r"^https?://")
    webhook_key: SecretStr | None = None
    redirect_url: str | None = Field(default=None, pattern=r"^https?://[^?#]+$")
    base_url: str = Field(default="https://openapi.zalo.me", pattern=r"^https?://")
    oauth_url: str = Field(default="https://oauth.zaloapp.com", pattern=r"^https?://")


class Email(BaseModel):
    """`TRUCBAN_EMAIL__…`: on when a host is given; then a sender must be, too."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str | None = Field(default=None, pattern=r"^[\w.:-]+$")
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = None
    password: SecretStr | None = None
    sender: Annotated[str | None, AfterValidator(_is_there_with("host"))] = Field(
        default=None, pattern=r"^[\x21-\x7e]+@[\w.-]+$", validate_default=True
    )
    sender_name: str = Field(default="Trực Ban", pattern=r"^[^\r\n]{1,80}$")
    ca_file: Path | None = None

    @field_validator("ca_file", mode="after")
    @classmethod
    def _can_be_read(cls, file: Path | None) -> Path | None:
        if file is not None and not file.is_file():
            raise ValueError("no such file")
        return file


class Sms(BaseModel):
    """`TRUCBAN_SMS__…`: on when an address is given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str | None = Field(default=None, pattern=r"^https?://")
    method: Literal["POST", "GET", "PUT"] = "POST"
    encoding: Literal["json", "form", "query"] = "json"
    fields: Annotated[dict[str, object], NoDecode, BeforeValidator(_parsed), AfterValidator(_with_places)] = {
        "to": "{phone}",
        "text": "{text}",
    }
    header: str = Field(default="Authorization", pattern=r"^[A-Za-z0-9-]+$")
    authorization: Annotated[SecretStr, _shaped(r"[\x20-\x7e]+")] | None = None
    secret: SecretStr | None = None
    sender: str = ""
    country_prefix: Literal["0", "84", "+84"] = "0"
    success: str = Field(default="", pattern=_TEST)
    busy: str = Field(default="", pattern=_TEST)
    id_field: str = ""
    keeps_diacritics: bool = False
    parts: int = Field(default=3, ge=1, le=10)
