"""What a process sees by itself: platforms that do not answer, a disk nearly full, a folder that takes no backup, a clock that is wrong."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.clock import Clock
from bot.delivery.breaker import Breaker, trouble_of
from bot.platform import Platform

WRONG_BY = timedelta(minutes=2)
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    clock: Clock
    platforms: Sequence[Platform]
    breakers: Mapping[str, Breaker] = field(default_factory=dict)  # by platform
    folder: Path  # where our data stand; it may be yet to be made
    disk_free_mb: int  # fewer are a trouble; 0: nobody looks
    backup_folder: Path | None = None  # where this process shall write every night

    def troubles(self) -> dict[str, str]:
        """By name, each as a sentence for the administrator."""
        said = {f"platform/{each.name}": trouble_of(each, self.breakers.get(each.name)) for each in self.platforms}
        found = {name: sentence for name, sentence in said.items() if sentence is not None}
        if self.disk_free_mb and (free := self._free_mb()) < self.disk_free_mb:
            found["disk"] = f"Ổ đĩa chỉ còn {free} MB trống. Xin dọn bớt hoặc thêm chỗ trước khi hết hẳn."
        if self.backup_folder is not None and not _takes_files(self.backup_folder):
            found["backup"] = (
                f"Không ghi được vào thư mục sao lưu {self.backup_folder}: đêm tới sẽ không có bản sao lưu. "
                "Xin tạo thư mục đó và cho người chạy Trực Ban quyền ghi."
            )
        if abs(behind := self.clock.behind) > WRONG_BY:
            found["clock"] = _wrong_clock(behind)
        return found

    def _free_mb(self) -> int:
        return shutil.disk_usage(_standing(self.folder)).free // MEGABYTE


def _standing(folder: Path) -> Path:
    """The folder, or the nearest above it where it is yet to be made."""
    return next(each for each in (folder, *folder.absolute().parents) if each.exists())


def _takes_files(folder: Path) -> bool:
    there = _standing(folder)
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _wrong_clock(behind: timedelta) -> str:
    minutes = round(abs(behind) / timedelta(minutes=1))
    way = "chậm" if behind > timedelta(0) else "nhanh"
    return (
        f"Đồng hồ của máy chủ chạy {way} khoảng {minutes} phút so với nền tảng: hạn báo cáo và nhắc việc sẽ sai giờ. "
        "Xin chỉnh lại giờ máy chủ (bật đồng bộ NTP)."
    )
