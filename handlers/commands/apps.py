"""/ungdung: in which messengers this person is known, where private messages go, and the code that links another one."""

from __future__ import annotations

from handlers.command import Command, Place, Press
from handlers.membership.codes import renew_join_code
from handlers.visit import Visit
from handlers.wording import bold, bullets, platform_name
from storage.messages import Button
from storage.record import change
from storage.records import audit
from storage.records.accounts import accounts, reachable_accounts

GONE = "Ứng dụng này không còn gắn với anh/chị."


def run(visit: Visit, _rest: str) -> None:
    known = reachable_accounts(visit.tx, visit.known.id)
    names = [platform_name(account.platform) for account in known]
    lines = [
        f"{name}: {'tin riêng gửi tới đây' if n == 0 else 'dùng khi nơi kia không tới được'}"
        for n, name in enumerate(names)
    ]
    choices = [(Button(f"Nhận ở {platform_name(one.platform)}", f"app:use:{one.platform}"),) for one in known[1:]]
    rows = (*choices, (Button("Thêm ứng dụng khác", "app:add"),))
    visit.reply(f"{bold('Anh/chị đang dùng Trực Ban ở:')}\n{bullets(lines)}", buttons=rows)


def _press(visit: Visit, parts: list[str]) -> None:
    visit.close_press()
    if parts[0] == "add":
        _give_code(visit)
    else:
        _prefer(visit, parts[1])


def _give_code(visit: Visit) -> None:
    """His own code, to be typed by himself in the other messenger; the one before is worth nothing any more."""
    if not visit.message.is_private:
        return
    code = renew_join_code(visit.tx, visit.known.id)
    visit.reply(
        f"Mã của riêng anh/chị: {bold(code)}\nXin mở trò chuyện riêng với Trực Ban ở ứng dụng kia và gõ mã này, "
        "tôi sẽ biết đó cũng là anh/chị. Mã dùng một lần, xin không đưa cho ai."
    )


def _prefer(visit: Visit, platform: str) -> None:
    mine = accounts.c.person_id == visit.known.id
    if not change(visit.tx, accounts, mine, accounts.c.platform == platform, is_preferred=True):
        visit.reply(GONE)
        return
    change(visit.tx, accounts, mine, accounts.c.platform != platform, is_preferred=False)
    subject = f"person/{visit.known.id}"
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act="preferred_app", subject=subject, platform=platform)
    visit.reply(
        f"Từ nay tin riêng của anh/chị gửi tới {platform_name(platform)}. Khi nơi đó không tới được, tôi dùng nơi còn lại."
    )


COMMAND = Command(
    name="ungdung",
    menu="Nhận tin ở ứng dụng nào, thêm ứng dụng khác",
    run=run,
    words=("ứng dụng", "thêm ứng dụng", "đổi ứng dụng"),
    place=Place.PRIVATE,
    order=60,
)
PRESSES: dict[str, Press] = {"app": _press}
