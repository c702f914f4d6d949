"""All forms about a machine's hardware."""

from __future__ import annotations

from vmgui.commands.hardware import (
    boot,
    channel,
    controller,
    disk,
    drive,
    filesystem,
    firmware,
    graphics,
    hostdev,
    input,
    interface,
    processor,
    redirdev,
    rng,
    serial,
    sound,
    start,
    tpm,
    video,
    watchdog,
)
from vmgui.commands.hardware.form import DeviceForm, MachineForm
from vmgui.model.device import ListedDevice

# In the order in which they can be added.
DEVICES: tuple[DeviceForm, ...] = (
    disk.FORM,
    drive.CDROM,
    drive.FLOPPY,
    interface.FORM,
    graphics.FORM,
    video.FORM,
    sound.FORM,
    input.FORM,
    filesystem.FORM,
    hostdev.USB,
    hostdev.PCI,
    tpm.FORM,
    rng.FORM,
    watchdog.FORM,
    serial.SERIAL,
    serial.CONSOLE,
    serial.PARALLEL,
    channel.FORM,
    redirdev.FORM,
    controller.FORM,
)
MACHINE: tuple[MachineForm, ...] = (start.FORM, boot.FORM, processor.FORM, firmware.FORM)


def form_of(listed: ListedDevice) -> DeviceForm | None:
    """The one about this device; None: it has none, and is shown by its XML."""
    device = listed.saved if listed.saved is not None else listed.live
    return next((form for form in DEVICES if form.tag == listed.kind and form.fits(device)), None)
