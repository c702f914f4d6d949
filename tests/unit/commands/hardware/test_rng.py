"""What the form about random number generators wishes for."""

from tests.unit.commands.hardware.device_scene import (
    about,
    added,
    capabilities,
    changed,
    refused,
    said,
    scene,
)
from vmgui.commands.hardware import form as forms
from vmgui.commands.hardware import rng
from vmgui.model.device_character import RngDevice
from vmgui.model.device_parts import CharacterEnd, CharacterSource
from vmgui.words.note import Level

RNG = RngDevice(model="virtio", backend="random", path="/dev/urandom")


def test_a_new_one_reads_the_host_s() -> None:
    assert added(rng.FORM, scene()) == RNG
    assert forms.why_none(rng.FORM, scene(can=capabilities(rng=None)))


def test_each_source_has_its_own() -> None:
    form, at = about(RNG)
    assert changed(form, at, backend="builtin") == RngDevice(model="virtio", backend="builtin")
    source = CharacterSource(mode="connect", host="10.0.0.1", service="7000")
    server = RngDevice(model="virtio", backend="egd", host=CharacterEnd(kind="tcp", sources=(source,)))
    assert changed(form, at, backend="egd", host="10.0.0.1", port="7000") == server
    form, at = about(server)
    assert changed(form, at, backend="random") == RNG
    form, at = about(RNG)
    assert changed(form, at, backend="egd", type="unix", socket="/run/egd").host == CharacterEnd(
        kind="unix", sources=(CharacterSource(mode="connect", path="/run/egd"),)
    )


def test_a_limit_is_bytes_a_second() -> None:
    form, at = about(RngDevice(backend="random", path="/dev/random", rate_bytes=1024, rate_period_ms=2000))
    assert forms.truth(form, at)["rate"] == 512
    limited = changed(form, at, rate=2048)
    assert (limited.rate_bytes, limited.rate_period_ms) == (2048, 1000)
    free = changed(form, at, rate=None)
    assert (free.rate_bytes, free.rate_period_ms) == (None, None)
    form, at = about(RngDevice(backend="random", rate_bytes=64, rate_period_ms=0))
    assert forms.truth(form, at)["rate"] == 64


def test_what_is_missing() -> None:
    form, at = about(RNG)
    assert said(form, at, path="") == {"path": Level.MISSING}
    assert said(form, at, backend="egd") == {"port": Level.MISSING}
    assert said(form, at, backend="egd", type="unix") == {"socket": Level.MISSING}
    assert said(form, at, backend="builtin") == {}


def test_sources_that_the_host_has_not() -> None:
    form, at = about(RNG, can=capabilities(rng={"backendModel": ("random", "egd")}))
    assert refused(form, at, "backend") == {"builtin"}
