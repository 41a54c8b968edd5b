"""Backups at the shell: `python -m bot backup FILE` and `restore FILE`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from bot.settings import Settings
from bot.start.why_not import complain_of_database
from storage.backups.backup import BackupError, Manifest, back_up
from storage.backups.restore import NotEmptyError, TooNewError, restore
from storage.database import Database, DatabaseAwayError
from storage.engine import make_engine
from storage.leadership import DatabaseTakenError, hold_file


def write_backup(settings: Settings, file: Path, now: datetime) -> int:
    """Exit code 0: the file is whole. 1: it could not be written. 2: no database."""
    engine = make_engine(settings.sqlalchemy_url)
    try:
        manifest = back_up(engine, file, now)
    except DatabaseAwayError as error:
        return complain_of_database(error)
    except FileExistsError:
        return _complain(f"Tệp {file} đã có. Xin chọn tên khác: bản sao lưu không bao giờ bị ghi đè.")
    except OSError:
        return _complain(f"Không ghi được {file}. Xin kiểm tra thư mục, quyền và chỗ trống.")
    finally:
        engine.dispose()
    sys.stdout.write(f"✓ Đã sao lưu {_rows(manifest)} dòng vào {file}. Tệp có dữ liệu sức khỏe: xin giữ kín.\n")
    return 0


def bring_back(settings: Settings, file: Path) -> int:
    """Exit code 0: everything is there again. 1: refused, nothing changed. 2: no database."""
    try:
        manifest = _restored(settings, file)
    except DatabaseAwayError as error:
        return complain_of_database(error)
    except (DatabaseTakenError, NotEmptyError, TooNewError, BackupError) as error:
        return _complain(_refusal(error, file))
    except OSError as error:
        if error.filename is None or Path(error.filename) != file:
            raise
        missing = isinstance(error, FileNotFoundError)
        return _complain(
            f"Không thấy tệp {file}." if missing else f"Không đọc được tệp {file}. Xin kiểm tra quyền đọc."
        )
    sys.stdout.write(f"✓ Đã phục hồi {_rows(manifest)} dòng. Xin chạy python -m bot check trước khi mở lại.\n")
    return 0


def _restored(settings: Settings, file: Path) -> Manifest:
    database = Database(settings.sqlalchemy_url)
    held = None
    try:
        held = hold_file(database)
        return restore(database.engine, file)
    finally:
        if held is not None:
            held.close()
        database.close()


def _refusal(error: Exception, file: Path) -> str:
    if isinstance(error, DatabaseTakenError):
        return "Cơ sở dữ liệu này đang được Trực Ban dùng. Xin tắt Trực Ban trước khi phục hồi."
    if isinstance(error, NotEmptyError):
        return (
            f"Cơ sở dữ liệu đã có dữ liệu (bảng {error}), không phục hồi đè lên được. "
            "Xin tắt Trực Ban và đặt TRUCBAN_DATABASE_URL sang một cơ sở dữ liệu trống."
        )
    if isinstance(error, TooNewError):
        return "Bản sao lưu này do một phiên bản Trực Ban mới hơn tạo. Xin nâng cấp rồi phục hồi lại."
    return f"Tệp {file} không phải bản sao lưu của Trực Ban, hoặc đã hỏng. Chưa có gì thay đổi."


def _rows(manifest: Manifest) -> str:
    return f"{sum(table.rows for table in manifest.tables):,}".replace(",", ".")


def _complain(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1
