"""The commands of the shell beside the start itself: `python -m bot day`, `check`, `import FILE` and so on."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from bot.start.starting import finish, settings_or_exit, start

shell = typer.Typer(add_completion=False, invoke_without_command=True, pretty_exceptions_enable=False)


def run_command() -> None:
    """What the machine does not let us do is said in a sentence, like what keeps the house from starting."""
    try:
        shell()
    except OSError as error:
        from bot.start.why_not import cannot_write

        if error.filename is None:
            raise
        sys.stderr.write(f"{cannot_write(error.filename)}\n")
        raise SystemExit(2) from None


@shell.callback()
def run(context: typer.Context) -> None:
    """Chạy Trực Ban."""
    if context.invoked_subcommand is None:
        start()


@shell.command()
def day() -> None:
    """Diễn một ngày làm việc trên hệ thống thử, in lại từng phòng trò chuyện."""
    settings = settings_or_exit()
    from bot.trial.day import play_day

    finish(play_day(settings), settings)


@shell.command()
def check() -> None:
    """Kiểm tra cơ sở dữ liệu: mọi bất biến còn nguyên hay không."""
    from bot.clock import Clock
    from bot.shell.upkeep import check_database

    raise SystemExit(check_database(settings_or_exit(), Clock().now()))


@shell.command(name="import")
def import_staff(file: Path) -> None:
    """Nhập danh sách cán bộ, đơn vị từ tệp XLSX hoặc CSV."""
    from bot.clock import Clock
    from bot.shell.upkeep import import_staff_file

    raise SystemExit(import_staff_file(settings_or_exit(), file, Clock().now()))


@shell.command()
def consent() -> None:
    """Lấy quyền của Zalo Official Account (quản trị OA đồng ý một lần)."""
    from bot.shell.consenting import ask_consent

    raise SystemExit(ask_consent(settings_or_exit()))


@shell.command()
def backup(file: Path) -> None:
    """Sao lưu toàn bộ cơ sở dữ liệu vào một tệp mới, kể cả khi Trực Ban đang chạy."""
    from bot.clock import Clock
    from bot.shell.backups import write_backup

    raise SystemExit(write_backup(settings_or_exit(), file, Clock().now()))


@shell.command()
def restore(file: Path) -> None:
    """Phục hồi bản sao lưu vào một cơ sở dữ liệu trống."""
    from bot.shell.backups import bring_back

    raise SystemExit(bring_back(settings_or_exit(), file))


@shell.command()
def health() -> None:
    """Hỏi tiến trình đang chạy xem nó còn khỏe không (dùng cho Docker)."""
    from bot.shell.upkeep import ask_health

    raise SystemExit(ask_health(settings_or_exit()))
