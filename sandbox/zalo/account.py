"""One bot's account: what its plan holds, how its server behaves, and what it has used this month."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, get_args, get_type_hints

from sandbox.clock import Clock
from sandbox.person import Bot
from sandbox.refusal import Refusal

SWITCHES = "zalo"
USED = "zalo_used"


@dataclass(slots=True, kw_only=True)
class Switches:
    """How Zalo behaves to this bot; the first value is the usual one."""

    updates: Literal["consume", "replay", "list"] = "consume"
    idle: Literal["408", "200", "empty"] = "408"
    unpolled: Literal["keep", "drop"] = "keep"
    webhook_body: Literal["flat", "wrapped"] = "flat"
    webhook_order: Literal["kept", "mixed"] = "kept"
    webhook_repeats: int = 3
    photo_field: Literal["photo_url", "photo"] = "photo_url"
    delete_without_webhook: Literal["ok", "400"] = "ok"
    links: Literal["unsupported", "text"] = "unsupported"
    can_join_groups: bool = True
    counts_received: bool = True
    extras: bool = False
    users: int = 50
    groups: int = 3
    messages: int = 3000


def switches_of(bot: Bot) -> Switches:
    return Switches(**bot.profile.get(SWITCHES, {}))


def change_switches(bot: Bot, wish: dict[str, Any]) -> Switches:
    """A wrong name or value is refused with what there is."""
    hints = get_type_hints(Switches)
    for name, value in wish.items():
        if name not in hints:
            raise Refusal(f"Không có nấc «{name}»; có: {', '.join(field.name for field in fields(Switches))}.")
        allowed = get_args(hints[name])
        if (allowed and value not in allowed) or (not allowed and type(value) is not hints[name]):
            raise Refusal(f"Nấc «{name}» không nhận «{value}»" + (f"; có: {', '.join(allowed)}." if allowed else "."))
    switches = Switches(**(bot.profile.get(SWITCHES, {}) | wish))
    bot.profile[SWITCHES] = asdict(switches)
    return switches


@dataclass(slots=True, kw_only=True)
class Used:
    """What the plan counts; the months are Vietnam's."""

    month: str = ""
    sent: int = 0
    received: int = 0
    served: list[int] = field(default_factory=list)


class Account:
    """The counters live in the bot's profile, so that they survive with it."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock

    @property
    def switches(self) -> Switches:
        return switches_of(self._bot)

    @property
    def used(self) -> Used:
        used = Used(**self._bot.profile.get(USED, {}))
        month = self._clock.today().strftime("%Y-%m")
        return used if used.month == month else Used(month=month, served=used.served)

    def serves(self, person_id: int) -> bool:
        """The first so many people who write; who comes later gets no service and no word about it."""
        used = self.used
        if person_id in used.served:
            return True
        if len(used.served) >= self.switches.users:
            return False
        used.served.append(person_id)
        self._keep(used)
        return True

    @property
    def is_spent(self) -> bool:
        used, switches = self.used, self.switches
        return used.sent + (used.received if switches.counts_received else 0) >= switches.messages

    def count_sent(self) -> None:
        used = self.used
        used.sent += 1
        self._keep(used)

    def count_received(self) -> None:
        used = self.used
        used.received += 1
        self._keep(used)

    def _keep(self, used: Used) -> None:
        self._bot.profile[USED] = asdict(used)

    def as_json(self) -> dict[str, Any]:
        return {"switches": asdict(self.switches), "used": asdict(self.used)}
