"""What every form about hardware is tried with on a real host: each answer alone, read back, and all else as it was.

`hardware_cases/KIND.py` says what to try; everything here blocks. Machines are defined for one try and forgotten after
it, on one host for all: some hundredths of a second for each.
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import libvirt
import pytest

from tests.lab.domain_xml import domain_xml, tiny_spec
from tests.lab.hardware_cases.case import Case
from tests.lab.lab_host import LabHost
from vmgui.commands.fields import Answers
from vmgui.commands.hardware import form as forms
from vmgui.commands.hardware.every import DEVICES, MACHINE
from vmgui.commands.hardware.form import DeviceForm, MachineForm, Scene
from vmgui.hypervisor import hardware
from vmgui.hypervisor.networks import list_bridges, list_filters, list_networks
from vmgui.hypervisor.node import capabilities_xml
from vmgui.hypervisor.node_devices import list_node_devices
from vmgui.hypervisor.storage import list_pools
from vmgui.libvirtxml.capabilities import parse_capabilities
from vmgui.libvirtxml.edit import add_device
from vmgui.model.device import ListedDevice
from vmgui.model.device_disk import DiskDevice
from vmgui.model.edit import Reach, When
from vmgui.model.errors import VmguiError
from vmgui.model.hardware import (
    AddDevice,
    ChangeDevice,
    HardwareMachine,
    HardwareOffer,
    Wish,
)
from vmgui.model.host import DomainCapabilities
from vmgui.policy.device_values import with_values
from vmgui.services.hardware import DEVICE_KINDS

_CASES = Path(__file__).parent / "hardware_cases"
_INACTIVE = libvirt.VIR_DOMAIN_XML_INACTIVE
# What libvirt adds by itself for another device, and leaves there when that goes.
_OF_LIBVIRT = frozenset({"controller", "audio", "hub"})


def cases() -> tuple[Case, ...]:
    """All of all files, in their order."""
    found: list[Case] = []
    for path in sorted(_CASES.glob("*.py")):
        if path.stem not in ("__init__", "case"):
            found += import_module(f"tests.lab.hardware_cases.{path.stem}").CASES
    return tuple(found)


def name_of(case: Case) -> str:
    """ "disk-virtio"."""
    return "-".join(filter(None, (case.kind, case.name)))


def device_form(kind: str) -> DeviceForm | None:
    return next((form for form in DEVICES if form.kind == kind), None)


def machine_form(kind: str) -> MachineForm | None:
    return next((form for form in MACHINE if form.kind == kind), None)


def form_of(case: Case) -> DeviceForm | MachineForm:
    """Raises where the case's form is not there."""
    form = machine_form(case.kind) if case.device is None else device_form(case.kind)
    assert form is not None, f"no form {case.kind}"
    return form


@dataclass
class Bench:
    """One host on which forms are tried."""

    host: LabHost
    conn: libvirt.virConnect
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _capabilities: dict[tuple[str, str, str], DomainCapabilities | None] = field(
        default_factory=dict[tuple[str, str, str], DomainCapabilities | None]
    )

    @cached_property
    def offer(self) -> HardwareOffer:
        """What the host has, read once."""
        return HardwareOffer(
            networks=list_networks(self.conn),
            bridges=list_bridges(self.conn),
            filters=list_filters(self.conn),
            pools=list_pools(self.conn),
            node_devices=tuple(one for one in list_node_devices(self.conn) if one.kind in DEVICE_KINDS),
            guests=parse_capabilities(capabilities_xml(self.conn)).guests,
        )

    @contextlib.contextmanager
    def machine(self, case: Case | None = None, *, start: bool = False) -> Generator[Machine]:
        """A machine with the case's device, forgotten afterwards."""
        name = f"try{next(self._numbers)}"
        xml = machine_xml(name, case)
        if start and case is not None:
            self._make_file(case.device)
        domain = self.conn.defineXML(xml)
        try:
            if start:
                domain.create()
                self.host.wait_agent(name)
            yield Machine(self, domain, case)
        finally:
            if domain.isActive():
                domain.destroy()
            domain.undefineFlags(
                libvirt.VIR_DOMAIN_UNDEFINE_NVRAM | getattr(libvirt, "VIR_DOMAIN_UNDEFINE_TPM", 0)
            )

    def look(self, uuid: str) -> HardwareMachine:
        """With what its machine type offers, which is read once for each."""
        plain = hardware.read_machine(self.conn, uuid)
        said = plain.live or plain.saved
        assert said is not None
        thing = (said.arch, said.machine, said.domain_type)
        if thing not in self._capabilities:
            self._capabilities[thing] = hardware.with_capabilities(self.conn, plain).capabilities
        return hardware.read_machine(self.conn, uuid, self._capabilities[thing])

    def _make_file(self, device: object) -> None:
        path = device.source.file if isinstance(device, DiskDevice) and device.source is not None else ""
        folder, _, name = path.rpartition("/")
        if name and folder == self.host.images_dir:
            assert isinstance(device, DiskDevice)
            self.host.make_disk(name, 64, device.format or "raw")


