"""Machines that others change, stop, undefine or migrate while they are edited, and answers that come late or never.

The moment at which others act is chosen: at the plan, so after the machine was looked at.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable
from typing import Any, cast

import libvirt
import pytest

from tests.helpers.waiting import PATIENCE_S, eventually
from tests.helpers.world import World
from tests.lab.domain_xml import Disk
from tests.lab.editing import INACTIVE, LIVE, Editor, own, xml_of
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from vmgui.hypervisor import edits, edits_look
from vmgui.libvirtxml.settings import read_settings
from vmgui.model.edit import Setting, SettingKey, When, Why
from vmgui.model.errors import (
    AgentUnavailable,
    Busy,
    ChangedMeanwhile,
    InvalidState,
    PartlyDone,
    TimedOut,
)
from vmgui.model.job import JobState
from vmgui.services import edits as services

MIB = 1024 * 1024
MAC = "52:54:00:aa:bb:01"
READ, WRITE = SettingKey(Setting.READ_IOPS, "vda"), SettingKey(Setting.WRITE_IOPS, "vda")
BURST = SettingKey(Setting.READ_IOPS_MAX, "vda")
IN, IN_PEAK = SettingKey(Setting.IN_AVERAGE_KB_PER_S, MAC), SettingKey(Setting.IN_PEAK_KB_PER_S, MAC)
IN_BURST = SettingKey(Setting.IN_BURST_KIB, MAC)
_PLACES = (libvirt.VIR_DOMAIN_AFFECT_LIVE, libvirt.VIR_DOMAIN_AFFECT_CONFIG)


@pytest.fixture
async def here(connected: World) -> Editor:
    return Editor(connected)


def with_disk(host: LabHost, *, start: bool = False, **fields: Any) -> None:
    host.define_tiny("web", disks=(Disk(host.make_disk("s.qcow2", 64)),), mac=MAC, start=start, **fields)


def others(
    monkeypatch: pytest.MonkeyPatch, host: LabHost, act: Callable[[libvirt.virDomain], object]
) -> None:
    """Once, when the machine was looked at and nothing is done yet."""
    plan, acted = edits.plan, list[bool]()

    def then(*args: Any) -> Any:
        if not acted:
            acted.append(True)
            with host.connect() as connection:
                act(connection.lookupByName("web"))
        return plan(*args)

    monkeypatch.setattr(edits, "plan", then)


def limits(host: LabHost) -> list[tuple[Any, ...]]:
    """The read and the write limit, live and saved."""
    with host.connect() as connection:
        domain = connection.lookupByName("web")
        found = [cast("dict[str, int]", domain.blockIoTune("vda", place)) for place in _PLACES]
    return [(one["read_iops_sec"], one["write_iops_sec"]) for one in found]


@every_generation
async def test_a_limit_does_not_go_from_under_its_burst(here: Editor, lab_host: LabHost) -> None:
    """QEMU does not start with a burst alone."""
    with_disk(lab_host)
    await here.change({READ: 100, BURST: 200, IN: 100, IN_PEAK: 200})
    before = xml_of(lab_host)
    for wishes in ({READ: None, BURST: 200}, {IN: None, IN_PEAK: 200}):
        assert (await here.submit(wishes)).state is JobState.FAILED
    assert xml_of(lab_host) == before
    with lab_host.connect() as connection:
        connection.lookupByName("web").create()
    assert (await here.submit({READ: None, BURST: 200})).state is JobState.FAILED
    assert read_settings(xml_of(lab_host, LIVE)).values[BURST] == 200
    await here.change({READ: None})
    assert "<iotune>" not in xml_of(lab_host)


async def test_a_limit_that_others_take_away_leaves_no_burst_of_ours(
    here: Editor, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_disk(lab_host)
    await here.change({READ: 100})
    plain = re.sub("<iotune>.*?</iotune>", "", xml_of(lab_host), flags=re.DOTALL)
    others(monkeypatch, lab_host, lambda _domain: lab_host.define_xml(plain))
    job = await here.submit({BURST: 200})
    assert isinstance(job.error, ChangedMeanwhile), job.error
    assert "<iotune>" not in xml_of(lab_host)


@every_generation
async def test_limits_that_others_set_meanwhile_stay(
    here: Editor, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_disk(lab_host, start=True)
    await here.change({IN: 100, IN_PEAK: 200, IN_BURST: 5})

    def set_others(domain: libvirt.virDomain) -> None:
        for place in _PLACES:
            domain.setBlockIoTune("vda", {"write_iops_sec": 77}, place)
            card = {"inbound.average": 999, "inbound.peak": 2000, "inbound.burst": 5}
            domain.setInterfaceParameters(MAC, card, place)

    others(monkeypatch, lab_host, set_others)
    await here.change({READ: 100, IN_BURST: 10})
    assert limits(lab_host) == [(100, 77)] * 2
    with lab_host.connect() as connection:
        domain = connection.lookupByName("web")
        found = [cast("dict[str, int]", domain.interfaceParameters(MAC, place)) for place in _PLACES]
    for one in found:
        names = ("inbound.average", "inbound.peak", "inbound.burst")
        assert [one[name] for name in names] == [999, 2000, 10]


async def test_a_definition_that_others_remove_stays_removed(
    here: Editor, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_disk(lab_host, start=True)
    others(monkeypatch, lab_host, lambda domain: domain.undefine())
    job = await here.submit({READ: 100})
    assert isinstance(job.error, ChangedMeanwhile), job.error
    with lab_host.connect() as connection:
        domain = connection.lookupByName("web")
        assert not domain.isPersistent()
        assert cast("dict[str, int]", domain.blockIoTune("vda"))["read_iops_sec"] == 0
    assert not here.told


async def test_one_that_others_start_meanwhile_is_not_half_changed(
    here: Editor, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_disk(lab_host)
    others(monkeypatch, lab_host, lambda domain: domain.create())
    job = await here.submit({READ: 100})
    assert isinstance(job.error, ChangedMeanwhile), job.error
    assert limits(lab_host) == [(0, 0)] * 2
    await here.change({READ: 100})
    assert limits(lab_host) == [(100, 0)] * 2


async def test_what_is_saved_is_not_taken_back(
    here: Editor, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever fails after it, and who keeps the history is told all the same."""
    with_disk(lab_host, start=True)
    define = edits.define

    def fails(*_args: object) -> str:
        raise libvirt.libvirtError("it cannot be read now")

    def then(conn: libvirt.virConnect, xml: str) -> str:
        uuid = define(conn, xml)
        monkeypatch.setattr(libvirt.virDomain, "XMLDesc", fails)
        return uuid

    monkeypatch.setattr(edits, "define", then)
    await here.change({READ: 100})
    monkeypatch.undo()
    assert limits(lab_host) == [(100, 0)] * 2
    (told,) = here.told
    assert "<read_iops_sec>" not in told.before
    assert read_settings(told.after).values == read_settings(xml_of(lab_host)).values


