"""Names in what libvirt, ssh and QEMU say decide nothing; their own words do."""

import pytest

from vmgui.hypervisor.errors import kind_of_words
from vmgui.model.diagnosis import Diagnosis
from vmgui.model.errors import (
    AuthFailed,
    DiskLocked,
    HostKeyRejected,
    HostUnreachable,
    InvalidState,
    LibvirtFailure,
    NetworkInactive,
    NoSpace,
    PermissionDenied,
    StorageFailure,
    VmguiError,
)
from vmgui.policy.diagnosis import diagnose

EVIL = ("keepalive", "polkit", "no space left on device", "guest agent", "permission denied", "x509")


@pytest.mark.parametrize("name", EVIL)
@pytest.mark.parametrize(
    "sentence",
    [
        "internal error: cannot do it with '{name}'",
        "cannot do it with '/images/it's {name}.qcow2'",
        'missing "{name}" in the answer',
        "internal error: unexpected «{name}» here",
        "Is another thing using the image [/images/{name}]?",
    ],
)
def test_a_quoted_name_says_nothing(sentence: str, name: str) -> None:
    assert kind_of_words(sentence.format(name=name)) is None
    assert diagnose(LibvirtFailure(sentence.format(name=name))) is Diagnosis.UNKNOWN


@pytest.mark.parametrize(
    "sentence",
    [
        "internal error: file /images/keepalive.qcow2 is strange",
        "internal error: keepalive.qcow2: strange",
        "cannot stat keepalive.qcow2.",
        "ssh: polkit.lan said nothing",
        "ana@polkit: nothing",
        "qemu-system-x86_64: -drive file=/x/polkit,if=none: strange",
    ],
)
def test_a_path_or_address_says_nothing(sentence: str) -> None:
    assert kind_of_words(sentence) is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Could not open '/images/keepalive.qcow2': Permission denied", PermissionDenied),
        ("cannot write to /images/polkit.img: No space left on device", NoSpace),
        ('Failed to get "write" lock\nIs another process using the image [/images/a.qcow2]?', DiskLocked),
        ("ssh: Could not resolve hostname polkit: Name or service not known", HostUnreachable),
        ("ssh: connect to host keepalive port 22: Connection refused", HostUnreachable),
        ("kex_exchange_identification: Connection closed by remote host\nConnection closed by x509 port 22", HostUnreachable),
        ("root@keepalive.lan: Permission denied (publickey,password).", AuthFailed),
        ("Host key verification failed.", HostKeyRejected),
        ("Requested operation is not valid: domain 'polkit' is not running", InvalidState),
        ("Requested operation is not valid: network 'polkit' is not active", NetworkInactive),
        ("Cannot access storage file '/images/no polkit agent.img'", StorageFailure),
        ("authentication unavailable: no polkit agent available to authenticate action 'org.libvirt.unix.manage'", PermissionDenied),
        ("Failed to verify peer's certificate", HostKeyRejected),
    ],
)  # fmt: skip
def test_the_words_around_names_decide(words: str, kind: type[VmguiError]) -> None:
    assert kind_of_words(words) is kind


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Failed to connect socket to '/var/run/libvirt/libvirt-sock': Permission denied", Diagnosis.NO_PERMISSION),
        ("nc: /var/run/libvirt/libvirt-sock: Permission denied", Diagnosis.NO_PERMISSION),
        ("Failed to connect socket to '/run/libvirt/polkit-sock': No such file or directory", Diagnosis.LIBVIRT_STOPPED),
        ("ssh: Could not resolve hostname polkit: Name or service not known", Diagnosis.NAME_NOT_FOUND),
        ("Cannot read CA certificate '/etc/pki/CA/access denied.pem': No such file", Diagnosis.AUTHORITY_MISSING),
        ("no identity file: Identity file /home/polkit/id not accessible: Permission denied.", Diagnosis.KEY_FILE_MISSING),
        ("root@polkit.lan: Permission denied (publickey).", Diagnosis.SSH_REFUSED),
        ("internal error: Unexpected QEMU URI path '/polkit', try qemu:///system", Diagnosis.BAD_ADDRESS),
    ],
)  # fmt: skip
def test_diagnoses_read_the_words_around_names(words: str, found: Diagnosis) -> None:
    assert diagnose(HostUnreachable(words)) is found