@dataclass
class Machine:
    """One machine that is tried."""

    bench: Bench
    domain: libvirt.virDomain
    case: Case | None
    _device: object = None  # the case's, as it was last

    def look(self) -> HardwareMachine:
        return self.bench.look(self.domain.UUIDString())

    def scene(
        self, form: DeviceForm | MachineForm, *, new: bool = False, wishes: tuple[Wish, ...] = ()
    ) -> Scene:
        """As the form sees it, of the case's device. `wishes`: what was changed of it since the last look."""
        machine = self.look()
        if new or isinstance(form, MachineForm) or self.case is None:
            return Scene(machine, self.bench.offer)
        wanted: Any = self.case.device if self._device is None else self._device
        for wish in wishes:
            if isinstance(wish, ChangeDevice):
                wanted = with_values(wanted, wish.values)
        # libvirt may put it elsewhere, and call it otherwise from the next start on.
        kept = [one for one in fitting(form, machine) if one.saved is not None]
        listed = most_like(wanted, kept)
        self._device = listed.saved
        return Scene(machine, self.bench.offer, listed)

    def wishes(self, form: DeviceForm | MachineForm, scene: Scene, answers: Answers) -> tuple[Wish, ...]:
        if isinstance(form, MachineForm):
            return forms.machine_wishes(form, scene, answers)
        return forms.wishes(form, scene, answers)

    def truth(self, form: DeviceForm | MachineForm, scene: Scene) -> Answers:
        if isinstance(form, MachineForm):
            return forms.machine_truth(form, scene)
        return forms.truth(form, scene)

    def change(self, wishes: tuple[Wish, ...], reach: Reach = Reach.BOTH) -> None:
        capabilities = self.look().capabilities
        uuid = self.domain.UUIDString()
        hardware.change(self.bench.conn, uuid, wishes, reach, capabilities=capabilities)

    def xml(self) -> str:
        return self.domain.XMLDesc(_INACTIVE)


def fitting(form: DeviceForm, machine: HardwareMachine) -> list[ListedDevice]:
    """The machine's devices that a form is about."""
    return [
        one
        for one in machine.devices
        if one.kind == form.tag and form.fits(one.saved if one.saved is not None else one.live)
    ]


def most_like(device: object, found: list[ListedDevice]) -> ListedDevice:
    """The one that was defined as this: libvirt adds others of its kind, and says more of it."""
    names = [one.name for one in fields(device) if getattr(device, one.name) != one.default]  # type: ignore[arg-type]

    def likeness(one: ListedDevice) -> int:
        its = one.saved if one.saved is not None else one.live
        return sum(getattr(its, name) == getattr(device, name) for name in names)

    return max(reversed(found), key=likeness)