async def test_a_late_definition_overwrites_nothing(
    here: Editor, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own call is given up while it defines; the next one waits for that, and both are told."""
    with_disk(lab_host, start=True)
    define, go = edits.define, threading.Event()

    def slowly(conn: libvirt.virConnect, xml: str) -> str:
        assert go.wait(PATIENCE_S)
        return define(conn, xml)

    # Long enough to look at the machine.
    monkeypatch.setattr(services, "CHANGE_TIMEOUT_S", 4.0)
    monkeypatch.setattr(edits, "define", slowly)
    job = await here.submit({READ: 100})
    assert isinstance(job.error, TimedOut), job.error
    monkeypatch.setattr(services, "CHANGE_TIMEOUT_S", PATIENCE_S)
    second = asyncio.ensure_future(here.submit({WRITE: 50}))
    key = await here.world.seen("web")
    assert here.edits.lock(key).locked()
    go.set()
    assert (await second).state is JobState.DONE
    assert limits(lab_host) == [(100, 50)] * 2
    await eventually(lambda: len(here.told) == 2)


async def test_one_that_was_given_up_does_not_define(
    here: Editor, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_disk(lab_host, start=True)
    make, go = edits.LiveChange.make, threading.Event()

    def slowly(self: Any, call: Any) -> None:
        make(self, call)
        assert go.wait(PATIENCE_S)

    monkeypatch.setattr(services, "CHANGE_TIMEOUT_S", 4.0)
    monkeypatch.setattr(edits.LiveChange, "make", slowly)
    job = await here.submit({READ: 100})
    assert isinstance(job.error, TimedOut), job.error
    go.set()
    lock = here.edits.lock(await here.world.seen("web"))
    await eventually(lambda: not lock.locked())
    assert limits(lab_host) == [(0, 0)] * 2
    assert not here.told


async def test_an_agent_that_fell_silent_is_nobodys_change(
    here: Editor, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab_host.define_tiny("web", max_vcpus=4, start=True)
    await asyncio.to_thread(lab_host.wait_agent, "web")
    vcpus = own(Setting.VCPUS)
    await here.change({vcpus: 3})
    await here.change({vcpus: 1})
    seen, before = await here.look(), xml_of(lab_host)
    assert seen.value(vcpus) == 1
    monkeypatch.setattr(edits_look, "ask_guest_vcpus", lambda _domain, **_options: None)
    job = await here.submit({vcpus: 2}, seen=seen)
    assert isinstance(job.error, AgentUnavailable), job.error
    assert xml_of(lab_host) == before
    # To plug in more it is not needed.
    assert (await here.submit({vcpus: 4}, seen=seen)).state is JobState.DONE


async def test_what_stays_is_in_the_log_of_the_job(here: Editor, lab_host: LabHost) -> None:
    disks = (
        Disk(lab_host.make_disk("a.qcow2", 64)),
        Disk(lab_host.make_disk("b.raw", 64, "raw"), target="vdb", format="raw"),
    )
    lab_host.define_tiny("web", disks=disks, start=True)
    wishes = {SettingKey(Setting.DISK_BYTES, "vda"): 128 * MIB, SettingKey(Setting.DISK_BYTES, "vdb"): 2**50}
    job = await here.submit(wishes)
    assert isinstance(job.error, PartlyDone), job.error
    assert any("vda:size" in line.text and str(job.error.failed[0][1]) in line.text for line in job.log)


@pytest.mark.long
async def test_one_that_migrates_waits(world: World, lab_hosts: tuple[LabHost, ...]) -> None:
    """What is changed on the way is not there when it has arrived, and its host takes it without a word."""
    here_host, there = lab_hosts[:2]
    world.add(here_host.tcp_uri)
    await world.connected()
    here = Editor(world)
    here_host.define_tiny("web", start=True)
    await asyncio.to_thread(here_host.wait_agent, "web")
    key = await world.seen("web")
    text, ended = await here.edits.text(key, saved=True), list[object]()

    def migrate() -> None:
        flags = (
            libvirt.VIR_MIGRATE_LIVE | libvirt.VIR_MIGRATE_PERSIST_DEST | libvirt.VIR_MIGRATE_UNDEFINE_SOURCE
        )
        # The binding's annotations have the parameters as a text.
        slowly: Any = {"bandwidth": 1}
        with here_host.connect() as source, there.connect() as target:
            try:
                source.lookupByName("web").migrate3(target, slowly, flags)
            except libvirt.libvirtError as error:
                ended.append(error)

    thread = threading.Thread(target=migrate)
    thread.start()
    try:
        while not (seen := await here.look()).is_migrating:
            assert not ended
        wishes = {own(Setting.VCPUS_MAX): 4}
        found = await here.edits.preview(key, wishes)
        assert [(one.when, one.why) for one in found.plan.changes] == [(When.IMPOSSIBLE, Why.MIGRATING)]
        job = await here.submit(wishes, seen=seen)
        assert isinstance(job.error, InvalidState), job.error
        job = await here.define(text.replace("<memory", "<title>lost</title><memory", 1), text)
        assert isinstance(job.error, Busy), job.error
        assert "<title>" not in xml_of(here_host, INACTIVE)
        assert not here.told
    finally:
        with here_host.connect() as connection:
            connection.lookupByName("web").abortJob()
        thread.join()
