"""Why a host cannot be connected to, told apart on real daemons (over ssh: test_ssh.py)."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.world import World
from tests.lab.lab import Lab
from tests.lab.lab_host import LabHost
from vmgui.hypervisor.credentials import CredentialKind, CredentialRequest
from vmgui.model.diagnosis import Diagnosis
from vmgui.model.errors import AuthCancelled, VmguiError
from vmgui.model.host import HostConfig, HostState
from vmgui.policy.diagnosis import diagnose

_EXTENSIONS = """basicConstraints=critical,CA:FALSE
keyUsage=digitalSignature,keyEncipherment
extendedKeyUsage=serverAuth,clientAuth
subjectAltName={names}
"""


async def diagnosis(world: World, uri: str) -> Diagnosis:
    with pytest.raises(VmguiError) as caught:
        await world.hosts.test(HostConfig("h1", "h", uri))
    return diagnose(caught.value, uri)


def make_certificate(authority: Path, folder: Path, names: str, days: int) -> tuple[bytes, bytes]:
    """Certificate and key; with 0 days it has expired already."""
    key, request, cert, extensions = (folder / name for name in ("key", "request", "cert", "ext"))
    extensions.write_text(_EXTENSIONS.format(names=names))
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=lab")
    for words in (
        ("openssl", "req", *curve, "-keyout", key, "-out", request),
        (
            *("openssl", "x509", "-req", "-in", request, "-days", str(days), "-extfile", extensions),
            *("-CA", authority / "cert.pem", "-CAkey", authority / "key.pem", "-out", cert),
        ),
    ):
        subprocess.run([str(word) for word in words], check=True, capture_output=True)
    # openssl makes none of the past; a certificate for 0 days is over when the second is, by the kernel's coarse
    # clock a tick later: a whole second is sure.
    over_s = int(time.time()) + 2
    while not days and time.time() < over_s:
        time.sleep(0.02)
    return cert.read_bytes(), key.read_bytes()


@contextlib.contextmanager
def server_certificate(host: LabHost, cert: bytes, key: bytes) -> Iterator[None]:
    """The daemon shows this certificate for the time of a with block, sound or not."""
    pki = host.inside("/etc/pki/libvirt")
    files = (pki / "servercert.pem", pki / "private" / "serverkey.pem")
    before = [file.read_bytes() for file in files]
    try:
        for file, data in zip(files, (cert, key), strict=True):
            file.write_bytes(data)
        with host.daemon_settings("libvirtd.conf", tls_no_sanity_certificate=1):
            yield
            for file, data in zip(files, before, strict=True):
                file.write_bytes(data)
    finally:
        for file, data in zip(files, before, strict=True):
            file.write_bytes(data)


@pytest.mark.parametrize(
    ("names", "days", "found"),
    [
        ("IP:{address}", 0, Diagnosis.CERTIFICATE_EXPIRED),
        ("DNS:elsewhere.example", 10, Diagnosis.CERTIFICATE_OTHER_NAME),
    ],
)
async def test_what_is_wrong_with_a_certificate(
    world: World, lab: Lab, host_a: LabHost, tmp_path: Path, names: str, days: int, found: Diagnosis
) -> None:
    names = names.format(address=host_a.address)
    cert, key = make_certificate(lab.plan.keys / "authority", tmp_path, names, days)
    with server_certificate(host_a, cert, key):
        assert await diagnosis(world, host_a.tls_uri) is found


async def test_authorities(world: World, lab: Lab, host_a: LabHost, tmp_path: Path) -> None:
    assert await diagnosis(world, host_a.stranger_tls_uri) is Diagnosis.CERTIFICATE_UNTRUSTED
    ours = lab.plan.keys / "pki"
    pki = tmp_path / "pki"
    pki.mkdir()
    uri = f"qemu+tls://{host_a.address}/system?pkipath={pki}"
    assert await diagnosis(world, uri) is Diagnosis.AUTHORITY_MISSING
    shutil.copy(ours / "cacert.pem", pki)
    # Without a certificate of our own.
    assert await diagnosis(world, uri) is Diagnosis.OWN_CERTIFICATE_REFUSED
    cert, key = make_certificate(lab.plan.keys / "authority", tmp_path, "DNS:client", 0)
    (pki / "clientcert.pem").write_bytes(cert)
    (pki / "clientkey.pem").write_bytes(key)
    assert await diagnosis(world, uri) is Diagnosis.OWN_CERTIFICATE_EXPIRED


async def test_ports_and_names(world: World, lab: Lab, host_a: LabHost) -> None:
    address, pki = host_a.address, f"?pkipath={lab.plan.keys / 'pki'}"
    for uri, found in (
        (f"qemu+tls://{address}:1/system{pki}", Diagnosis.REFUSED),
        (f"qemu+tcp://{address}:1/system", Diagnosis.REFUSED),
        ("qemu+tcp://no-such-host.invalid/system", Diagnosis.NAME_NOT_FOUND),
        (f"qemu+tls://{address}:16509/system{pki}", Diagnosis.WRONG_SERVICE),
        (f"qemu+tcp://{address}:16514/system", Diagnosis.WRONG_SERVICE),
        (f"qemu+tcp://{address}:22/system", Diagnosis.WRONG_SERVICE),
        (f"qemu+tcp://{address}/nothing", Diagnosis.BAD_ADDRESS),
        ("qemu+unix:///system?socket=/nowhere/sock", Diagnosis.LIBVIRT_STOPPED),
    ):
        assert await diagnosis(world, uri) is found, uri


async def test_nobody_answers(world: World, host_a: LabHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vmgui.hypervisor.reach.check_reachable.__kwdefaults__", {"limit_s": 0.5})
    nobody = host_a.address.rpartition(".")[0] + ".250"
    assert await diagnosis(world, f"qemu+tcp://{nobody}/system") in (Diagnosis.NO_ANSWER, Diagnosis.NO_ROUTE)


async def test_sasl(world: World, host_a: LabHost) -> None:
    answers = {CredentialKind.USER_NAME: "alice", CredentialKind.PASSWORD: "wrong"}
    asked: list[bool] = []

    async def ask(
        _config: HostConfig, requests: tuple[CredentialRequest, ...], was_wrong: bool
    ) -> tuple[str | None, ...]:
        asked.append(was_wrong)
        return tuple(answers.get(request.kind) for request in requests)

    world.hosts.ask_credentials = ask
    with host_a.password_on_tcp("alice", "right"):
        assert await diagnosis(world, host_a.tcp_uri) is Diagnosis.PASSWORD_REFUSED
        # Asked again with the reason, three times in all.
        assert asked[0] is False
        assert asked[-1] is True
        answers[CredentialKind.PASSWORD] = "right"
        info = await world.hosts.test(HostConfig("h1", "h", host_a.tcp_uri))
        assert info.hostname == host_a.name
        answers.clear()
        world.add(host_a.tcp_uri)
        await world.state(HostState.REFUSED)
        assert isinstance(world.host().error, AuthCancelled)
