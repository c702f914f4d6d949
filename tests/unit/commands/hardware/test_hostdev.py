"""What the forms about devices of the host wish for, and what they say of them."""

from dataclasses import replace

from tests.unit.commands.hardware.device_scene import (
    about,
    added,
    capabilities,
    changed,
    refused,
    said,
    scene,
)
from vmgui.commands.hardware import form as forms
from vmgui.commands.hardware import hostdev
from vmgui.commands.hardware.every import form_of
from vmgui.model.device_host import HostdevDevice, HostdevSource
from vmgui.model.device_parts import Address, Rom
from vmgui.model.device_storage import ControllerDevice
from vmgui.model.hardware import HardwareOffer
from vmgui.model.node_device import NodeDevice, PciAddress, UsbAddress
from vmgui.words.note import Level


def usb(name: str, number: int, product: str = "0x5591", parent: str = "usb_usb1") -> NodeDevice:
    return NodeDevice(
        name, parent, "usb_device", driver="usb", vendor="SanDisk Corp.", product="Ultra",
        vendor_id="0x0781", product_id=product, address=UsbAddress(1, number),
    )  # fmt: skip


def pci(slot: int, function: int = 0, **more: object) -> NodeDevice:
    values: dict[str, object] = {
        "vendor": "Intel Corporation", "product": "82576", "iommu_group": 14, "pci_class": 0x020000, **more,
    }  # fmt: skip
    return NodeDevice(
        f"pci_0000_0a_{slot:02x}_{function}", "computer", "pci", address=PciAddress(0, 10, slot, function),
        vendor_id="0x8086", product_id="0x10c9", **values,  # pyright: ignore[reportArgumentType]
    )  # fmt: skip


STICK = HostdevDevice(
    mode="subsystem", kind="usb", managed=True, source=HostdevSource(vendor="0x0781", product="0x5591")
)
CARD = HostdevDevice(
    mode="subsystem",
    kind="pci",
    managed=True,
    source=HostdevSource(address=Address(domain="0x0000", bus="0x0a", slot="0x00", function="0x0")),
)
HUB = NodeDevice("usb_usb1", "pci_0000_00_14_0", "usb_device", vendor_id="0x1d6b", product_id="0x0002")


def offer(*devices: NodeDevice, **more: object) -> HardwareOffer:
    return HardwareOffer(node_devices=devices, **more)  # pyright: ignore[reportArgumentType]


# USB ------------------------------------------------------------------------------------------------------------


def test_a_usb_device_is_chosen_by_maker_and_product() -> None:
    at = scene(offer=offer(HUB, usb("usb_1_4", 5), usb("usb_1_5", 6, "0x5592")))
    options = forms.offers(hostdev.USB.knobs, at, {"device": ""})["device"]
    assert [(option.value, str(option.label)) for option in options] == [
        ("", "Choose a device"),
        ("0781:5591", "SanDisk Corp. Ultra (0781:5591)"),
        ("0781:5592", "SanDisk Corp. Ultra (0781:5592)"),
    ]
    assert said(hostdev.USB, at) == {"device": Level.MISSING}
    assert said(hostdev.USB, at, device="0781:5591") == {}
    assert added(hostdev.USB, at, device="0781:5591") == STICK


def test_two_alike_are_told_apart_by_their_place() -> None:
    at = scene(offer=offer(usb("usb_1_4", 5), usb("usb_1_5", 6)))
    options = forms.offers(hostdev.USB.knobs, at, {"device": ""})["device"]
    assert str(options[1].label) == "SanDisk Corp. Ultra (0781:5591), bus 1, device 5"
    device = added(hostdev.USB, at, device=options[1].value)
    assert device.source == HostdevSource(
        vendor="0x0781", product="0x5591", address=Address(bus="1", device="5")
    )
    assert said(hostdev.USB, at, device=options[1].value) == {"device": Level.INFO}
    assert said(hostdev.USB, at, device="0781:5591") == {"device": Level.WARNING}


def test_a_usb_device_that_is_not_there_is_shown_and_kept() -> None:
    form, at = about(STICK, offer=offer(usb("usb_1_5", 6, "0x5592")))
    options = forms.offers(form.knobs, at, forms.truth(form, at))["device"]
    assert str(options[-1].label) == "0781:5591 (not there now)"
    assert said(form, at) == {"device": Level.WARNING}
    assert said(form, at, startup="optional") == {}
    # What the host has is not known yet.
    form, at = about(STICK)
    assert said(form, at) == {}
    assert str(forms.offers(form.knobs, at, forms.truth(form, at))["device"][-1].label) == "0781:5591"


def test_what_else_is_said_of_a_usb_device() -> None:
    stick = usb("usb_1_4", 5)
    assert said(hostdev.USB, scene(offer=offer(stick, held={"usb_1_4": "db"})), device="0781:5591") == {
        "device": Level.WARNING
    }
    assert said(hostdev.USB, scene(STICK, offer=offer(stick)), device="0781:5591") == {"device": Level.ERROR}
    assert said(hostdev.USB, scene(offer=offer(stick)), device="stick") == {"device": Level.ERROR}
    assert said(hostdev.USB, scene(offer=offer(stick, is_privileged=False)), device="0781:5591") == {
        "device": Level.WARNING
    }
    assert forms.why_none(hostdev.USB, scene(ControllerDevice(kind="usb", model="none")))
    assert forms.why_none(hostdev.USB, scene(can=capabilities(hostdev={"subsysType": ("pci",)})))


