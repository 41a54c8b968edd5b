"""People, their posts, their accounts and the rooms: who may act, and where somebody can be reached."""

from __future__ import annotations

from sqlalchemy import exists, func, select

from storage.invariant import Invariant
from storage.records.accounts import accounts
from storage.records.chats import Audience, ChatState, chats, room_codes
from storage.records.people import Role, people, posts

_open_posts = select(posts).where(posts.c.valid_to.is_(None)).subquery()

INVARIANTS = (
    Invariant(
        "Người đang làm việc mà không giữ chức vụ nào",
        select(people.c.staff_code).where(
            people.c.is_active, ~exists().where(_open_posts.c.person_id == people.c.id).correlate(people)
        ),
    ),
    Invariant(
        "Người đã thôi việc mà còn giữ chức vụ",
        select(people.c.staff_code)
        .where(~people.c.is_active, exists().where(_open_posts.c.person_id == people.c.id).correlate(people))
        .order_by(people.c.id),
    ),
    Invariant(
        "Một chức vụ đang giữ ghi hai lần (người, đơn vị)",
        select(_open_posts.c.person_id, _open_posts.c.unit_id)
        .group_by(_open_posts.c.person_id, _open_posts.c.unit_id, _open_posts.c.role)
        .having(func.count() > 1),
    ),
    Invariant("Chức vụ có vai trò lạ (số)", select(posts.c.id).where(posts.c.role.not_in(list(Role)))),
    Invariant(
        "Một người có hai tài khoản trên cùng một ứng dụng (người, ứng dụng)",
        select(accounts.c.person_id, accounts.c.platform)
        .where(accounts.c.person_id.is_not(None))
        .group_by(accounts.c.person_id, accounts.c.platform)
        .having(func.count() > 1),
    ),
    Invariant(
        "Tài khoản đã gắn với người mà không ghi lúc gắn (số)",
        select(accounts.c.id).where(accounts.c.person_id.is_not(None), accounts.c.linked_at.is_(None)),
    ),
    Invariant(
        "Nhóm có trạng thái hoặc công dụng lạ (số)",
        select(chats.c.id).where(
            chats.c.state.not_in(list(ChatState))
            | (chats.c.audience.is_not(None) & chats.c.audience.not_in(list(Audience)))
        ),
    ),
    Invariant(
        "Nhóm của đơn vị mà không ghi đơn vị, hoặc ngược lại (số)",
        select(chats.c.id)
        .where((chats.c.audience == Audience.UNIT) & chats.c.unit_id.is_(None))
        .union_all(select(chats.c.id).where(chats.c.audience.is_(None), chats.c.unit_id.is_not(None)))
        .subquery()
        .select(),
    ),
    Invariant(
        "Hai mã nhóm cho cùng một nơi (công dụng)",
        select(room_codes.c.audience).group_by(room_codes.c.audience, room_codes.c.unit_id).having(func.count() > 1),
    ),
)
