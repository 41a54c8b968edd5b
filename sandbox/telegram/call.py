"""One call of one bot: what a method gets to see."""

from dataclasses import dataclass

from sandbox.person import Bot
from sandbox.telegram.arguments import Arguments
from sandbox.telegram.cloud import Cloud
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Call:
    cloud: Cloud
    bot: Bot
    arguments: Arguments

    @property
    def world(self) -> World:
        return self.cloud.world

    @property
    def now(self) -> float:
        return self.cloud.clock.now()
