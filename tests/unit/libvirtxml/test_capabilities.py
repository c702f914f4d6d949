"""What a host and a machine type offer; the documents are QEMU's own, shortened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.libvirtxml.capabilities import parse_capabilities, parse_domain_capabilities
from vmgui.model.errors import InvalidConfig
from vmgui.model.host import DeviceOffer, GuestCapability, NumaCell

HOST = """
<capabilities>
  <host>
    <uuid>a33e8514-d32e-4465-8f57-ac8dcce0eea0</uuid>
    <cpu>
      <arch>x86_64</arch><model>Broadwell</model><vendor>Intel</vendor>
      <topology sockets='1' dies='1' cores='2' threads='2'/>
      <feature name='vme'/><feature name='vmx'/>
    </cpu>
    <iommu support='yes'/>
    <topology><cells num='2'>
      <cell id='0'>
        <memory unit='KiB'>2097152</memory>
        <pages unit='KiB' size='4'>520000</pages><pages unit='KiB' size='2048'>16</pages>
        <pages unit='KiB' size='1048576'>0</pages>
        <cpus num='2'><cpu id='0' socket_id='0'/><cpu id='2' socket_id='0'/></cpus>
      </cell>
      <cell id='1'/>
    </cells></topology>
    <secmodel><model>none</model></secmodel><secmodel><model>apparmor</model><doi>0</doi></secmodel>
  </host>
  <guest>
    <os_type>hvm</os_type>
    <arch name='x86_64'>
      <wordsize>64</wordsize>
      <emulator>/usr/bin/qemu-system-x86_64</emulator>
      <machine maxCpus='288'>pc-q35-7.2</machine>
      <machine canonical='pc-q35-7.2' maxCpus='288'>q35</machine>
      <domain type='qemu'/>
      <domain type='kvm'><emulator>/usr/bin/kvm</emulator><machine>q35</machine></domain>
    </arch>
  </guest>
</capabilities>
"""

MACHINE = """
<domainCapabilities>
  <path>/usr/bin/qemu-system-x86_64</path><domain>qemu</domain><machine>pc-q35-7.2</machine><arch>x86_64</arch>
  <vcpu max='288'/>
  <os supported='yes'>
    <enum name='firmware'><value>efi</value></enum>
    <loader supported='yes'>
      <value>/usr/share/OVMF/OVMF_CODE_4M.ms.fd</value>
      <enum name='type'><value>rom</value><value>pflash</value></enum>
      <enum name='secure'><value>yes</value><value>no</value></enum>
    </loader>
  </os>
  <cpu>
    <mode name='host-passthrough' supported='no'/>
    <mode name='maximum' supported='yes'/>
    <mode name='custom' supported='yes'>
      <model usable='yes'>qemu64</model><model usable='no'>Icelake</model><model usable='unknown'>core2duo</model>
    </mode>
  </cpu>
  <devices>
    <disk supported='yes'><enum name='bus'><value>virtio</value><value>sata</value></enum></disk>
    <video supported='yes'><enum name='modelType'><value>virtio</value></enum></video>
    <graphics supported='no'><enum name='type'><value>vnc</value></enum></graphics>
    <rng supported='yes'/>
    <tpm supported='yes'><enum name='model'><value>tpm-crb</value></enum>
      <enum name='backendModel'><value>emulator</value></enum></tpm>
  </devices>
</domainCapabilities>
"""


def test_a_host() -> None:
    found = parse_capabilities(HOST)
    assert (found.cpu_model, found.sockets, found.cores, found.threads) == ("Broadwell", 1, 2, 2)
    assert found.numa_nodes == 2
    assert found.cpu_features == ("vme", "vmx")
    assert found.guests == (
        GuestCapability("x86_64", "hvm", "/usr/bin/qemu-system-x86_64", ("pc-q35-7.2", "q35"), ("qemu",)),
        GuestCapability("x86_64", "hvm", "/usr/bin/kvm", ("q35",), ("kvm",)),
    )


def test_numa_iommu_and_security() -> None:
    found = parse_capabilities(HOST)
    assert found.numa_cells == (NumaCell(0, (0, 2), 2097152, ((2048, 16),)), NumaCell(1, (), 0))
    assert found.iommu is True
    assert found.security_models == ("apparmor",)
    assert parse_capabilities("<capabilities/>").iommu is None


def test_every_device_is_listed_known_or_not() -> None:
    found = parse_domain_capabilities(
        MACHINE.replace("</devices>", "<panel supported='no'/></devices>").replace(
            "</domainCapabilities>",
            "<features><sev supported='yes'><cbitpos>47</cbitpos></sev></features></domainCapabilities>",
        )
    )
    offers = {offer.name: offer for offer in found.offers}
    assert offers["disk"] == DeviceOffer("disk", True, True, (("bus", ("virtio", "sata")),))
    assert not offers["panel"].supported
    assert offers["sev"] == DeviceOffer("sev", False, True, (("cbitpos", ("47",)),))
    assert found.unusable_cpu_models == ("Icelake",)


def test_a_machine_type() -> None:
    found = parse_domain_capabilities(MACHINE)
    assert found.max_vcpus == 288
    assert found.firmwares == ("bios", "efi")
    assert found.secure_boot
    assert found.cpu_modes == ("maximum", "custom")
    assert found.cpu_models == ("qemu64", "core2duo")
    assert found.disk_buses == ("virtio", "sata")
    assert found.graphics_types == ()
    assert (found.tpm_models, found.tpm_backends) == (("tpm-crb",), ("emulator",))
    assert found.rng
    assert not found.filesystem


@pytest.mark.parametrize("parser", [parse_capabilities, parse_domain_capabilities])
def test_another_document_is_refused(parser: object) -> None:
    assert callable(parser)
    with pytest.raises(InvalidConfig):
        parser("<domain/>")


@given(st.data())
def test_a_document_cut_anywhere_is_invalid(data: st.DataObject) -> None:
    for parser, text in ((parse_capabilities, HOST), (parse_domain_capabilities, MACHINE)):
        end = data.draw(st.integers(0, len(text.rstrip()) - 1))
        with pytest.raises(InvalidConfig):
            parser(text[:end])