def test_how_a_usb_device_behaves() -> None:
    form, at = about(STICK)
    assert forms.truth(form, at)["startup"] == "mandatory"
    assert changed(form, at, startup="optional", reset="off").source == HostdevSource(
        vendor="0x0781", product="0x5591", startup_policy="optional", guest_reset="off"
    )


# PCI ------------------------------------------------------------------------------------------------------------


def test_a_pci_device_is_chosen_by_its_address() -> None:
    bridge = pci(1, pci_class=0x060400)
    at = scene(offer=offer(pci(0), bridge))
    options = forms.offers(hostdev.PCI.knobs, at, {"device": ""})["device"]
    assert [(option.value, str(option.label)) for option in options] == [
        ("", "Choose a device"),
        ("0000:0a:00.0", "0000:0a:00.0 Intel Corporation 82576 (IOMMU group 14)"),
    ]
    assert said(hostdev.PCI, at) == {"device": Level.MISSING}
    assert said(hostdev.PCI, at, device="0000:0a:00.0") == {}
    assert said(hostdev.PCI, at, device="0000:0a:01.0") == {"device": Level.ERROR}
    assert said(hostdev.PCI, at, device="card") == {"device": Level.ERROR}
    assert added(hostdev.PCI, at, device="0a:00.0") == CARD


def test_without_an_iommu_there_is_none() -> None:
    off = pci(0, iommu_group=None)
    assert "intel_iommu=on" in forms.why_none(hostdev.PCI, scene(offer=offer(off)))
    form, at = about(CARD, offer=offer(off, pci(2, iommu_group=None)))
    assert said(form, at) == {"device": Level.WARNING}
    assert said(form, at, device="0000:0a:02.0") == {"device": Level.ERROR}
    assert refused(form, at, "device") == {"0000:0a:00.0", "0000:0a:02.0"}
    # Nothing is known of the host yet.
    assert not forms.why_none(hostdev.PCI, scene())


def texts(at: object, **answers: object) -> str:
    complete = {**forms.truth(hostdev.PCI, at), **answers}  # pyright: ignore[reportArgumentType]
    return "\n".join(note.text for note in hostdev.PCI.judge(at, complete))  # pyright: ignore[reportArgumentType]


def test_the_others_of_its_group_are_named() -> None:
    at = scene(offer=offer(pci(0), pci(0, 1, driver="igb"), pci(2, iommu_group=15)))
    told = texts(at, device="0000:0a:00.0")
    assert "IOMMU group 14 also has 0000:0a:00.1 Intel Corporation 82576" in told
    assert "The host uses 0000:0a:00.1" in told
    assert "0000:0a:02.0" not in told
    # The machine has the other one, too.
    other = replace(
        CARD, source=HostdevSource(address=Address(domain="0", bus="0x0a", slot="0", function="0x1"))
    )
    at = scene(other, offer=offer(pci(0), pci(0, 1, driver="igb")))
    assert "The host uses" not in texts(at, device="0000:0a:00.0")


def test_what_the_host_does_with_it_is_said() -> None:
    card = pci(0, driver="igb")
    net = NodeDevice("net_eth0", card.name, "net", path="eth0")
    assert "network card eth0" in texts(scene(offer=offer(card, net)), device="0a:00.0")
    assert "network card:" in texts(scene(offer=offer(card)), device="0a:00.0")
    for pci_class, word in ((0x010802, "disks"), (0x030000, "screen"), (0x0C0330, "driver igb")):
        at = scene(offer=offer(replace(card, pci_class=pci_class)))
        assert word in texts(at, device="0a:00.0")
    assert texts(scene(offer=offer(pci(0, driver="vfio-pci"))), device="0a:00.0") == ""
    assert "“db” has it" in texts(scene(offer=offer(pci(0), held={pci(0).name: "db"})), device="0a:00.0")


def test_hostile_names_are_shown_harmlessly() -> None:
    at = scene(offer=offer(pci(0, product="evil\n\u202eexe")))
    label = str(forms.offers(hostdev.PCI.knobs, at, {"device": ""})["device"][1].label)
    assert "\n" not in label
    assert "\u202e" not in label


def test_how_a_pci_device_is_taken() -> None:
    form, at = about(CARD, offer=offer(pci(0, driver="igb")))
    assert said(form, at, managed=False)["managed"] is Level.WARNING
    assert changed(form, at, managed=False, rombar=False, romfile="/a.rom") == replace(
        CARD, managed=False, rom=Rom(bar=False, path="/a.rom")
    )
    assert said(form, at, romfile="a.rom")["romfile"] is Level.ERROR
    form, at = about(replace(CARD, rom=Rom(bar=False)))
    assert changed(form, at, rombar=True) == CARD


def test_other_devices_of_the_host_have_no_form_yet() -> None:
    at = scene(HostdevDevice(mode="subsystem", kind="mdev"), about=0)
    assert at.listed is not None
    assert form_of(at.listed) is None
