"""Trusted platform modules."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_machine import TpmDevice

CASES = (
    Case(
        "tpm",
        TpmDevice(model="tpm-tis", backend="emulator", version="2.0"),
        {"backend": "passthrough", "model": "tpm-crb", "version": "1.2", "persistent": True},
        starts=False,  # in the lab swtpm is only told of
    ),
    Case(
        "tpm",
        TpmDevice(model="tpm-tis", backend="passthrough", device_path="/dev/tpm0"),
        {"backend": "emulator", "path": "/dev/tpm1"},
        fails={"path": ""},
        starts=False,
        name="passthrough",
    ),
    Case(
        "tpm",
        TpmDevice(
            model="tpm-crb",
            backend="external",
            source_kind="unix",
            source_mode="connect",
            source_path="/run/vmgui-tpm",
        ),
        {"socket": "/run/vmgui-other"},
        fails={"socket": ""},
        starts=False,
        name="external",
    ),
)