def machine_xml(name: str, case: Case | None) -> str:
    """A tiny guest with a USB controller, with what the case needs in it."""
    xml = domain_xml(tiny_spec(name, spare_ports=10))
    xml = re.sub(r'(<controller type="usb" model=)"none"', r'\1"qemu-xhci"', xml)
    if case is None:
        return xml
    if case.machine_xml:
        root = ET.fromstring(xml)
        for part in ET.fromstring(f"<parts>{case.machine_xml}</parts>"):
            if (old := root.find(part.tag)) is not None:
                root.remove(old)
            root.append(part)
        xml = ET.tostring(root, encoding="unicode")
    return add_device(xml, case.device) if case.device is not None else xml


# What is compared.


def unlike(before: str, after: str, wishes: tuple[Wish, ...], listed: ListedDevice | None) -> list[str]:
    """What is otherwise in a definition beside the device that the wishes name, and what libvirt adds by itself."""
    # What a form changes with it is of the machine itself, or of other devices: then those of its own kind stay.
    is_alone = all(isinstance(wish, ChangeDevice) for wish in wishes)
    kinds = {listed.kind} if listed is not None else set[str]()
    kinds |= {wish.seen.kind for wish in wishes if isinstance(wish, ChangeDevice)}
    found = (
        _otherwise(before, after, of_one={*kinds}, most=len(wishes)) if is_alone or listed is not None else []
    )
    return found if is_alone else [line for line in found if not line.startswith("<")]


def _otherwise(before: str, after: str, of_one: set[str] | None = None, most: int = 1) -> list[str]:
    """Elements that only one of both has; of these kinds of devices so many may be otherwise."""
    was, now = _elements(before), _elements(after)
    found: list[str] = []
    for name in dict.fromkeys((*was, *now)):
        gone, new = Counter(was.get(name, ())), Counter(now.get(name, ()))
        gone, new = gone - new, new - gone
        may_have_more = gone.total() == new.total() or name in _OF_LIBVIRT
        if name in (of_one or ()) and gone.total() <= most and may_have_more:
            continue
        found += [f"{name} is gone: {text}" for text in gone.elements()]
        if name not in _OF_LIBVIRT:
            found += [f"{name} is new: {text}" for text in new.elements()]
    return found


def _elements(xml: str) -> dict[str, list[str]]:
    """Devices by their kinds, the rest of the machine as <title>."""
    found: dict[str, list[str]] = {}
    root = ET.fromstring(xml)
    for node in root:
        if node.tag != "devices":
            found.setdefault(f"<{node.tag}>", []).append(_text(node))
    for node in root.iterfind("devices/*"):
        found.setdefault(node.tag, []).append(_text(node))
    return found


def _text(node: ET.Element) -> str:
    return ET.canonicalize(ET.tostring(node, encoding="unicode"), strip_text=True)


# The tries.


def try_answer(bench: Bench, case: Case, name: str) -> None:
    """One answer, of a machine that is off."""
    form = form_of(case)
    with bench.machine(case) as machine:
        scene = machine.scene(form)
        answer = case.answers[name]
        shown = machine.truth(form, scene)
        assert name in shown, f"{name} is not asked; there is {', '.join(shown)}"
        assert shown[name] != answer, f"{name} is {answer!r} already: another answer has to be tried"
        if why := _why_not(form, scene, shown, name, answer):
            # The machine's own host has all of it: there this would be a fault of the form.
            assert bench.host.name[-1] != "a", why
            pytest.skip(why)
        wishes = machine.wishes(form, scene, {name: answer, **case.also.get(name, {})})
        assert wishes, f"{name}={answer!r} wishes for nothing"
        before = machine.xml()
        machine.change(wishes)
        now = machine.scene(form, wishes=wishes)
        assert machine.truth(form, now)[name] == answer
        assert not unlike(before, machine.xml(), wishes, scene.listed)
        _is_all(form, scene, now, wishes)


def _why_not(form: DeviceForm | MachineForm, scene: Scene, shown: Answers, name: str, answer: object) -> str:
    """Why a person could not choose this here."""
    offered = forms.offers(form.asked(scene) if isinstance(form, DeviceForm) else form.knobs, scene, shown)
    options = offered.get(name)
    if not isinstance(options, tuple):
        return ""
    return next((str(option.why_not) for option in options if option.value == answer), "")


