"""The display client against a real QEMU (no libvirt): the same picture as QEMU's own screendump, every way.

The guest boots the iPXE CD: a still text screen after a few seconds, no network, no disk.
"""

# ruff: noqa: S106 - the password of a guest that lives for a minute

import json
import shutil
import socket
import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.waiting import eventually_blocking
from tests.unit.console.probe import Probe
from vmgui.console.rfb.encodings import PSEUDO, Encoding
from vmgui.console.rfb.errors import DisconnectReason
from vmgui.console.rfb.events import (
    CredentialsNeeded,
    Disconnected,
    PointerModeChanged,
    ResizeSupported,
    Updated,
)
from vmgui.console.rfb.options import RfbOptions
from vmgui.console.rfb.transport import FdTarget, TlsSettings, UnixTarget

QEMU = shutil.which("qemu-system-x86_64")
CD = next((p for p in (Path("/usr/lib/ipxe/ipxe.iso"), Path("/usr/share/ipxe/ipxe.iso")) if p.exists()), None)

pytestmark = [
    pytest.mark.lab,
    pytest.mark.skipif(QEMU is None, reason="needs qemu-system-x86_64"),
    pytest.mark.skipif(CD is None, reason="needs the ipxe package's boot CD"),
]

COMPRESS_LEVEL_1 = -255


