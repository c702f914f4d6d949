"""What is left of something, in words."""

from vmgui.words.capacity import capacity_words


def test_what_is_left_who_has_the_rest_and_what_is_too_much() -> None:
    assert (
        capacity_words(str, 2, 16, 4, "on host-a", "used by others")
        == "10 left of 16 on host-a · 4 used by others"
    )
    assert capacity_words(str, 2, 16, 4, "on host-a", "") == "10 left of 16 on host-a"
    assert capacity_words(str, 20, 16, 0, "on host-a", "used") == "4 more than the 16 on host-a"
    assert capacity_words(str, 2, 16, 0, "", "") == "14 left of 16"
    assert capacity_words(str, 2, 0, 4, "on host-a", "used by others") == ""
