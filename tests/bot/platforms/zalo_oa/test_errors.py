"""Every documented code of the Official Account has its meaning, and what the operator must mend has a sentence."""

from __future__ import annotations

import inspect

import pytest

from bot.platform import Reason
from bot.platforms.zalo_oa import errors
from bot.platforms.zalo_oa.errors import MEANINGS, WHY, OaError, RefusedError, meaning_of, sentence_for
from storage.messages import OutgoingMessage
from tests.bot.platforms.zalo_oa.stage import ZaloOaStage

DOCUMENTED = {
    Reason.WAIT: (-32,),
    Reason.REFUSED: (-100, -201, -233, -238, -241, -248),
    Reason.UNCERTAIN: (-200,),
    Reason.UNREACHABLE: (-213, -217, -218, -227, -230, -232, -237, -244, -305, -311, -403),
    Reason.AWAY: (
        *(-118, -204, -205, -209, -210, -211, -212, -216, -219, -220, -221, -223, -224),
        *(-234, -235, -240, -242, -320, -321, -14014),
    ),
}
CLASSES = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, OaError)]


def test_the_table_holds_what_is_documented_and_nothing_else():
    assert {code: reason for reason, codes in DOCUMENTED.items() for code in codes} == MEANINGS


@pytest.mark.parametrize("code", MEANINGS)
def test_a_code_has_its_meaning(code: int):
    meaning = meaning_of(RefusedError(code))
    assert meaning.reason is MEANINGS[code]
    assert (meaning.retry_after is not None) == (meaning.reason is Reason.WAIT)
    assert (code in WHY) == (meaning.reason is Reason.UNREACHABLE)
    concerns_all = meaning.reason in (Reason.AWAY, Reason.WAIT)
    assert (sentence_for(RefusedError(code)) is not None) == concerns_all


def test_an_unknown_code_may_have_been_delivered():
    assert meaning_of(RefusedError(-9999)).reason is Reason.UNCERTAIN


@pytest.mark.parametrize("kind", [kind for kind in CLASSES if kind is not RefusedError], ids=lambda kind: kind.__name__)
def test_whatever_happens_on_the_line_has_a_meaning_and_a_sentence(kind: type[OaError]):
    away = (errors.NothingSentError, errors.ForeignAnswerError, errors.NoConsentError)
    assert meaning_of(kind("x")).reason is (Reason.AWAY if kind in away else Reason.UNCERTAIN)
    assert (sentence_for(kind("x")) or "").endswith(".")


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("-230", Reason.UNREACHABLE),
        ("-211", Reason.AWAY),
        ("-200", Reason.UNCERTAIN),
        ("-32", Reason.WAIT),
        ("drop_before", Reason.UNCERTAIN),
        ("500", Reason.UNCERTAIN),
        ("html502", Reason.AWAY),
    ],
)
async def test_what_the_wire_says_reaches_the_house(stage: ZaloOaStage, kind: str, reason: Reason):
    await stage.fault(kind=kind, method="v3.0/oa/message/cs")
    message = OutgoingMessage(platform="zalo_oa", chat_id=stage.private, text="Tin khẩn")
    with pytest.raises(Exception, match=str(reason)) as caught:
        await stage.platform.deliver(message)
    assert caught.value.reason is reason  # type: ignore[attr-defined]
    assert stage.private not in str(caught.value)
    await stage.platform.deliver(message)
    assert stage.platform.trouble is None