class Guest:
    """A QEMU of our own with its display and its monitor on sockets in a folder."""

    def __init__(self, folder, *options, vnc=""):
        self.folder = folder
        self.display = str(folder / "vnc")
        self._process = subprocess.Popen(
            [
                QEMU, "-machine", "pc,accel=tcg", "-m", "64", "-display", "none", "-nic", "none", "-cdrom", CD,
                "-usb", "-device", "usb-tablet", "-vnc", f"unix:{self.display}{vnc}",
                "-qmp", f"unix:{folder / 'qmp'},server,nowait", *options,
            ],
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        eventually_blocking(lambda: (folder / "qmp").exists() and (folder / "vnc").exists())
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(20)
        self._socket.connect(str(folder / "qmp"))
        self._monitor = self._socket.makefile("rw")
        self._monitor.readline()
        self.command("qmp_capabilities")

    def command(self, name, **arguments):
        self._monitor.write(json.dumps({"execute": name, "arguments": arguments}) + "\n")
        self._monitor.flush()
        while True:
            answer = json.loads(self._monitor.readline())
            if "event" not in answer:
                assert "return" in answer, answer
                return answer["return"]

    def screendump(self):
        """What QEMU itself says is on the screen."""
        file = self.folder / "screen.ppm"
        self.command("screendump", filename=str(file))
        _, size, _, data = file.read_bytes().split(b"\n", 3)
        width, height = map(int, size.split())
        rgb = np.frombuffer(data, np.uint8).reshape(height, width, 3).astype(np.uint32)
        return rgb[..., 0] << 16 | rgb[..., 1] << 8 | rgb[..., 2]

    def close(self):
        self._monitor.close()
        self._socket.close()
        self._process.terminate()
        self._process.wait(10)


def written_lines(screen):
    """Rows of pixels with something on them: how far the boot has come."""
    return int((screen != 0).any(axis=1).sum())


@pytest.fixture(scope="module")
def guest(tmp_path_factory):
    guest = Guest(tmp_path_factory.mktemp("qemu"))
    try:
        # "No bootable device.", and nothing moves any more but the cursor.
        eventually_blocking(lambda: written_lines(guest.screendump()) >= 180, interval_s=0.3)
        yield guest
    finally:
        guest.close()


def same(probe, guest):
    """Equal pictures, apart from the cursor that QEMU blinks by itself (two rows of one character)."""
    seen, wanted = probe.picture(), guest.screendump()
    return seen.shape == wanted.shape and (seen != wanted).sum() <= 32 and bool(wanted.any())


@pytest.mark.parametrize(
    "encodings",
    [None, (Encoding.RAW,), (Encoding.HEXTILE,), (Encoding.ZLIB,), (Encoding.TIGHT,),
     (Encoding.TIGHT, COMPRESS_LEVEL_1), (Encoding.TIGHT_PNG,), (Encoding.ZRLE,)],
    ids=["chosen", "raw", "hextile", "zlib", "tight", "tight-1", "tight-png", "zrle"],
)  # fmt: skip
def test_the_picture_is_qemus_own(guest, encodings):
    options = RfbOptions(encodings=encodings and (*encodings, *PSEUDO))
    with Probe(UnixTarget(guest.display), options) as probe:
        probe.wait_for(Updated)
        eventually_blocking(lambda: same(probe, guest))
        eventually_blocking(lambda: probe.count(ResizeSupported) == 1)
        assert not any(isinstance(event, Disconnected) for event in probe.events)


def test_over_an_open_descriptor(guest):
    sock = socket.socket(socket.AF_UNIX)
    sock.connect(guest.display)
    with Probe(FdTarget(sock.detach())) as probe:
        probe.wait_for(Updated)
        eventually_blocking(lambda: same(probe, guest))


def test_a_key_changes_the_screen(tmp_path):
    """The BIOS waits for Esc and then lists what it can boot from."""
    guest = Guest(tmp_path, "-boot", "menu=on,splash-time=60000")
    try:
        with Probe(UnixTarget(guest.display)) as probe:
            probe.wait_for(PointerModeChanged)
            eventually_blocking(lambda: written_lines(guest.screendump()) in range(15, 60))

            def menu_shown():
                probe.session.send_keys("Esc")
                return written_lines(guest.screendump()) > 60

            eventually_blocking(menu_shown, interval_s=0.3)
            eventually_blocking(lambda: same(probe, guest))
    finally:
        guest.close()


def test_the_end_of_the_guest_is_a_close(tmp_path):
    guest = Guest(tmp_path)
    try:
        with Probe(UnixTarget(guest.display)) as probe:
            probe.wait_for(Updated)
            guest.command("quit")
            # QEMU does not finish the picture it is in the middle of.
            ended = (DisconnectReason.CLOSED, DisconnectReason.LOST)
            assert probe.wait_for(Disconnected).reason in ended
    finally:
        guest.close()


def test_a_password(tmp_path):
    guest = Guest(tmp_path, vnc=",password=on")
    try:
        guest.command("set_password", protocol="vnc", password="secret")
        with Probe(UnixTarget(guest.display)) as probe:
            assert not probe.wait_for(CredentialsNeeded).encrypted
            probe.session.provide_credentials("secret")
            probe.wait_for(Updated)
        with Probe(UnixTarget(guest.display), RfbOptions(password="wrong")) as probe:
            assert probe.wait_for(Disconnected).reason is DisconnectReason.BAD_PASSWORD
    finally:
        guest.close()


@pytest.mark.parametrize("kind", ["anon", "x509"])
def test_tls(tmp_path, kind):
    tls = tmp_path / "tls"
    tls.mkdir()
    for name, extra in (("ca", ()), ("server", ("-CA", "ca-cert.pem", "-CAkey", "ca-key.pem"))):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
             "-keyout", f"{name}-key.pem", "-out", f"{name}-cert.pem", *extra,
             "-addext", f"basicConstraints=critical,CA:{'TRUE' if name == 'ca' else 'FALSE'}"],
            cwd=tls, check=True, capture_output=True,
        )  # fmt: skip
    credentials = f"tls-creds-{kind},id=t,endpoint=server"
    if kind == "x509":
        credentials += f",dir={tls},verify-peer=no"
    guest = Guest(tmp_path, "-object", credentials, vnc=",tls-creds=t")
    try:
        options = RfbOptions(tls=TlsSettings(ca_file=str(tls / "ca-cert.pem")))
        with Probe(UnixTarget(guest.display), options) as probe:
            probe.wait_for(Updated)
            eventually_blocking(lambda: same(probe, guest))
        if kind == "x509":
            with Probe(UnixTarget(guest.display)) as probe:
                assert probe.wait_for(Disconnected).reason is DisconnectReason.CERTIFICATE
    finally:
        guest.close()
