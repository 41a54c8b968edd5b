"""One account: its papers and package, the tokens given out, and when each person was last heard."""

import base64
import hashlib
import secrets
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from sandbox.clock import Clock
from sandbox.person import Bot
from sandbox.refusal import Refusal

PROFILE = "zalo_oa"
CODE_LIFE = 600.0
FREE_WINDOW = 48 * 3600.0
WINDOW = 7 * 86_400.0
REPEATS = [30.0, 300.0, 900.0, 1800.0, 3600.0]


@dataclass(slots=True, kw_only=True)
class State:
    """What the console and the package say, then what Zalo keeps by itself."""

    app_id: str = ""
    app_secret: str = ""
    webhook_key: str = ""
    webhook_url: str = ""
    oa_type: int = 2  # 2 a business, 4 a state agency
    token_life: float = 90_000.0
    repeats: list[float] = field(default_factory=lambda: list(REPEATS))
    windows: bool = True
    quota: int = 500  # messages between the 48th hour and the 7th day
    is_subscribed: bool = True
    disabled_groups: list[str] = field(default_factory=list)

    access: dict[str, float] = field(default_factory=dict)  # token → until when
    refresh: str = ""
    used: list[str] = field(default_factory=list)
    codes: dict[str, list[Any]] = field(default_factory=dict)  # code → challenge, until when
    heard: dict[str, float] = field(default_factory=dict)  # person → when


class Account:
    """The state lives in the bot's profile, so that it survives with it."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self.bot = bot
        self._clock = clock
        self.state = State(**bot.profile.get(PROFILE, {}))
        self.state.app_id = self.state.app_id or f"10000000{bot.id}"
        self.state.app_secret = self.state.app_secret or f"secret-of-{bot.id}"
        self.state.webhook_key = self.state.webhook_key or f"webhook-key-of-{bot.id}"
        self.state.refresh = self.state.refresh or f"refresh-of-{bot.id}"
        self.keep()

    def keep(self) -> None:
        self.bot.profile[PROFILE] = asdict(self.state)

    def change(self, wish: dict[str, Any]) -> None:
        known = {each.name: each for each in fields(State)}
        for name, value in wish.items():
            if name not in known:
                raise Refusal(f"Không có nấc «{name}»; có: {', '.join(known)}.")
            setattr(self.state, name, value)
        self.keep()

    def as_json(self) -> dict[str, Any]:
        return asdict(self.state)

    def rotate(self, refresh: str) -> dict[str, Any] | None:
        """A new pair for the one refresh token that is good, once."""
        if refresh != self.state.refresh:
            return None
        return self._new_pair()

    def exchange(self, code: str, verifier: str) -> dict[str, Any] | None:
        challenge, until = self.state.codes.pop(code, ("", 0.0))
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        if self._clock.now() >= until or digest != challenge:
            return None
        return self._new_pair()

    def consent(self, challenge: str) -> str:
        code = secrets.token_urlsafe(16)
        self.state.codes[code] = [challenge, self._clock.now() + CODE_LIFE]
        self.keep()
        return code

    def _new_pair(self) -> dict[str, Any]:
        now = self._clock.now()
        access, refresh = f"access-{secrets.token_urlsafe(12)}", f"refresh-{secrets.token_urlsafe(12)}"
        alive = {token: until for token, until in self.state.access.items() if until > now}
        self.state.access = alive | {access: now + self.state.token_life}
        self.state.used = [*self.state.used[-20:], self.state.refresh]
        self.state.refresh = refresh
        self.keep()
        life = str(int(self.state.token_life))
        return {"access_token": access, "refresh_token": refresh, "expires_in": life}

    def note_heard(self, person_id: int) -> None:
        self.state.heard[str(person_id)] = self._clock.now()
        self.keep()

    def seconds_since(self, person_id: int) -> float:
        """Since this person last did something here; a talk that a world file began counts from its first look."""
        at = self.state.heard.setdefault(str(person_id), self._clock.now())
        self.keep()
        return self._clock.now() - at
