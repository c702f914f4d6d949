"""What the two times mean; the times themselves are measured in tests/lab."""

import libvirt
import pytest

from vmgui.hypervisor import kvm_probe
from vmgui.model.host import GuestCapability, KvmState


class Host:
    """Capabilities of a host, as far as the probe asks."""

    def __init__(self, *types: str, arch: str = "x86_64") -> None:
        domains = "".join(f"<domain type='{kind}'/>" for kind in types)
        self.xml = f"""<capabilities><guest><os_type>hvm</os_type><arch name='{arch}'>
            <emulator>/usr/bin/qemu</emulator>{domains}</arch></guest></capabilities>"""

    def getCapabilities(self) -> str:
        return self.xml

    def getURI(self) -> str:
        return "qemu:///system"


def measured(monkeypatch: pytest.MonkeyPatch, **seconds: float | Exception | None) -> None:
    def boot_s(_conn: object, _guest: GuestCapability, domain_type: str, _limit_s: float) -> float | None:
        value = seconds[domain_type]
        if isinstance(value, Exception):
            raise value
        return value

    monkeypatch.setattr(kvm_probe, "_boot_s", boot_s)


BOTH = Host("qemu", "kvm")


@pytest.mark.parametrize(
    ("kvm_s", "qemu_s", "state"),
    [
        (0.1, None, KvmState.WORKS),
        (2.7, 0.09, KvmState.LIES),
        (None, 0.2, KvmState.LIES),
        # A busy host: both are slow.
        (1.0, 0.9, KvmState.WORKS),
        (None, 5.0, KvmState.UNKNOWN),
        # A BIOS that does not talk.
        (None, None, KvmState.UNKNOWN),
        (3.0, None, KvmState.WORKS),
    ],
)
def test_verdict(
    monkeypatch: pytest.MonkeyPatch, kvm_s: float | None, qemu_s: float | None, state: KvmState
) -> None:
    measured(monkeypatch, kvm=kvm_s, qemu=qemu_s)
    assert kvm_probe.probe(BOTH) is state  # type: ignore[arg-type]


def test_a_host_that_does_not_offer_it() -> None:
    assert kvm_probe.probe(Host("qemu")) is KvmState.MISSING  # type: ignore[arg-type]
    assert kvm_probe.probe(Host("qemu", "kvm", arch="aarch64")) is KvmState.MISSING  # type: ignore[arg-type]


def test_another_processor_has_no_bios() -> None:
    host = Host("qemu", "kvm", arch="aarch64")
    assert kvm_probe.probe(host, "aarch64") is KvmState.UNKNOWN  # type: ignore[arg-type]


def test_offered_but_cannot_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    measured(monkeypatch, kvm=libvirt.libvirtError("no /dev/kvm"), qemu=0.2)
    assert kvm_probe.probe(BOTH) is KvmState.MISSING  # type: ignore[arg-type]


def test_nothing_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    error = libvirt.libvirtError("not allowed")
    measured(monkeypatch, kvm=error, qemu=error)
    with pytest.raises(libvirt.libvirtError):
        kvm_probe.probe(BOTH)  # type: ignore[arg-type]
