"""Names, addresses and places of one lab, all derived from its number, so that two labs never collide."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from pathlib import Path

HOST_LETTERS = ("a", "b", "c")
# Started only by who asks for them by name.
FURTHER_LETTERS = ("d",)
ALL_LETTERS = HOST_LETTERS + FURTHER_LETTERS
# These run the hypervisor of another Debian release, the others that of this machine.
RELEASES = {"c": "trixie", "d": "forky"}
# Every process of a lab carries this in its environment: it is how leftovers are found after a crash.
MARKER = "VMGUI_LAB_MEMBER"
PERSONS_LAB_ID = 0
# Tests take the first free number of these, so parallel runs and a person's lab stay apart.
TEST_LAB_IDS = range(100, 150)
# For the tests of the lab itself: two more for each of those, which open_lab never chooses.
SPARE_LAB_IDS = range(150, 250)
MAX_LAB_ID = 254


class LabUnavailable(Exception):
    """The lab cannot run here; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class HostPlan:
    """One host: who it is, where it answers, where its files are on the machine."""

    lab_id: int
    letter: str
    root: Path

    @property
    def name(self) -> str:
        return f"host-{self.letter}"

    @property
    def address(self) -> str:
        return f"10.77.{self.lab_id}.{11 + ALL_LETTERS.index(self.letter)}"

    @property
    def mac(self) -> str:
        """Always the same: clients remember it for a while after a host was made anew."""
        return f"02:00:77:00:{self.lab_id:02x}:{11 + ALL_LETTERS.index(self.letter):02x}"

    @property
    def uuid(self) -> str:
        """Migration refuses two hosts with the same one."""
        return str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{self.name}.{self.lab_id}.lab.vmgui"))

    @property
    def release(self) -> str | None:
        """The Debian release whose hypervisor it runs; None: what is installed on this machine."""
        return RELEASES.get(self.letter)

    @property
    def marker(self) -> str:
        return f"{self.lab_id}/{self.name}"

    @property
    def socket(self) -> Path:
        return self.root / "run" / "libvirt-sock"

    @property
    def images(self) -> Path:
        """Seen inside the host as /var/lib/libvirt/images."""
        return self.root / "lib" / "images"


@dataclass(frozen=True, slots=True)
class LabPlan:
    """One lab: its number and what follows from it."""

    lab_id: int
    base: Path

    @property
    def root(self) -> Path:
        return self.base / str(self.lab_id)

    @property
    def gateway_link(self) -> str:
        """The machine's own end of the wire to the lab's switch."""
        return f"vmgui-lab{self.lab_id}"

    @property
    def gateway_address(self) -> str:
        return f"10.77.{self.lab_id}.1"

    @property
    def switch_marker(self) -> str:
        return f"{self.lab_id}/switch"

    @property
    def cgroup(self) -> str:
        return f"vmgui-lab-{self.lab_id}"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def detached_flag(self) -> Path:
        """Present when a person's lab outlives the command that made it."""
        return self.root / "detached"

    def host(self, letter: str) -> HostPlan:
        if letter not in ALL_LETTERS:
            raise ValueError(f"no host {letter!r}: there are {', '.join(ALL_LETTERS)}")
        return HostPlan(self.lab_id, letter, self.root / f"host-{letter}")

    def hosts(self) -> tuple[HostPlan, ...]:
        return tuple(self.host(letter) for letter in ALL_LETTERS)


def state_base() -> Path:
    """Where labs keep their files: on disk (images need room), short (socket paths end at 107 bytes)."""
    return Path(os.environ.get("VMGUI_LAB_STATE", "/var/lib/vmgui-lab"))


def plan_lab(lab_id: int) -> LabPlan:
    if not 0 <= lab_id <= MAX_LAB_ID:
        raise ValueError(f"a lab's number is between 0 and {MAX_LAB_ID}, not {lab_id}")
    return LabPlan(lab_id, state_base())


def spare_lab_ids(lab_id: int) -> tuple[int, int]:
    """Numbers of two more labs, which no other run's tests use beside theirs."""
    first = 2 * lab_id % len(SPARE_LAB_IDS)
    return SPARE_LAB_IDS[first], SPARE_LAB_IDS[first + 1]


def lab_id_from_environment() -> int | None:
    """The number asked for by VMGUI_LAB_ID, or None."""
    text = os.environ.get("VMGUI_LAB_ID", "")
    if not text:
        return None
    if not text.isdecimal():
        raise ValueError(f"VMGUI_LAB_ID is a number between 0 and {MAX_LAB_ID}, not {text!r}")
    return plan_lab(int(text)).lab_id
