"""What somebody reads about a staff file: what it would change, what it has changed, or what is wrong with it."""

from __future__ import annotations

from handlers.setting_up.comparing import Changes, StandingPost
from handlers.setting_up.staff_file import BadStaffFile
from handlers.wording import and_more, bold, bullets, number

MOST_PROBLEMS = 25  # in a message; the rest is in the file beside it
MOST_NAMES = 12


def say_changes(changes: Changes) -> str:
    if changes.is_empty:
        return f"{_size(changes)}. Không có gì khác với danh sách đang dùng."
    return "\n".join([f"{_size(changes)}.", bullets([*_counts(changes), *_endings(changes), *changes.remarks])])


def say_problems(bad: BadStaffFile) -> str:
    lines = [str(problem) for problem in bad.problems[:MOST_PROBLEMS]]
    lines += and_more(len(bad.problems) - MOST_PROBLEMS, "chỗ nữa, xem tệp kèm theo.")
    return f"Chưa nhập gì cả. Có {number(len(bad.problems))} chỗ cần sửa:\n{bullets(lines)}"


def says_more_than_fits(bad: BadStaffFile) -> bool:
    return len(bad.problems) > MOST_PROBLEMS


def warn_of_leavers(changes: Changes) -> str:
    """A file of one unit only would send everybody else away: that is said before the button."""
    leavers = len(changes.leavers)
    if leavers < 3 or leavers * 4 < changes.count_people:
        return ""
    return f"\n⚠️ {bold(f'{number(leavers)} người')} đang dùng không có trong tệp. Tệp phải là danh sách đầy đủ."


def _size(changes: Changes) -> str:
    return f"{number(changes.count_people)} người, {number(changes.count_units)} đơn vị"


def _counts(changes: Changes) -> list[str]:
    lines = (
        ("Đơn vị", (("thêm", changes.new_units), ("sửa", changes.changed_units))),
        ("Người", (("thêm", changes.new_people), ("sửa", changes.changed_people))),
        (
            "Chức vụ",
            (("thêm", changes.new_posts), ("đổi tên", changes.retitled_posts), ("thôi giữ", changes.ended_posts)),
        ),
    )
    said = []
    for heading, parts in lines:
        words = [f"{word} {number(len(rows))}" for word, rows in parts if rows]
        if words:
            said.append(f"{heading}: {', '.join(words)}")
    return said


def _endings(changes: Changes) -> list[str]:
    """Who loses what, by name: the part of an import that surprises."""
    lines = [
        f"{post.holder} thôi: {post.title}, {post.unit}{_instead(changes, post)}"
        for post in changes.ended_posts[:MOST_NAMES]
    ]
    lines += and_more(len(changes.ended_posts) - MOST_NAMES, "chức vụ nữa")
    if changes.leavers:
        names = ", ".join(person.full_name for person in changes.leavers[:MOST_NAMES])
        more = "…" if len(changes.leavers) > MOST_NAMES else ""
        lines.append(f"Không còn trong danh sách: {names}{more}")
    return lines


def _instead(changes: Changes, ended: StandingPost) -> str:
    """What the same person takes on with the same file: a promotion must not look like a departure."""
    taken = [
        f"{post.title}, {changes.units[post.unit_code].short_name}"
        for post in changes.new_posts
        if post.person_code == ended.staff_code
    ]
    return f" (nay giữ: {'; '.join(taken)})" if taken else ""
