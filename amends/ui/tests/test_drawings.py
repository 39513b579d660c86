"""Pieces of pages that are drawn once for equal inputs."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from amends.ui.drawings import ROOM, Drawings


class Hand:
    """Draws, and counts how often."""

    def __init__(self, drawings: Drawings) -> None:
        self.drawings = drawings
        self.strokes = 0

    def draw(self, name: str, size: int = 10) -> SafeString:
        def stroke() -> SafeString:
            self.strokes += 1
            return mark_safe(name.ljust(size, "."))

        return self.drawings.of((name, "en"), stroke)


def test_equal_inputs_are_drawn_once() -> None:
    hand = Hand(Drawings())
    assert hand.draw("a") == hand.draw("a")
    assert hand.strokes == 1


def test_other_inputs_are_drawn_anew() -> None:
    hand = Hand(Drawings())
    assert hand.draw("a") != hand.draw("b")
    assert hand.strokes == 2


def test_what_is_used_again_and_again_is_never_drawn_again() -> None:
    hand = Hand(Drawings(room=100_000))
    for number in range(1_000):
        hand.draw("used", 500)
        hand.draw(str(number), 500)
    assert hand.strokes == 1_001


def test_what_nobody_used_for_long_is_drawn_anew() -> None:
    hand = Hand(Drawings(room=100_000))
    for number in [*range(100), 0]:
        hand.draw(str(number), 500)
    assert hand.strokes == 101


def test_ten_thousand_long_letters_take_no_more_room_than_was_given() -> None:
    hand = Hand(Drawings())
    for number in range(10_000):
        hand.draw(str(number), 20_000)
    assert ROOM / 4 < hand.drawings.bytes <= ROOM


def test_what_is_very_large_pushes_nothing_out() -> None:
    hand = Hand(Drawings())
    hand.draw("a")
    for _ in range(2):
        hand.draw("a whole book", 2_000_000)
    hand.draw("a")
    assert hand.strokes == 3
