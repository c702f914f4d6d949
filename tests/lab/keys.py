"""Certificates and ssh keys of one lab, made afresh with openssl and ssh-keygen each time it comes up."""

from __future__ import annotations

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.lab.plan import HostPlan, LabPlan

_CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650")


def _run(*argv: str | Path) -> None:
    done = subprocess.run([str(word) for word in argv], check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{argv[0]} failed: {done.stderr.strip()}")


def _authority(folder: Path, name: str) -> None:
    folder.mkdir(parents=True)
    _run(
        *("openssl", "req", "-x509", *_CURVE, "-subj", f"/CN={name}"),
        *("-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign"),
        *("-keyout", folder / "key.pem", "-out", folder / "cert.pem"),
    )


def _certificate(authority: Path, cert: Path, key: Path, name: str, alternative_names: str) -> None:
    """A certificate for both ends of a connection: a host is a client of the host it migrates to."""
    _run(
        *("openssl", "req", "-x509", *_CURVE, "-subj", f"/CN={name}"),
        *("-CA", authority / "cert.pem", "-CAkey", authority / "key.pem"),
        *(
            "-addext",
            "basicConstraints=critical,CA:FALSE",
            "-addext",
            "keyUsage=digitalSignature,keyEncipherment",
        ),
        *("-addext", "extendedKeyUsage=serverAuth,clientAuth"),
        *(("-addext", f"subjectAltName={alternative_names}") if alternative_names else ()),
        *("-keyout", key, "-out", cert),
    )


def _client(authority: Path, folder: Path, name: str) -> None:
    """A folder for libvirt's pkipath= parameter."""
    folder.mkdir(parents=True)
    shutil.copy(authority / "cert.pem", folder / "cacert.pem")
    _certificate(authority, folder / "clientcert.pem", folder / "clientkey.pem", name, "")


def _ssh_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "vmgui lab", "-f", path)


def host_keys(plan: LabPlan, host: HostPlan) -> Path:
    """The folder with a host's cert.pem, key.pem and ssh_host_key."""
    return plan.keys / host.name


def make_keys(plan: LabPlan) -> None:
    """Everything under plan.keys: the lab's authority, a stranger's, hosts, clients, ssh keys and wrappers."""
    keys = plan.keys
    ours, strange = keys / "authority", keys / "strange-authority"
    with ThreadPoolExecutor(8) as pool:
        first = [
            pool.submit(_authority, ours, f"lab {plan.lab_id}"),
            pool.submit(_authority, strange, "stranger"),
        ]
        for name in ("client", "stranger"):
            first.append(pool.submit(_ssh_key, keys / "ssh" / name))
        for host in plan.hosts():
            first.append(pool.submit(_ssh_key, host_keys(plan, host) / "ssh_host_key"))
        for job in first:
            job.result()
        second = [
            pool.submit(_client, ours, keys / "pki", "vmgui tests"),
            pool.submit(_client, strange, keys / "strange-pki", "stranger"),
        ]
        for host in plan.hosts():
            folder = host_keys(plan, host)
            names = f"DNS:{host.name},IP:{host.address},DNS:localhost,IP:127.0.0.1"
            second.append(
                pool.submit(_certificate, ours, folder / "cert.pem", folder / "key.pem", host.name, names)
            )
        for job in second:
            job.result()
    _ssh_wrappers(plan)


def _ssh_wrappers(plan: LabPlan) -> None:
    """Programs for the command= parameter of qemu+ssh: ssh looks for its files in the home of the password
    file, not in HOME, and libvirt ignores known_hosts= there, so this is the way to own keys."""
    folder = plan.keys / "ssh"
    known = folder / "known_hosts"
    lines = []
    for host in plan.hosts():
        public = (host_keys(plan, host) / "ssh_host_key.pub").read_text().split()
        lines.append(f"{host.name},{host.address} {public[0]} {public[1]}\n")
    known.write_text("".join(lines))
    (folder / "known_nobody").write_text("")
    for name, identity, known_file in (
        ("ssh", "client", "known_hosts"),
        ("ssh-unknown-host", "client", "known_nobody"),
        ("ssh-wrong-key", "stranger", "known_hosts"),
    ):
        wrapper = folder / name
        wrapper.write_text(
            "#!/bin/sh\n"
            f"exec ssh -F none -i '{folder / identity}' -o IdentitiesOnly=yes -o BatchMode=yes"
            f" -o UserKnownHostsFile='{folder / known_file}' -o GlobalKnownHostsFile=none"
            ' -o StrictHostKeyChecking=yes -o ConnectTimeout=10 "$@"\n'
        )
        wrapper.chmod(0o755)
