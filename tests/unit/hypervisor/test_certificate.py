"""Which files vouch for a host's displays: those of libvirt's own connection, and one the person chose."""

from pathlib import Path

from vmgui.hypervisor.certificate import find_tls_files
from vmgui.model.console import TlsFiles


def test_the_folder_that_the_address_names(tmp_path: Path) -> None:
    for name in ("cacert.pem", "clientcert.pem", "clientkey.pem"):
        (tmp_path / name).touch()
    found = find_tls_files(f"qemu+tls://h/system?pkipath={tmp_path}")
    assert found == TlsFiles(
        authorities=(f"{tmp_path}/cacert.pem",),
        certificate=f"{tmp_path}/clientcert.pem",
        key=f"{tmp_path}/clientkey.pem",
    )


def test_a_certificate_without_its_key_is_no_use(tmp_path: Path) -> None:
    (tmp_path / "clientcert.pem").touch()
    assert find_tls_files(f"qemu+tls://h/system?pkipath={tmp_path}") == TlsFiles()


def test_the_persons_own_choice_stands_beside_it(tmp_path: Path) -> None:
    (tmp_path / "cacert.pem").touch()
    own = tmp_path / "own.crt"
    own.touch()
    found = find_tls_files(f"qemu+tls://h/system?pkipath={tmp_path}", str(own))
    assert found.authorities == (f"{tmp_path}/cacert.pem", str(own))
    own.unlink()
    assert find_tls_files(f"qemu+tls://h/system?pkipath={tmp_path}", str(own)).authorities == (
        f"{tmp_path}/cacert.pem",
    )
