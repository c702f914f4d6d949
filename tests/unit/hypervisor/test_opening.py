"""Openings that hang are counted, questions asked once."""

import socket
import threading
from collections.abc import Iterator

import pytest

from tests.helpers.waiting import eventually_blocking
from vmgui.hypervisor import opening
from vmgui.hypervisor.credentials import CredentialKind, CredentialRequest
from vmgui.hypervisor.opening import RememberedAnswers, connect
from vmgui.model.errors import HostUnreachable

NAME = CredentialRequest(CredentialKind.USER_NAME, "Name:", "", "")
PASSWORD = CredentialRequest(CredentialKind.PASSWORD, "Password:", "", "")


@pytest.fixture
def silent_uri() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"qemu+tcp://127.0.0.1:{server.getsockname()[1]}/system"


def test_hanging_openings_do_not_pile_up(silent_uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_HANGING", 2)

    def hang() -> None:
        with pytest.raises(HostUnreachable):
            connect(silent_uri, read_only=False, credentials=None)

    threads = [threading.Thread(target=hang, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    eventually_blocking(lambda: opening._opening[silent_uri] == 2)
    with pytest.raises(HostUnreachable, match="2 earlier attempts"):
        connect(silent_uri, read_only=False, credentials=None)


def test_openings_that_fail_are_not_counted() -> None:
    for _ in range(20):
        with pytest.raises(HostUnreachable, match="refused"):
            connect("qemu+tcp://127.0.0.1:1/system", read_only=False, credentials=None)
    assert "qemu+tcp://127.0.0.1:1/system" not in opening._opening


def test_a_person_is_asked_once() -> None:
    asked: list[tuple[CredentialRequest, ...]] = []

    def source(requests: tuple[CredentialRequest, ...], /) -> tuple[str | None, ...]:
        asked.append(requests)
        return tuple("x" if request.kind is CredentialKind.USER_NAME else "y" for request in requests)

    answers = RememberedAnswers(source)
    assert answers((NAME, PASSWORD)) == ("x", "y")
    assert answers((NAME, PASSWORD)) == ("x", "y")
    assert answers((PASSWORD,)) == ("y",)
    assert asked == [(NAME, PASSWORD)]


def test_no_answer_is_not_remembered() -> None:
    given: list[str | None] = [None, "now"]
    answers = RememberedAnswers(lambda _requests: (given.pop(0),))
    assert answers((PASSWORD,)) == (None,)
    assert answers((PASSWORD,)) == ("now",)
