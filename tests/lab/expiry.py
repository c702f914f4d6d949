"""Certificates that have run out, as openssl makes them with an end to the second."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.lab.host_machine import HostMachine

_CONFIG = """[ca]
default_ca = one
[one]
database = {folder}/index.txt
new_certs_dir = {folder}
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[made]
basicConstraints = critical,CA:FALSE
keyUsage = digitalSignature,keyEncipherment
extendedKeyUsage = serverAuth,clientAuth
subjectAltName = {names}
"""


class MendableUri(str):
    """A URI that fails until `mend` is called."""

    mend: Callable[[], None]


def _uri(text: str, mend: Callable[[], None]) -> MendableUri:
    uri = MendableUri(text)
    uri.mend = mend
    return uri


def _run(*argv: str | Path) -> None:
    done = subprocess.run([str(word) for word in argv], check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{argv[0]} failed: {done.stderr.strip()}")


def _certificate(authority: Path, cert: Path, key: Path, name: str, names: str, ends_unix_s: float) -> None:
    """Signed by the lab's authority, good until then."""
    begin = datetime.datetime.fromtimestamp(ends_unix_s - 3600, datetime.UTC)
    end = datetime.datetime.fromtimestamp(ends_unix_s, datetime.UTC)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "index.txt").touch()
        (folder / "ca.cnf").write_text(_CONFIG.format(folder=folder, names=names))
        _run(
            *("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
            *("-subj", f"/CN={name}", "-keyout", key, "-out", folder / "request.pem"),
        )
        _run(
            *("openssl", "ca", "-batch", "-notext", "-config", folder / "ca.cnf", "-extensions", "made"),
            *("-cert", authority / "cert.pem", "-keyfile", authority / "key.pem"),
            *("-startdate", f"{begin:%Y%m%d%H%M%SZ}", "-enddate", f"{end:%Y%m%d%H%M%SZ}"),
            *("-in", folder / "request.pem", "-out", cert),
        )


@contextmanager
def expired_client(host: HostMachine) -> Iterator[MendableUri]:
    """A URI whose client certificate has run out; mending puts a good one in its place."""
    keys = host.lab.keys
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("cacert.pem", "clientkey.pem", "clientcert.pem"):
            shutil.copy(keys / "pki" / name, folder / name)
        good = {name: (folder / name).read_bytes() for name in ("clientcert.pem", "clientkey.pem")}
        _certificate(
            keys / "authority",
            folder / "clientcert.pem",
            folder / "clientkey.pem",
            "vmgui tests",
            "DNS:localhost",
            time.time() - 60,
        )

        def mend() -> None:
            for name, data in good.items():
                (folder / name).write_bytes(data)

        yield _uri(f"qemu+tls://{host.address}/system?pkipath={folder}", mend)


@contextmanager
def expired_server(host: HostMachine) -> Iterator[MendableUri]:
    """The host's own certificate runs out while libvirtd uses it: with one that has, it does not start."""
    pki = host.inside("/etc/pki/libvirt")
    files = (pki / "servercert.pem", pki / "private" / "serverkey.pem")
    good = [path.read_bytes() for path in files]

    def mend() -> None:
        for path, data in zip(files, good, strict=True):
            path.write_bytes(data)
        host.restart_daemon()

    names = f"DNS:{host.name},IP:{host.address},DNS:localhost,IP:127.0.0.1"
    ends_unix_s = time.time() + 6
    try:
        _certificate(host.lab.keys / "authority", *files, host.name, names, ends_unix_s)
        host.restart_daemon()
        time.sleep(max(0.0, ends_unix_s + 1.1 - time.time()))
        yield _uri(host.tls_uri, mend)
    finally:
        if files[0].read_bytes() != good[0]:
            mend()
