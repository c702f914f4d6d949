"""What is typed of a device is read by its form's fields, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.cli.device_settings import Reader, described, kind_named, named_knobs, split
from vmgui.cli.verb import WrongUse
from vmgui.commands.fields import Capacity, Choice, Number, OnOff, Option, Sentence, Size, Text
from vmgui.commands.hardware.every import DEVICES
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene, truth
from vmgui.model.errors import InvalidConfig
from vmgui.model.hardware import HardwareMachine, HardwareOffer
from vmgui.words.say import say


@dataclass(frozen=True, slots=True)
class Device:
    source: str = "new"
    path: str = ""
    size: int | None = None
    model: str = ""
    network: str = "net/default"
    password: str = ""
    link: bool = True


MODELS = (
    Option("", "Default"),
    Option("e1000e", "Intel"),
    Option("rare", "Rare", why_not="this host lacks it"),
)
NETWORKS = (Option("net/default", "default"), Option("net/lan", "lan"), Option("bridge/br0", "br0"))


def _is(source: str) -> Any:
    return lambda answers: answers["source"] == source


FORM = DeviceForm(
    kind="thing",
    tag="thing",
    title=say("Hardware", "Thing"),
    icon="",
    fresh=lambda _scene: Device(),
    knobs=(
        Knob(Sentence("words", "Words")),
        Knob(Choice("source", "Source", options=(Option("new", "New"), Option("old", "Old"))), "source"),
        Knob(Text("path", "Path", shown=_is("old")), "path"),
        Knob(Size("size", "Size", shown=_is("new")), "size", offer=lambda _: Capacity(1, 2**40)),
        Knob(Choice("model", "Model", options=MODELS), "model"),
        Knob(Choice("network_source", "Network"), "network", offer=lambda _: NETWORKS),
        Knob(Text("password", "Password", secret=True, most_chars=8), "password"),
        Knob(OnOff("link", "Link"), "link"),
        Knob(Number("mtu", "MTU"), when=lambda _: False),
    ),
    keys={"network": {"network_source": "net/{}"}, "bridge": {"network_source": "bridge/{}"}},
)
SCENE = Scene(HardwareMachine(uuid="", name=""), HardwareOffer())


def answers(*words: str) -> dict[str, Any]:
    reader = Reader(FORM, SCENE, truth(FORM, SCENE), Device())
    return reader.answers(named_knobs(FORM, split(words)))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("a=1",), [("a", "1")]),
        (("a=1,b=2", "c=x=y"), [("a", "1"), ("b", "2"), ("c", "x=y")]),
        (("path=/a,b.img,bus=scsi",), [("path", "/a,b.img"), ("bus", "scsi")]),
        (("path=/a,,b=c.img",), [("path", "/a,b=c.img")]),
        (("Read_Only=on", "serial="), [("read-only", "on"), ("serial", "")]),
    ],
)
def test_settings_stand_apart(words: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert split(words) == found


@pytest.mark.parametrize("words", [("",), ("a",), ("=1",), ("a=1", "a=2"), ("a=1,a=2",), ("a_b=1", "a-b=2")])
def test_what_is_no_setting(words: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"."):
        split(words)


@given(st.lists(st.text(max_size=20), max_size=3))
def test_whatever_is_typed_is_told_apart_or_wrong(words: list[str]) -> None:
    try:
        assert all(key for key, _ in split(words))
    except ValueError:
        return


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), {}),
        (("size=4GiB", "link=off"), {"size": 4 * 2**30, "link": False}),
        (("model=e1000e",), {"model": "e1000e"}),
        (("model=Intel",), {"model": "e1000e"}),
        (("model=default",), {"model": ""}),
        (("size=",), {"size": None}),
        (("network=lan",), {"network_source": "net/lan"}),
        (("bridge=br0",), {"network_source": "bridge/br0"}),
        (("network-source=net/lan",), {"network_source": "net/lan"}),
        # That it is an existing file need not be said.
        (("path=/x.img",), {"path": "/x.img", "source": "old"}),
        (("path=/x.img", "source=old"), {"path": "/x.img", "source": "old"}),
    ],
)
def test_what_is_typed_is_an_answer(words: tuple[str, ...], found: dict[str, Any]) -> None:
    assert answers(*words) == {**truth(FORM, SCENE), **found}


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("model=e1000", "did you mean 'e1000e'?): there is default, e1000e, rare (this host lacks it)"),
        ("link=up", "neither on nor off"),
        ("size=4G", "4GiB"),
        ("password=far too long", "password: it is not accepted"),
    ],
)
def test_what_nobody_can_mean_is_wrong_use(word: str, says: str) -> None:
    with pytest.raises(WrongUse) as caught:
        answers(word)
    assert says in str(caught.value)
    assert "far too" not in str(caught.value)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("model=rare",), "model=rare: this host lacks it"),
        (("network=nowhere",), "net/lan"),
        (("size=2TiB",), "size can be from 1 to 1TiB"),
        (("path=/x", "size=1"), "go with the other values"),
        (("mtu=1500",), "mtu is not to be chosen here"),
    ],
)
def test_what_is_not_possible_here_is_refused(words: tuple[str, ...], says: str) -> None:
    with pytest.raises(InvalidConfig) as caught:
        answers(*words)
    assert says in caught.value.detail


def test_a_key_that_is_unknown_is_told_with_those_there_are() -> None:
    with pytest.raises(
        ValueError, match=r"thing has no key 'modle' \(did you mean 'model'\?\): there are"
    ) as one:
        named_knobs(FORM, split(["modle=x"]))
    assert "network, bridge" in str(one.value)
    assert "words" not in str(one.value)
    with pytest.raises(ValueError, match="another time"):
        named_knobs(FORM, split(["network=x,bridge=y"]))
    # What stands behind a password may be its end.
    with pytest.raises(ValueError, match="no key: there are") as two:
        named_knobs(FORM, split(["password=ab,cret=x"]))
    assert "cret" not in str(two.value)


def test_a_kind_that_is_unknown_is_told_with_those_there_are() -> None:
    for form in DEVICES:
        assert kind_named(form.kind) is form
        assert all(kind_named(name.upper()) is form for name in form.called)
    with pytest.raises(ValueError, match=r"'rgn' \(did you mean 'rng'\?\): there are"):
        kind_named("rgn")


def test_each_key_is_described() -> None:
    found = {key: values for key, values, _ in described(FORM)}
    assert found["model"] == "default|e1000e|rare"
    assert (found["size"], found["link"], found["mtu"]) == ("SIZE", "on|off", "N")
    assert found["network"] == "VALUE"
    assert "words" not in found
    for form in DEVICES:
        keys = [key for key, _, _ in described(form)]
        assert len(set(keys)) == len(keys), form.kind
