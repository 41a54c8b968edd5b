"""The environment, read once into frozen Settings. Every mistake gets its own sentence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Role = Literal["receive", "deliver", "tick", "web"]
ALL_ROLES: tuple[Role, ...] = ("receive", "deliver", "tick", "web")


def _split(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _shaped(pattern: str) -> AfterValidator:
    """A secret of this shape; pydantic's own `pattern` cannot look into a SecretStr."""

    def look(secret: SecretStr) -> SecretStr:
        if re.fullmatch(pattern, secret.get_secret_value()) is None:
            raise ValueError("not of the shape")
        return secret

    return AfterValidator(look)


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
    webhook_url: str | None = Field(default=None, pattern=r"^https?://")
    webhook_secret: Annotated[SecretStr, _shaped(r"[A-Za-z0-9_-]{8,256}")] | None = None


class Web(BaseModel):
    """`TRUCBAN_WEB__…`: health, metrics and webhooks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)


class Settings(BaseSettings):
    """`TRUCBAN_…` in the environment or in `.env`."""

    model_config = SettingsConfigDict(
        env_prefix="TRUCBAN_", env_nested_delimiter="__", env_file=".env", frozen=True, extra="ignore"
    )

    database_url: str = Field(
        default="sqlite:///data/trucban.sqlite3", pattern=r"^(sqlite:///.+|postgresql(\+psycopg)?://.+)$"
    )
    roles: Annotated[tuple[Role, ...], NoDecode, BeforeValidator(_split)] = ALL_ROLES
    telegram: Telegram = Telegram()
    zalo: Zalo = Zalo()
    web: Web = Web()
    clock_url: AnyHttpUrl | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    trial_port: int = Field(default=8081, ge=0, le=65535)
    data_folder: Path = Path("data")

    @property
    def sqlalchemy_url(self) -> str:
        if "database_url" not in self.model_fields_set:
            return f"sqlite:///{self.data_folder}/trucban.sqlite3"
        return re.sub(r"^postgresql://", "postgresql+psycopg://", self.database_url)

    @property
    def has_platform(self) -> bool:
        return self.telegram.token is not None or self.zalo.token is not None


class SettingsError(Exception):
    """The environment cannot be used; `sentences` says what to mend, one sentence a mistake."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


HINTS = {
    "database_url": "cần dạng sqlite:///đường/dẫn hoặc postgresql://người:mật_khẩu@máy/tên",
    "roles": "cần một hay nhiều từ receive, deliver, tick, web, cách nhau bằng dấu phẩy",
    "telegram.token": "cần đúng mã do BotFather cấp, dạng 123456:ABC…",
    "telegram.base_url": "cần địa chỉ bắt đầu bằng http:// hoặc https://",
    "telegram.proxy": "cần dạng http://máy:cổng",
    "telegram.webhook_url": "cần địa chỉ https:// mà Telegram gọi tới được",
    "telegram.webhook_secret": "chỉ gồm chữ không dấu, số, gạch dưới, gạch nối; 1 đến 256 ký tự",
    "zalo.token": "cần đúng mã do Zalo Bot Creator gửi, dạng 123456:ABC…",
    "zalo.base_url": "cần địa chỉ bắt đầu bằng http:// hoặc https://",
    "zalo.webhook_url": "cần địa chỉ https:// mà Zalo gọi tới được",
    "zalo.webhook_secret": "chỉ gồm chữ không dấu, số, gạch dưới, gạch nối; 8 đến 256 ký tự",
    "web.port": "cần một số từ 0 đến 65535",
    "trial_port": "cần một số từ 0 đến 65535",
    "clock_url": "cần địa chỉ bắt đầu bằng http://",
    "log_level": "cần một trong debug, info, warning, error",
}


def read_settings() -> Settings:
    """The settings, or SettingsError with a sentence for each mistake. Values are never repeated: one may be a secret."""
    try:
        settings = Settings()
    except ValidationError as error:
        sentences = (_sentence(problem["loc"]) for problem in error.errors())
        raise SettingsError(list(dict.fromkeys(sentences))) from None
    return settings


def _sentence(place: tuple[int | str, ...]) -> str:
    names = [str(part) for part in place if not str(part).isdigit()]
    variable = "TRUCBAN_" + "__".join(names).upper()
    hint = HINTS.get(".".join(names), "không đúng dạng; xem docs/operations.md")
    return f"Thiết lập {variable} chưa dùng được: {hint}."
