"""Why the house cannot open, in a sentence for whoever stands at the shell: the same words, whatever command tried."""

from __future__ import annotations

import errno
import sys

from bot.settings import Settings
from storage.database import DatabaseAwayError
from storage.leadership import DatabaseTakenError
from storage.schema import NewerDatabaseError, UnfitDatabaseError

AWAY = (
    "Không mở được cơ sở dữ liệu. Xin kiểm tra TRUCBAN_DATABASE_URL và máy chủ. Nếu là PostgreSQL: máy chủ đang chạy chưa, "
    "tên và mật khẩu đúng chưa. Nếu là SQLite: người chạy lệnh này có quyền ghi tệp đó và thư mục chứa nó không, đĩa còn chỗ không."
)
TAKEN = "Cơ sở dữ liệu này đang được một Trực Ban khác dùng. Xin tắt bản đang chạy trước."
NEWER = (
    "Cơ sở dữ liệu này do một phiên bản Trực Ban mới hơn tạo; chưa có gì thay đổi. "
    "Xin cài lại phiên bản mới đó, hoặc phục hồi bản sao lưu trước khi nâng cấp vào một cơ sở dữ liệu trống."
)
CANNOT_OPEN = (DatabaseAwayError, DatabaseTakenError, UnfitDatabaseError)
"""What opening a database may raise."""


class CannotStartError(Exception):
    """The house cannot open; the text is a sentence for the person at the shell."""


def why_not_open(error: Exception) -> str:
    """For one of `CANNOT_OPEN`."""
    if isinstance(error, DatabaseAwayError):
        return AWAY
    if isinstance(error, DatabaseTakenError):
        return TAKEN
    if isinstance(error, NewerDatabaseError):
        return NEWER
    return (
        f"Cơ sở dữ liệu PostgreSQL đang dùng bảng mã {error}, không giữ được tiếng Việt. "
        "Xin tạo lại: createdb --encoding=UTF8 --template=template0."
    )


def complain_of_database(error: Exception) -> int:
    """Say it; the exit code that means so for every command."""
    sys.stderr.write(f"{why_not_open(error)}\n")
    return 2


def why_not_start(error: Exception, settings: Settings) -> str | None:
    """None for what is no fault of the surroundings."""
    if isinstance(error, CannotStartError):
        return str(error)
    if isinstance(error, CANNOT_OPEN):
        return why_not_open(error)
    if not isinstance(error, OSError):
        return None
    if error.filename is not None:
        return cannot_write(error.filename)
    return _port_taken(settings) if error.errno in (errno.EADDRINUSE, errno.EACCES) else None


def _port_taken(settings: Settings) -> str:
    ports = f"TRUCBAN_WEB__PORT (đang là {settings.web.port})"
    if not settings.has_platform:
        ports += f" hoặc TRUCBAN_TRIAL_PORT (đang là {settings.trial_port})"
    return f"Cổng đang có chương trình khác dùng. Xin tắt chương trình đó, hoặc đặt {ports} sang số khác."


def cannot_write(place: str | bytes) -> str:
    """For an OSError that names its file."""
    return f"Không ghi được vào {place!s}. Xin kiểm tra quyền và chỗ trống, hoặc đặt TRUCBAN_DATABASE_URL (hoặc TRUCBAN_DATA_FOLDER) sang nơi khác."
