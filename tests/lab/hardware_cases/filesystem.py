"""Folders of the host in the guest."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_storage import FilesystemDevice

_SHARED = "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>"

CASES = (
    Case(
        "filesystem",
        FilesystemDevice(
            kind="mount", access_mode="passthrough", driver="virtiofs", directory="/srv", target="share"
        ),
        {"driver": "path", "source": "/mnt", "target": "other", "cache": "always", "xattr": True},
        starts=False,
        machine_xml=_SHARED,
        name="virtiofs",
    ),
    Case(
        "filesystem",
        FilesystemDevice(
            kind="mount", access_mode="passthrough", driver="path", directory="/srv", target="share"
        ),
        {"source": "/mnt", "target": "other", "readonly": True, "access": "mapped"},
        starts=False,
        name="9p",
    ),
)
