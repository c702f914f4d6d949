"""Letters of menu entries: one for each, another for each."""

from hypothesis import given
from hypothesis import strategies as st

from vmgui.policy.menu_letters import with_letters


def letter(text: str) -> str:
    return text.replace("&&", "")[text.replace("&&", "").index("&") + 1].casefold()


def test_the_first_letter_before_others_and_what_is_declared_before_all() -> None:
    assert with_letters(["Start", "Shut down", "Save"]) == ["&Start", "Shut &down", "S&ave"]
    assert with_letters(["File", "Virtual &file"]) == ["F&ile", "Virtual &file"]
    # The one who was first gives way where the other has nothing else.
    assert with_letters(["ab", "a"]) == ["a&b", "&a"]
    assert with_letters(["a", "a", "…", ""]) == ["&a", "a", "…", ""]
    assert with_letters(["a && b"]) == ["&a && b"]


@given(st.lists(st.text("abcé&&…", max_size=4).map(lambda text: text.replace("&", "&&")), max_size=8))
def test_no_two_are_the_same_and_no_text_is_changed_otherwise(texts: list[str]) -> None:
    found = with_letters(texts)
    letters = [letter(text) for text, plain in zip(found, texts, strict=True) if text != plain]
    assert len(set(letters)) == len(letters)
    for text, plain in zip(found, texts, strict=True):
        marked = text.replace("&&", "\0").replace("&", "", 1).replace("\0", "&&")
        assert marked == plain
