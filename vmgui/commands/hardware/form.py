"""What a form about one device is declared with, and all that follows from it: answers, wishes, marks. Pure.

A field shows what the device will be after the machine's next start; where nothing is kept of it, what it is now. Where
the two differ the mark under the field says so. Only what a person answers otherwise is a wish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vmgui.commands.fields import Answers, Choice, Field, Option
from vmgui.model.creation import NewVolume
from vmgui.model.device import ListedDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import (
    AddDevice,
    ChangeDevice,
    ChangeMachine,
    HardwareMachine,
    HardwareOffer,
    RemoveDevice,
    Wish,
)
from vmgui.policy.device import is_other
from vmgui.policy.device_values import value_at, with_values
from vmgui.words import edits as edit_words
from vmgui.words import hardware as words
from vmgui.words.note import Note
from vmgui.words.say import Say, say

CHIPS = tuple(edit_words.WHEN.values())


@dataclass(frozen=True, slots=True)
class Scene:
    """What a form is about: one device (None: one that is to be added), or the machine itself, and what there is for it."""

    machine: HardwareMachine
    offer: HardwareOffer
    listed: ListedDevice | None = None

    @property
    def kept(self) -> Any:
        """As it will be; where nothing is kept of it, as it is now. None: it is to be added."""
        if self.listed is None:
            return None
        return self.listed.saved if self.listed.saved is not None else self.listed.live

    @property
    def others(self) -> tuple[Any, ...]:
        """All other devices, as they will be or are."""
        found = (one for one in self.machine.devices if self.listed is None or one.id != self.listed.id)
        return tuple(one.saved if one.saved is not None else one.live for one in found)


def is_new(scene: Scene) -> bool:
    """Whether the device is to be added."""
    return scene.listed is None


def is_kept(scene: Scene) -> bool:
    """Whether it is there already."""
    return scene.listed is not None


def _always(_scene: Scene) -> bool:
    return True


Get = Callable[[Any], Any]
Put = Callable[[Any, Any], Mapping[str, object]]
Offer = Callable[[Scene], Any]


@dataclass(frozen=True, slots=True)
class Knob:
    """One field of a form and the values of the device that it stands for.

    `path`: of the one value that it is. Where an answer is another thing than the value, or several values at once,
    `get` makes the answer of a device and `put` the values by their paths of (device, answer). A knob without any of them
    asks what is no value of the device: the form's `follow`, `volume` or `more` reads its answer, its `first` has the first.

    `offer`: what there is to answer with, as the field's control takes it: options, a capacity, a reason why not.
    `when`: whether it is asked at all: of a new device only (`is_new`), where the machine lacks something ...
    """

    field: Field
    path: str = ""
    get: Get | None = None
    put: Put | None = None
    offer: Offer | None = None
    folded: bool = False  # rarely needed
    when: Callable[[Scene], bool] = _always

    @property
    def name(self) -> str:
        return self.field.name

    def answer(self, device: Any) -> Any:
        """The answer that this device is."""
        if self.get is not None:
            return self.get(device)
        return value_at(device, self.path) if self.path else None

    def values(self, device: Any, answer: Any) -> Mapping[str, object]:
        """What an answer makes of it."""
        if self.put is not None:
            return self.put(device, answer)
        return {self.path: answer} if self.path else {}


def _nothing(_scene: Scene, _answers: Answers) -> Iterable[Any]:
    return ()


def _nowhere(_scene: Scene, _device: Any, _answers: Answers) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Form:
    """What every form has.

    `judge`: what is to be said under the fields, beside when it applies; what blocks keeps from applying. `more`: what
    has to change with it (shared memory for virtiofs); nothing, where nothing is answered otherwise. `first`: the answers
    of those knobs that stand for no value. `follow`: values, by path, that follow from the answers and the rest of the
    machine (a disk's target from its bus), of what the knobs made.

    All of them are given an answer for every knob that is asked.
    """

    kind: str
    title: Say  # "Network card"
    icon: str
    knobs: tuple[Knob, ...]
    judge: Callable[[Scene, Answers], Iterable[Note]] = _nothing
    more: Callable[[Scene, Answers], Iterable[Wish]] = _nothing
    first: Callable[[Scene], Answers] = lambda _scene: {}
    follow: Callable[[Scene, Any, Answers], Mapping[str, object]] = _nowhere

    def asked(self, scene: Scene) -> tuple[Knob, ...]:
        """The knobs that there are here."""
        return tuple(knob for knob in self.knobs if knob.when(scene))

    def knob(self, name: str) -> Knob:
        """The one of this name."""
        return next(knob for knob in self.knobs if knob.name == name)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DeviceForm(_Form):
    """Everything particular to one kind of device; `kind` is what `device add` and the list's groups call it: disk, cdrom,
    interface ...

    `fits`: whether a device of its tag is of this kind (a CD drive is a `<disk>`, too). `fresh`: a new one with sensible
    values, or a text that says why there can be none. `volume`: what is made first for a new one. `loses`: what goes for
    good with a device that is removed, or cannot be had without it, as a sentence; empty: nothing that its kind does not
    say. `takes`: what must go before it, lest it comes back. `called`, `keys`: other words for it and its knobs on the
    command line; what is typed for such a key is that of one or more knobs: {"network": {"source": "network:{}"}}.
    """

    tag: str
    fresh: Callable[[Scene], Any]
    fits: Callable[[Any], bool] = lambda _device: True
    volume: Callable[[Scene, Answers], NewVolume | None] = lambda _scene, _answers: None
    loses: Callable[[Scene], str] = lambda _scene: ""
    takes: Callable[[Scene], Iterable[Wish]] = lambda _scene: ()
    called: tuple[str, ...] = ()  # nic
    keys: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MachineForm(_Form):
    """What a machine is beside its devices; `kind` is its id in the list: start, boot, processor, firmware. Its knobs are
    about DomainValues; what else it asks is read by `more`."""


# Answers and wishes.


def truth(form: DeviceForm, scene: Scene) -> Answers:
    """What the form shows while nobody answered anything; of a device that is to be added, the suggestion, nothing where
    there can be none."""
    device = _start(form, scene)
    return {} if isinstance(device, str | Say) else _shown(form, scene, device)


def why_none(form: DeviceForm, scene: Scene) -> str:
    """Why no such device can be added; empty: it can."""
    device = _start(form, scene)
    return str(device) if isinstance(device, str | Say) else ""


def wishes(form: DeviceForm, scene: Scene, answers: Answers) -> tuple[Wish, ...]:
    """What these answers wish for; nothing, where it is so already, or there can be no such device."""
    device = _start(form, scene)
    if isinstance(device, str | Say):
        return ()
    complete = {**truth(form, scene), **answers}
    values = _values(form.asked(scene), device, answers)
    changed = with_values(device, values.items())
    if values or scene.listed is None:
        follows = form.follow(scene, changed, complete)
        values.update((path, value) for path, value in follows.items() if value_at(changed, path) != value)
        changed = with_values(changed, follows.items())
    more = tuple(form.more(scene, complete))
    if scene.listed is None:
        return (*more, AddDevice(changed, form.volume(scene, complete)))
    values = {path: value for path, value in values.items() if value_at(device, path) != value}
    own = (ChangeDevice(scene.listed.id, tuple(values.items()), scene.listed),) if values else ()
    return (*more, *own)


def _start(form: DeviceForm, scene: Scene) -> Any:
    return form.fresh(scene) if scene.listed is None else scene.kept


def removal(form: DeviceForm | None, scene: Scene) -> tuple[Wish, ...]:
    """What takes the device away, with what has to go with it."""
    if scene.listed is None:
        return ()
    taken = form.takes(scene) if form is not None else ()
    return (*taken, RemoveDevice(scene.listed.id, scene.listed))


def machine_truth(form: MachineForm, scene: Scene) -> Answers:
    """Likewise of the machine itself."""
    return _shown(form, scene, scene.machine.values or DomainValues())


def _shown(form: DeviceForm | MachineForm, scene: Scene, device: Any) -> Answers:
    first = form.first(scene)
    return {
        knob.name: first[knob.name] if knob.name in first else knob.answer(device)
        for knob in form.asked(scene)
    }


def machine_wishes(form: MachineForm, scene: Scene, answers: Answers) -> tuple[Wish, ...]:
    """Likewise."""
    now = scene.machine.values or DomainValues()
    complete = {**machine_truth(form, scene), **answers}
    values = _values(form.knobs, now, answers)
    if values:
        values.update(form.follow(scene, with_values(now, values.items()), complete))
        values = {path: value for path, value in values.items() if value_at(now, path) != value}
    own = (ChangeMachine(tuple(values.items()), now),) if values else ()
    return (*own, *form.more(scene, complete))


def _values(knobs: Iterable[Knob], device: Any, answers: Answers) -> dict[str, object]:
    """What is answered otherwise, by path; each answer is read over what those before it made of the device."""
    found: dict[str, object] = {}
    for knob in knobs:
        if knob.name in answers and answers[knob.name] != knob.answer(device):
            changed = knob.values(with_values(device, found.items()), answers[knob.name])
            found.update((path, value) for path, value in changed.items())
    return {path: value for path, value in found.items() if value_at(device, path) != value}


def offers(knobs: Iterable[Knob], scene: Scene, shown: Answers) -> dict[str, Any]:
    """What there is to answer with, by the fields' names; of options those that are so stand among them."""
    found: dict[str, Any] = {}
    for knob in knobs:
        if not knob.when(scene):
            continue
        if knob.offer is not None:
            means = knob.offer(scene)
        elif isinstance(knob.field, Choice):
            means = knob.field.options
        else:
            continue
        if isinstance(knob.field, Choice):
            means = with_present(means, shown.get(knob.name))
        found[knob.name] = means
    return found


def with_present(options: Sequence[Option], value: Any) -> tuple[Option, ...]:
    """The options, and what a machine has that is none of them: nobody is made to change it."""
    if value is None or any(option.value == value for option in options):
        return tuple(options)
    return (*options, Option(value, str(value)))


# What others did, what is pending.


def answer_words(knob: Knob, answer: Any) -> str:
    """As the field has it."""
    if isinstance(knob.field, Choice):
        label = next((option.label for option in knob.field.options if option.value == answer), None)
        if label is not None:
            return label.plain if isinstance(label, Say) else label
    return words.plain_value(answer)


def reverted(form: DeviceForm, scene: Scene, name: str) -> tuple[Wish, ...]:
    """What takes back what is pending of one field: it will be after the next start as it is now."""
    listed = scene.listed
    if listed is None or listed.live is None or listed.saved is None:
        return ()
    knob = form.knob(name)
    values = knob.values(listed.saved, knob.answer(listed.live))
    return (ChangeDevice(listed.id, tuple(values.items()), listed),)


def overtaken(form: DeviceForm, before: Scene, now: Scene, name: str) -> str:
    """What this field was changed to since: "link (now down)"; empty: it was not."""
    knob = next((knob for knob in form.knobs if knob.name == name), None)
    if knob is None or before.kept is None or now.kept is None:
        return ""
    if is_other(now.kept, before.kept):
        return say("Hardware", "{field} (another device now)").format(field=knob.field.plain)
    if knob.answer(before.kept) == knob.answer(now.kept):
        return ""
    return overtaken_words(knob, knob.answer(now.kept))


def overtaken_words(knob: Knob, answer: Any) -> str:
    """ "link (now down)"."""
    return say("Hardware", "{field} (now {value})").format(
        field=knob.field.plain, value=answer_words(knob, answer)
    )
