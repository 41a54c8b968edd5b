"""Consent of an Official Account, from the shell: an address to open, the address one lands on, and the tokens are kept."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
import sys
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.clock import Clock
from bot.platforms.zalo_oa.client import OaClient
from bot.platforms.zalo_oa.errors import OaError
from bot.platforms.zalo_oa.incoming import NAME
from bot.settings import Settings
from bot.start.why_not import CANNOT_OPEN, complain_of_database
from bot.token_store import DatabaseTokens
from storage.database import Database
from storage.schema import bring_up_to_date

NOT_SET = "Cần đặt TRUCBAN_ZALO_OA__APP_ID, __APP_SECRET và __REDIRECT_URL trước; xem docs/zalo-oa.md.\n"
OPEN = (
    "1. Quản trị viên của OA mở địa chỉ sau bằng trình duyệt (trong 10 phút) và bấm đồng ý:\n\n{address}\n\n"
    "2. Trình duyệt chuyển sang trang khác. Chép cả địa chỉ của trang đó, dán vào đây rồi nhấn Enter:\n"
)
NO_CODE = "Địa chỉ này không có mã cấp quyền của lần này. Xin chạy lại lệnh và chép cả địa chỉ sau khi đồng ý.\n"
REFUSED = "Zalo không nhận mã cấp quyền (đã dùng, quá 10 phút, hoặc sai ứng dụng). Xin chạy lại lệnh.\n"
DONE = "✓ Đã lưu quyền của Zalo OA. Trực Ban đang chạy sẽ tự dùng; nếu chưa chạy, xin khởi động.\n"


def ask_consent(settings: Settings, read_line: Callable[[], str] = sys.stdin.readline) -> int:
    """0 when the tokens are kept."""
    account = settings.zalo_oa
    if account.app_id is None or account.app_secret is None or account.redirect_url is None:
        sys.stderr.write(NOT_SET)
        return 2
    verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(12)
    sys.stdout.write(OPEN.format(address=_address(settings, verifier, state)))
    sys.stdout.flush()
    landed = parse_qs(urlsplit(read_line().strip()).query)
    if landed.get("state") != [state] or "code" not in landed:
        sys.stderr.write(NO_CODE)
        return 1
    try:
        return asyncio.run(_keep(settings, landed["code"][0], verifier))
    except OaError:
        sys.stderr.write(REFUSED)
        return 1
    except CANNOT_OPEN as error:
        return complain_of_database(error)


def _address(settings: Settings, verifier: str, state: str) -> str:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    account = settings.zalo_oa
    query = {
        "app_id": account.app_id,
        "redirect_uri": account.redirect_url,
        "code_challenge": challenge,
        "state": state,
    }
    return f"{account.oauth_url.rstrip('/')}/v4/oa/permission?{urlencode(query)}"


async def _keep(settings: Settings, code: str, verifier: str) -> int:
    """The database is opened before the code is used up."""
    account, clock = settings.zalo_oa, Clock()
    database = Database(settings.sqlalchemy_url)
    try:
        await asyncio.to_thread(bring_up_to_date, database.engine)
        store = DatabaseTokens(database, NAME, clock.now)
        client = OaClient(
            store,
            app_id=account.app_id or "",
            app_secret=account.app_secret.get_secret_value() if account.app_secret else "",
            base_url=account.base_url,
            oauth_url=account.oauth_url,
            now=clock.now,
        )
        try:
            await store.begin_with_pair(await client.exchange_code(code, verifier))
        finally:
            await client.close()
    finally:
        database.close()
    sys.stdout.write(DONE)
    return 0
