"""Hard disks."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_disk import DiskDevice, DiskSource, StorageHost
from vmgui.model.device_parts import Auth, Secret

_FILE = DiskDevice(
    source_kind="file",
    device="disk",
    driver="qemu",
    format="raw",
    source=DiskSource(file="/var/lib/libvirt/images/hardware.img"),
    target="vdc",
    bus="virtio",
)
_MODES = {
    "cache": "none",
    "io": "threads",
    "discard": "unmap",
    "detect_zeroes": "on",
    "error_policy": "report",
    "serial": "DISK-0001",
    "readonly": True,
    "shareable": True,
}

CASES = (
    Case(
        "disk",
        _FILE,
        {
            "source": "device",
            "path": "/var/lib/libvirt/images/another.img",
            "format": "qcow2",
            "bus": "sata",
            **_MODES,
        },
        fails={"io": "native", "serial": "a/b"},
        starts=False,
    ),
    Case(
        "disk",
        DiskDevice(
            source_kind="network",
            device="disk",
            driver="qemu",
            format="raw",
            source=DiskSource(
                protocol="rbd",
                name="pool/image",
                hosts=(StorageHost(name="192.0.2.1", port="6789"),),
                auth=Auth(username="joe", secret=Secret(kind="ceph", usage="a key")),
            ),
            target="vdc",
            bus="virtio",
        ),
        {
            "host": "192.0.2.2",
            "port": "3300",
            "name": "pool/other",
            "user": "jim",
            "secret": "another key",
        },
        fails={"secret": "", "port": "x"},
        starts=False,
        name="network",
    ),
    Case(
        "disk",
        DiskDevice(
            source_kind="network",
            device="disk",
            driver="qemu",
            format="raw",
            source=DiskSource(
                protocol="nbd", name="export", hosts=(StorageHost(name="192.0.2.1", port="10809"),)
            ),
            target="vdc",
            bus="virtio",
        ),
        {"protocol": "https"},
        starts=False,
        name="protocol",
    ),
    Case(
        "disk",
        DiskDevice(
            source_kind="volume",
            device="disk",
            driver="qemu",
            format="raw",
            source=DiskSource(pool="default", volume="hardware.img"),
            target="sdc",
            bus="usb",
        ),
        {"pool": "images", "volume": "another.img", "removable": True, "bus": "virtio"},
        starts=False,
        name="volume",
    ),
)
