"""docs/sandbox.md names everything there is: methods, routes, commands, faults, limits."""

from pathlib import Path

import pytest

from sandbox.command_line import COMMANDS
from sandbox.faults import KINDS, ZALO_KINDS
from sandbox.flood import Limits
from sandbox.people_side import FAMILIES
from sandbox.telegram.methods import gather
from sandbox.zalo.account import Switches
from sandbox.zalo.methods import METHODS

PAGE = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text("utf-8")
ROUTES = {path for family in FAMILIES for _, path, _ in family.ROUTES}


@pytest.mark.parametrize("name", sorted({*gather(), *ROUTES, *COMMANDS, *KINDS, *ZALO_KINDS, *Limits.__slots__}))
def test_it_is_described(name: str) -> None:
    assert name in PAGE


@pytest.mark.parametrize("name", sorted({*METHODS, *Switches.__slots__}))
def test_it_is_described_for_zalo(name: str) -> None:
    assert f"`{name}`" in PAGE.partition("## Zalo")[2]
