"""The password of a screen on a network is long enough, plain, and another one each time."""

from vmgui.services.creation.display_password import LENGTH, new_password


def test_passwords_are_as_long_as_vnc_looks_and_differ() -> None:
    made = {new_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(password) == LENGTH == 8 and password.isalnum() for password in made)
