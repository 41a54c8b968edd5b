"""What is said where a database cannot be ours, however it is opened."""

from __future__ import annotations

from storage.schema import NewerDatabaseError, UnfitDatabaseError


def why_unfit(error: UnfitDatabaseError) -> str:
    """A sentence for whoever stands at the shell."""
    if isinstance(error, NewerDatabaseError):
        return (
            "Cơ sở dữ liệu này do một phiên bản Trực Ban mới hơn tạo; chưa có gì thay đổi. "
            "Xin cài lại phiên bản mới đó, hoặc phục hồi bản sao lưu trước khi nâng cấp vào một cơ sở dữ liệu trống."
        )
    return (
        f"Cơ sở dữ liệu PostgreSQL đang dùng bảng mã {error}, không giữ được tiếng Việt. "
        "Xin tạo lại: createdb --encoding=UTF8 --template=template0."
    )
