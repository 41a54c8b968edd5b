"""The office's rules of who decides, shown and changed in one line: "nhân viên đi công tác: trưởng đơn vị"."""

from __future__ import annotations

from dataclasses import replace

from handlers.approvals.policy import ANY, Decider, Level, Policy, Rule, keep_policy, policy_for
from handlers.check_in import CheckInKind, LeavePlan
from handlers.kinds import open_kinds
from handlers.visit import Visit
from handlers.wording import bold, bullets
from storage.records import audit
from understanding.phrases.normalize import fold

LEVELS = {
    "mọi người": ANY,
    "nhân viên": Level.STAFF,
    "cấp phó": Level.DEPUTY_HEAD,
    "trưởng đơn vị": Level.HEAD,
    "lãnh đạo": Level.LEADER,
}
OTHER_LEVELS = {
    "tất cả": ANY,
    "chuyên viên": Level.STAFF,
    "cán bộ": Level.STAFF,
    "phó phòng": Level.DEPUTY_HEAD,
    "trưởng phòng": Level.HEAD,
}
DECIDERS = {
    "trưởng đơn vị": Decider.HEAD,
    "lãnh đạo phụ trách": Decider.LEADER,
    "giám đốc": Decider.DIRECTOR,
    "văn phòng": Decider.OFFICE,
}
OTHER_DECIDERS = {"trưởng phòng": Decider.HEAD, "lãnh đạo": Decider.LEADER, "thủ trưởng": Decider.DIRECTOR}
NOBODY = ("không cần", "không", "không ai")
HOW = (
    "Bật, tắt xin phép: /quydinhduyet bật hoặc tắt\n"
    "Ai duyệt: /quydinhduyet nhân viên: trưởng đơn vị, lãnh đạo phụ trách\n"
    "Theo lý do: /quydinhduyet mọi người đi khám bệnh: không cần\n"
    "Bỏ một quy định: /quydinhduyet bỏ mọi người đi khám bệnh\n"
    f"Cấp: {', '.join(LEVELS)}. Người duyệt: {', '.join(DECIDERS)}."
)


def change_policy(visit: Visit, rest: str) -> None:
    """Show the rules, or change one of them."""
    kind = next((kind for kind in open_kinds(visit.tx) if kind.leave is not None), None)
    if kind is None or kind.leave is None:
        visit.reply("Hiện không có loại tin nào cần xin phép.")
        return
    policy = policy_for(visit.tx, kind.name)
    if not rest.strip():
        visit.reply(f"{_in_words(kind, policy)}\n\n{HOW}")
        return
    changed = changed_policy(policy, rest, kind.leave)
    if changed is None:
        visit.reply(f"Tôi chưa hiểu nên chưa đổi gì.\n{HOW}")
        return
    keep_policy(visit.tx, kind.name, changed)
    audit.note(
        visit.tx, at=visit.now, actor_id=visit.known.id, act="leave_rules_changed", subject=f"approval/{kind.name}"
    )
    visit.reply(f"Đã đổi, áp dụng cho đơn báo từ lúc này.\n{_in_words(kind, changed)}")


def changed_policy(policy: Policy, said: str, leave: LeavePlan) -> Policy | None:
    """The rules as the words change them; none if they are not understood."""
    words = _plain(said)
    if words in ("bat", "tat"):
        return replace(policy, is_on=words == "bat")
    if words.startswith(("bo ", "xoa ")):
        meant = _who_and_why(words.split(" ", 1)[1], leave)
        return None if meant is None else policy.without(*meant)
    whom, colon, by = said.partition(":")
    meant = _who_and_why(_plain(whom), leave)
    deciders = _deciders(by)
    if not colon or meant is None or deciders is None:
        return None
    return policy.with_rule(Rule(*meant, deciders))


def _who_and_why(words: str, leave: LeavePlan) -> tuple[str, str] | None:
    """ "nhan vien di cong tac" → (staff, "Công tác"); the reason may be missing, and the level where a reason is named."""
    levels = {fold(name): level for name, level in (LEVELS | OTHER_LEVELS).items()}
    named = max((name for name in levels if words == name or words.startswith(f"{name} ")), key=len, default=None)
    reason = words.removeprefix(named or "").strip().removeprefix("di ").strip()
    reasons = {fold(each): each for each in leave.reasons}
    if reason and reason not in reasons:
        return None
    if named is None and not reason:
        return None
    return levels.get(named or "", ANY), reasons.get(reason, ANY)


def _deciders(said: str) -> tuple[Decider, ...] | None:
    names = {fold(name): decider for name, decider in (DECIDERS | OTHER_DECIDERS).items()}
    words = [_plain(part) for part in said.replace(";", ",").replace("→", ",").split(",") if part.strip()]
    if len(words) == 1 and words[0] in {fold(each) for each in NOBODY}:
        return ()
    found = [names[each] for each in words if each in names]
    return tuple(dict.fromkeys(found)) if found and len(found) == len(words) else None


def _in_words(kind: CheckInKind, policy: Policy) -> str:
    state = "đang bật" if policy.is_on else "đang tắt: chỉ báo, không phải xin phép"
    lines = [_rule_in_words(rule) for rule in sorted(policy.rules, key=lambda rule: (-rule.weight, rule.level))]
    return f"{bold(f'Ai duyệt “{kind.title}”')} ({state})\n{bullets(lines)}"


def _rule_in_words(rule: Rule) -> str:
    levels = {level: name for name, level in LEVELS.items()}
    deciders = {decider: name for name, decider in DECIDERS.items()}
    reason = "" if rule.reason == ANY else f", đi {rule.reason.lower()}"
    return f"{levels[rule.level]}{reason}: {' → '.join(deciders[each] for each in rule.deciders) or 'không cần duyệt'}"


def _plain(said: str) -> str:
    return " ".join(fold(said).strip(" .").split())
