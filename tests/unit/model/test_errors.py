"""Errors know what they happened to, and hold on to nothing."""

from __future__ import annotations

import gc
import inspect
import weakref

import pytest

from vmgui.model import errors
from vmgui.model.errors import Busy, NotFound, PartlyDone, VmguiError, forget_frames

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, VmguiError)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_why_it_exists(kind: type[VmguiError]) -> None:
    assert kind.__doc__
    # Two levels at most: a kind, and a case of it that more can be done about.
    assert kind.__mro__.index(VmguiError) <= 2


def test_what_it_happened_to_is_filled_in_once() -> None:
    error = NotFound("no domain", code=42)
    assert error.about(subject="web", host="alpha") is error
    error.about(subject="other", host="beta")
    assert (error.subject, error.host, error.code, str(error)) == ("web", "alpha", 42, "no domain")


def test_partly_done_keeps_the_order() -> None:
    first, second = Busy("1"), NotFound("2")
    error = PartlyDone(done=("a", "b"), failed=(("c", first), ("d", second)), subject="web")
    assert error.done == ("a", "b")
    assert error.failed == (("c", first), ("d", second))


def test_a_kept_error_keeps_nothing_else() -> None:
    class Handle:
        pass

    def fail() -> None:
        handle = Handle()
        held.append(weakref.ref(handle))
        raise Busy("inner")

    held: list[weakref.ref[Handle]] = []
    kept: VmguiError | None = None
    try:
        try:
            fail()
        except Busy as inner:
            raise PartlyDone(done=(), failed=(("web", inner),)) from inner
    except PartlyDone as error:
        kept = error
    forget_frames(kept)
    gc.collect()
    assert held[0]() is None
    assert kept.failed[0][1].detail == "inner"