def _is_all(form: DeviceForm | MachineForm, before: Scene, now: Scene, wishes: tuple[Wish, ...]) -> None:
    """Of the device itself nothing else is otherwise, as far as its form shows it."""
    if isinstance(form, MachineForm):
        return
    expected = before.kept
    for wish in wishes:
        if isinstance(wish, ChangeDevice):
            expected = with_values(expected, wish.values)
    for knob in form.asked(now):
        if knob.path or knob.get is not None:
            assert knob.answer(now.kept) == knob.answer(expected), knob.name


def try_refused(bench: Bench, case: Case, name: str) -> None:
    """An answer that must be refused, before anything is done, or by the host in words."""
    form = form_of(case)
    with bench.machine(case) as machine:
        scene = machine.scene(form)
        answers = {**machine.truth(form, scene), name: case.fails[name]}
        if any(note.level.blocks for note in form.judge(scene, answers)):
            return
        before = machine.xml()
        with contextlib.suppress(VmguiError):
            machine.change(machine.wishes(form, scene, {name: case.fails[name]}))
            raise AssertionError(f"{name}={case.fails[name]!r} is not refused")
        assert machine.xml() == before


def try_fresh(bench: Bench, form: DeviceForm, case: Case | None, *, start: bool = False) -> str:
    """A new device as it is suggested, added and removed; why there can be none, where there can be none."""
    bare = Case(case.kind, machine_xml=case.machine_xml) if case is not None else None
    with bench.machine(bare, start=start) as machine:
        scene = machine.scene(form, new=True)
        if why := forms.why_none(form, scene):
            return why
        answers = forms.truth(form, scene)
        if case is not None and any(note.level.blocks for note in form.judge(scene, answers)):
            # It needs to be told something: a folder, a path.
            its = {k.name: k.answer(case.device) for k in form.asked(scene) if k.path or k.get is not None}
            answers = {**answers, **its}
        wishes = forms.wishes(form, scene, answers)
        assert isinstance(wishes[-1], AddDevice)
        before, had = machine.xml(), [one.saved for one in fitting(form, scene.machine)]
        machine.change(wishes)
        # Ids of what has no name of its own may be others now.
        found = [one for one in fitting(form, machine.look()) if one.saved not in had]
        assert len(found) == 1, found
        machine.change(forms.removal(form, Scene(machine.look(), bench.offer, found[0])))
        assert [one.saved for one in fitting(form, machine.look())] == had
        if len(wishes) == 1:
            assert not _otherwise(before, machine.xml())
        return ""


def try_running(bench: Bench, case: Case) -> None:
    """Every answer, one after the other, while it runs: what applies now is so now, the rest after the next start."""
    form = form_of(case)
    with bench.machine(case, start=True) as machine:
        for name, answer in case.answers.items():
            scene = machine.scene(form)
            truth = machine.truth(form, scene)
            knob = next(one for one in form.knobs if one.name == name)
            # What was answered before may leave nothing to ask.
            is_shown = knob.field.shown is None or knob.field.shown(truth)
            if name not in truth or truth[name] == answer or not is_shown:
                continue
            if _why_not(form, scene, machine.truth(form, scene), name, answer):
                continue
            wishes = machine.wishes(form, scene, {name: answer, **case.also.get(name, {})})
            plan = hardware.plan(scene.machine, wishes)
            assert plan.is_possible, (name, plan.changes)
            machine.change(wishes)
            now = machine.scene(form, wishes=wishes)
            assert machine.truth(form, now)[name] == answer
            if isinstance(form, DeviceForm) and now.listed is not None and now.listed.live is not None:
                is_now = all(change.when is When.NOW for change in plan.changes)
                if knob.path and is_now:
                    assert knob.answer(now.listed.live) == answer, f"{name} is not so now"
