"""Figures that a sentence tells so fully that its words need no other sign: guests, heads, a full house, people tested."""

from understanding.counting.full_houses import all_here
from understanding.counting.guests import tells_guests
from understanding.counting.split_heads import split_heads
from understanding.counting.tests_done import tells_tested
from understanding.scene import Scene


def is_said_in_full(scene: Scene) -> bool:
    """ "tiếp 12 phụ huynh", "tổ chốt cầu trực đủ", "trạm test 5 người"."""
    line = scene.line
    return (
        tells_guests(line)
        or tells_tested(line)
        or bool(split_heads(scene))
        or ("du" in line.bag and bool(all_here(scene)))
    )
