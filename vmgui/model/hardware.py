"""A machine's hardware and how a person wants it changed, device by device: data.

`policy/hardware.py` judges, `hypervisor/hardware.py` reads and carries out, `commands/hardware/` has a form for each kind.
A value of a device is named by its path in the device's model: "link", "source.network", "boot.order".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from vmgui.model.creation import NewVolume
from vmgui.model.device import ListedDevice
from vmgui.model.device_display import GraphicsDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.edit import Remedy, When
from vmgui.model.host import DomainCapabilities, GuestCapability
from vmgui.model.media import LookedAt
from vmgui.model.network import Network
from vmgui.model.node_device import NodeDevice
from vmgui.model.offer import DiskUse
from vmgui.model.storage import Pool, Volume

Values = tuple[tuple[str, object], ...]
"""New values by their paths. A password may be among them: never to be logged."""


# What a person wants.


@dataclass(frozen=True, slots=True)
class AddDevice:
    """`device`: of a class of `model/device_*.py`, without alias and, unless the person chose one, without address.

    `volume`: is made first, and is what the device (a disk) holds; taken away again where the device cannot be added.
    """

    device: object
    volume: NewVolume | None = None


@dataclass(frozen=True, slots=True)
class ChangeDevice:
    """Other values of one device; `seen`: as it was when the person changed it."""

    id: str
    values: Values = field(repr=False)
    seen: ListedDevice


@dataclass(frozen=True, slots=True)
class RemoveDevice:
    """`seen`: as it was when the person decided."""

    id: str
    seen: ListedDevice


@dataclass(frozen=True, slots=True)
class ChangeMachine:
    """Other values of the machine itself, by paths of DomainValues; they apply at the next start. `seen`: the saved ones."""

    values: Values
    seen: DomainValues


@dataclass(frozen=True, slots=True)
class SetAutostart:
    """Whether it starts with its host; no part of its definition."""

    on: bool


Wish = AddDevice | ChangeDevice | RemoveDevice | ChangeMachine | SetAutostart
"""Those of one person at one moment are carried out together, in their order; all or nothing."""


# What is so.


@dataclass(frozen=True, slots=True, kw_only=True)
class HardwareMachine:
    """All of a machine that a change of its hardware is judged by, read in one go; no passwords in it."""

    uuid: str
    name: str
    is_active: bool = False
    is_persistent: bool = True
    is_paused: bool = False
    is_migrating: bool = False
    has_saved_state: bool = False
    devices: tuple[ListedDevice, ...] = ()
    live: DomainValues | None = None  # None: it is off
    saved: DomainValues | None = None  # None: kept nowhere
    autostart: bool | None = None  # None: its host cannot say
    capabilities: DomainCapabilities | None = None  # of its machine type; None: its host does not tell
    libvirt_version: int = 0  # 9_000_000; for what nothing else tells

    def device(self, id_: str) -> ListedDevice | None:
        """The one of this id."""
        return next((device for device in self.devices if device.id == id_), None)

    @property
    def guarded(self) -> tuple[str, ...]:
        """Kinds of the displays that run with a password: they can be given another."""
        live = (one.live for one in self.devices)
        return tuple(one.kind for one in live if isinstance(one, GraphicsDevice) and one.password)

    @property
    def values(self) -> DomainValues | None:
        """Of the machine itself after the next start; of one that is kept nowhere, those that it has now."""
        return self.saved or self.live


@dataclass(frozen=True, slots=True, kw_only=True)
class HardwareOffer:
    """What its host has for a machine, as far as it is known by now: what is slow to tell is missing at first."""

    networks: tuple[Network, ...] = ()
    bridges: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()  # names of network filters
    pools: tuple[Pool, ...] = ()
    node_devices: tuple[NodeDevice, ...] = ()  # of the kinds net, usb_device and pci
    guests: tuple[GuestCapability, ...] = ()  # what machines the host can run
    macs: Mapping[str, str] = field(
        default_factory=dict[str, str]
    )  # of other machines of all hosts: MAC, name
    held: Mapping[str, str] = field(
        default_factory=dict[str, str]
    )  # the host's devices that other machines have: node device's name, machine's name
    volumes: Mapping[str, tuple[Volume, ...]] = field(
        default_factory=dict[str, tuple[Volume, ...]]
    )  # of the pools that have told, by their names
    disk_uses: Mapping[str, tuple[DiskUse, ...]] = field(
        default_factory=dict[str, tuple[DiskUse, ...]]
    )  # file or device of the host, as `same_place` spells it: which machines have it as a disk
    looked: Mapping[str, LookedAt] = field(
        default_factory=dict[str, LookedAt]
    )  # files that were looked into, by their paths
    is_privileged: bool = True  # a system daemon: bridges and virtual networks may be used
    shares_files: bool = False  # a path here is the same file there


# What a change does.


class HardwareWhy(Enum):
    """Why a change applies later or never, or what is to be known of it."""

    # At the next start only, because
    FIXED_WHILE_RUNNING = "fixed_while_running"  # no hypervisor changes this in a running machine
    NOT_PLUGGABLE = "not_pluggable"  # a device of this kind is not added to a running machine
    NOT_UNPLUGGABLE = "not_unpluggable"
    PAUSED = "paused"  # a guest that stands still lets go of nothing
    NO_FREE_PORT = "no_free_port"  # of PCI; the next start makes one
    NO_CONTROLLER = (
        "no_controller"  # it runs without one that the device needs; `detail`: usb, virtio-serial ...
    )
    NO_SHARED_MEMORY = "no_shared_memory"  # it was started without
    NEEDS_NEXT_START = "needs_next_start"  # what goes with it applies only then
    HOST_CANNOT_NOW = "host_cannot_now"  # this host's libvirt cannot in a running machine
    ASKED = "asked"
    HAS_SAVED_STATE = "has_saved_state"  # it goes on as it was saved
    # Impossible, because
    HOST_CANNOT = "host_cannot"  # `detail`: the model, bus or kind that its hypervisor does not have
    ONLY_ONE = "only_one"  # of such a device
    TARGET_TAKEN = "target_taken"  # `detail`: vda
    BUILT_IN = "built_in"  # the machine's type has it; it cannot be removed
    IN_USE_BY = "in_use_by"  # a controller; `detail`: what hangs on it
    GONE = "gone"
    NOT_RUNNING = "not_running"  # asked for now only
    TRANSIENT = "transient"  # asked for the next start, which there is none of
    MIGRATING = "migrating"
    # To be known of it:
    GUEST_LETS_GO = "guest_lets_go"  # it is taken out when the guest lets go of it, which may never be
    FILE_STAYS = "file_stays"  # of a disk that is removed; `detail`: the path
    NO_MORE_BOOT = "no_more_boot"  # nothing is left that the machine starts from
    NO_MORE_DISPLAY = "no_more_display"


@dataclass(frozen=True, slots=True)
class HardwareChange:
    """A wish, or one value of it: `path`, from `live` and `saved` to `to`."""

    wish: Wish
    when: When
    path: str = ""
    live: object = field(default=None, repr=False)
    saved: object = field(default=None, repr=False)
    to: object = field(default=None, repr=False)
    why: HardwareWhy | None = None
    detail: str = ""
    remedy: Remedy | None = None
    notes: tuple[tuple[HardwareWhy, str], ...] = ()
    saves: bool = True  # it also stands in the definition


_ORDER = (When.NOW, When.NEXT_START, When.IMPOSSIBLE)


def lateness(change: HardwareChange) -> int:
    """To order changes by: what applies now first, what never does last."""
    return _ORDER.index(change.when)


@dataclass(frozen=True, slots=True)
class HardwarePlan:
    """What the wishes do: pure, made of what was read of the machine."""

    changes: tuple[HardwareChange, ...]

    @property
    def is_possible(self) -> bool:
        """Whether nothing of it is impossible."""
        return all(change.when is not When.IMPOSSIBLE for change in self.changes)

    def of(self, wish: Wish) -> tuple[HardwareChange, ...]:
        """What becomes of one wish."""
        return tuple(change for change in self.changes if change.wish is wish)


@dataclass(frozen=True, slots=True)
class HardwarePreview:
    """A plan with what it does to the XML; no passwords in it."""

    machine: HardwareMachine
    plan: HardwarePlan
    live_diff: str = ""  # unified; empty: nothing changes
    saved_diff: str = ""
    virsh: tuple[str, ...] = ()
