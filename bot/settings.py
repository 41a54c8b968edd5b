"""The environment, read once into frozen Settings. Every mistake gets its own sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AnyHttpUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.platform_settings import Email, Sms, Telegram, Zalo, ZaloOa
from bot.unknown_settings import say_unknown
from storage.driver.addresses import in_sqlalchemys_words

Role = Literal["receive", "deliver", "tick", "web"]
ALL_ROLES: tuple[Role, ...] = ("receive", "deliver", "tick", "web")


def _split(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


class Web(BaseModel):
    """`TRUCBAN_WEB__…`: health, metrics and webhooks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)


class Backup(BaseModel):
    """`TRUCBAN_BACKUP__…`: every night into the folder, when one is given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: Path | None = None
    keep: int = Field(default=14, ge=1, le=3650)


class Guard(BaseModel):
    """`TRUCBAN_GUARD__…`: from when on the administrator hears of a trouble; 0 switches that look off."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    silent_minutes: int = Field(default=90, ge=0)
    away_minutes: int = Field(default=3, ge=0)
    stuck_minutes: int = Field(default=5, ge=0)
    parked: int = Field(default=5, ge=0)
    refused: int = Field(default=5, ge=0)
    disk_free_mb: int = Field(default=500, ge=0)


class Settings(BaseSettings):
    """`TRUCBAN_…` in the environment or in `.env`."""

    model_config = SettingsConfigDict(
        env_prefix="TRUCBAN_",
        env_nested_delimiter="__",
        env_file=".env",
        frozen=True,
        extra="ignore",
        env_file_encoding="utf-8-sig",  # Notepad puts a mark before the first name
    )

    database_url: str = Field(
        default="sqlite:///data/trucban.sqlite3", pattern=r"^(sqlite:///.+|postgresql(\+psycopg)?://.+)$"
    )
    roles: Annotated[tuple[Role, ...], NoDecode, BeforeValidator(_split)] = ALL_ROLES
    telegram: Telegram = Telegram()
    zalo: Zalo = Zalo()
    zalo_oa: ZaloOa = ZaloOa()
    email: Email = Email()
    sms: Sms = Sms()
    web: Web = Web()
    backup: Backup = Backup()
    guard: Guard = Guard()
    clock_url: AnyHttpUrl | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    trial_port: int = Field(default=8081, ge=0, le=65535)
    data_folder: Path = Path("data")

    @property
    def sqlalchemy_url(self) -> str:
        if "database_url" not in self.model_fields_set:
            return f"sqlite:///{self.data_folder}/trucban.sqlite3"
        return in_sqlalchemys_words(self.database_url)

    @property
    def clock_address(self) -> str | None:
        """Without the stroke that stands behind a bare host."""
        return None if self.clock_url is None else str(self.clock_url).rstrip("/")

    @property
    def has_platform(self) -> bool:
        return any((self.telegram.token, self.zalo.token, self.zalo_oa.app_id))


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
    "zalo.bot_link": "cần đường dẫn https://… của bot, lấy trong Zalo Bot Creator",
    "zalo.webhook_url": "cần địa chỉ https:// mà Zalo gọi tới được",
    "zalo.public_url": "cần địa chỉ https:// mà từ ngoài gọi tới được máy chủ này",
    "zalo.plan_messages": "cần một số nguyên dương: số tin mỗi tháng của gói đang dùng",
    "zalo.plan_users": "cần một số nguyên dương: số người dùng của gói đang dùng",
    "zalo.plan_groups": "cần một số nguyên: số nhóm của gói đang dùng",
    "zalo.plan_counts_received": "cần true hoặc false",
    "zalo.webhook_secret": "chỉ gồm chữ không dấu, số, gạch dưới, gạch nối; 8 đến 256 ký tự",
    "zalo_oa.app_id": "cần mã ứng dụng (App ID), chỉ gồm chữ số",
    "zalo_oa.app_secret": "cần khóa bí mật của ứng dụng (App Secret Key)",
    "zalo_oa.refresh_token": "cần refresh token mà Zalo cấp khi quản trị OA đồng ý",
    "zalo_oa.webhook_url": "cần địa chỉ https:// mà Zalo gọi tới được",
    "zalo_oa.webhook_key": "cần OA Secret Key ở trang Webhook của ứng dụng",
    "zalo_oa.redirect_url": "cần địa chỉ https:// đã khai với Zalo, không có dấu ?",
    "zalo_oa.base_url": "cần địa chỉ bắt đầu bằng http:// hoặc https://",
    "zalo_oa.oauth_url": "cần địa chỉ bắt đầu bằng http:// hoặc https://",
    "email.host": "cần tên máy chủ gửi thư, không có http:// hay dấu cách",
    "email.port": "cần một số từ 1 đến 65535; bỏ trống là cổng thường dùng",
    "email.security": "cần một trong starttls, tls, none",
    "email.username": "cần tên đăng nhập máy chủ thư",
    "email.password": "cần mật khẩu máy chủ thư",
    "email.sender": "cần địa chỉ thư đứng tên gửi, dạng trucban@coquan.gov.vn",
    "email.sender_name": "cần một tên ngắn trên một dòng",
    "email.ca_file": "cần đường dẫn tới tệp chứng chỉ có thật",
    "sms.url": "cần địa chỉ bắt đầu bằng http:// hoặc https://",
    "sms.method": "cần một trong POST, GET, PUT",
    "sms.encoding": "cần một trong json, form, query",
    "sms.fields": 'cần JSON có {phone} và {text}, ví dụ {"to":"{phone}","text":"{text}"}',
    "sms.header": "cần tên một header HTTP",
    "sms.authorization": "cần nội dung header, ví dụ: Bearer mã; không có dấu",
    "sms.secret": "cần khóa bí mật điền vào chỗ {secret}",
    "sms.sender": "cần tên thương hiệu (brandname) điền vào chỗ {sender}",
    "sms.country_prefix": "cần một trong 0, 84, +84",
    "sms.success": "cần dạng trường=giá trị, ví dụ CodeResult=100",
    "sms.busy": "cần dạng trường=giá trị,giá trị",
    "sms.id_field": "cần tên trường trong câu trả lời của cổng",
    "sms.keeps_diacritics": "cần true hoặc false",
    "sms.parts": "cần một số từ 1 đến 10",
    "guard.silent_minutes": "cần một số từ 0 trở lên",
    "guard.away_minutes": "cần một số từ 0 trở lên",
    "guard.stuck_minutes": "cần một số từ 0 trở lên",
    "guard.parked": "cần một số từ 0 trở lên",
    "guard.refused": "cần một số từ 0 trở lên",
    "guard.disk_free_mb": "cần một số từ 0 trở lên",
    "web.port": "cần một số từ 0 đến 65535",
    "backup.keep": "cần một số từ 1 đến 3650",
    "trial_port": "cần một số từ 0 đến 65535",
    "clock_url": "cần địa chỉ bắt đầu bằng http://",
    "log_level": "cần một trong debug, info, warning, error",
}


UNREADABLE = (
    "Không đọc được tệp .env. Xin kiểm tra người chạy lệnh có quyền đọc tệp không, và lưu tệp dạng văn bản UTF-8."
)


def read_settings() -> Settings:
    """The settings, or SettingsError with a sentence for each mistake. Values are never repeated: one may be a secret."""
    try:
        unknown = say_unknown(Settings)
        settings = Settings()
    except ValidationError as error:
        wrong = [_sentence(problem["loc"]) for problem in error.errors() if problem["type"] != "extra_forbidden"]
        raise SettingsError(unknown + list(dict.fromkeys(wrong))) from None
    except (OSError, UnicodeDecodeError):
        raise SettingsError([UNREADABLE]) from None
    if unknown:
        raise SettingsError(unknown)
    return settings


def _sentence(place: tuple[int | str, ...]) -> str:
    names = [str(part) for part in place if not str(part).isdigit()]
    variable = "TRUCBAN_" + "__".join(names).upper()
    hint = HINTS.get(".".join(names), "không đúng dạng; xem docs/operations.md")
    return f"Thiết lập {variable} chưa dùng được: {hint}."
