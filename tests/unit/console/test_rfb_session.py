"""Sessions against a fake server: connecting, painting, typing, stalling, breaking and stopping."""

# ruff: noqa: S106 - passwords of servers that do not exist

import errno
import gc
import os
import socket
import ssl
import struct
import subprocess
import threading
import time
import weakref
from types import SimpleNamespace

import numpy as np
import pytest

from tests.helpers.rfb_server import RfbServer, raw_rect, rect, update
from tests.helpers.waiting import eventually_blocking
from tests.unit.console.probe import Probe
from vmgui.console.rfb.des import vnc_response
from vmgui.console.rfb.errors import DisconnectReason
from vmgui.console.rfb.events import (
    Bell,
    Connected,
    CredentialsNeeded,
    CursorChanged,
    CutText,
    Disconnected,
    PointerModeChanged,
    Rect,
    Resized,
    Updated,
)
from vmgui.console.rfb.options import RfbOptions
from vmgui.console.rfb.session import RfbSession
from vmgui.console.rfb.transport import FdTarget, TcpTarget, TlsSettings, UnixTarget, is_local

OK = struct.pack(">I", 0)
BELL = b"\x02"


def plain(colour, width=64, height=48):
    return np.full((height, width), colour, np.uint32)


def show_and_stall(client):
    client.greet()
    assert not client.next_request()
    client.send_update((0, 0, plain(0x123456)))
    client.stall()


def reason_of(probe):
    return probe.wait_for(Disconnected).reason


def no_thread(_thread):
    raise RuntimeError("can't start new thread")


def no_descriptor(*_args, **_kwargs):
    raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))


def sockets_of(probe):
    """The descriptors it waits with; -1: closed."""
    waiter = probe.session._pump._waiter
    return [end.fileno() for end in (waiter._ring, waiter._bell)]


class TestPicture:
    @pytest.mark.parametrize("way", ["unix", "tcp", "name", "fd"])
    def test_every_way_to_a_server(self, way):
        with RfbServer(show_and_stall, tcp=way in ("tcp", "name")) as server:
            if way == "fd":
                sock = socket.socket(socket.AF_UNIX)
                sock.connect(server.path)
                target = FdTarget(sock.detach())
            else:
                target = {
                    "unix": UnixTarget(server.path),
                    "tcp": TcpTarget("127.0.0.1", server.port),
                    "name": TcpTarget("localhost", server.port),
                }[way]
            with Probe(target) as probe:
                assert probe.wait_for(Connected) == Connected(64, 48, "fake")
                assert probe.wait_for(Updated) == Updated((Rect(0, 0, 64, 48),))
                assert (probe.picture() == 0x123456).all()
            if way == "fd":
                with pytest.raises(OSError, match="Bad file descriptor"):
                    os.fstat(target.fd)

    def test_the_next_update_is_asked_for_while_one_comes(self):
        asked = threading.Event()

        def script(client):
            client.greet()
            client.next_request()
            whole = update(raw_rect(0, 0, plain(1)))
            client.send(whole[:2000])  # the rest only after the next request
            assert client.next_request()
            asked.set()
            client.send(whole[2000:])
            client.stall()

        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            probe.wait_for(Updated)
            assert asked.is_set()

    def test_a_painter_that_lags_is_not_flooded(self):
        requests, keys = [], []

        def script(client):
            client.greet()
            while True:
                message = client.next_of(3, 4)
                if message.kind == 4:
                    keys.append(message)
                    continue
                requests.append(message)
                client.send_update((0, 0, plain(len(requests) - 1)))
                if len(requests) == 2:
                    client.send(BELL)

        with RfbServer(script) as server, Probe(UnixTarget(server.path), paint=False) as probe:
            probe.wait_for(Updated)
            # Had the second picture been answered with a request, it would come before what is typed after it.
            probe.wait_for(Bell)
            probe.session.key(0, 0x61, True)
            eventually_blocking(lambda: keys)
            assert len(requests) == 2
            assert probe.count(Updated) == 1
            assert (probe.picture() == 0).all()  # the second one waits behind the painter
            probe.session.painted()
            probe.wait_for(Updated)
            assert (probe.picture() == 1).all()

    def test_hidden_nothing_is_asked_for(self):
        requests, keys = [], []
        hidden = threading.Event()

        def script(client):
            client.greet()
            client.next_request()
            hidden.wait(120)
            client.send_update((0, 0, plain(7)))
            client.send(BELL)
            while True:
                message = client.next_of(3, 4)
                (keys if message.kind == 4 else requests).append(message)

        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            probe.wait_for(Connected)
            probe.session.set_visible(False)
            probe.session.key(0, 0x20, True)  # queued behind it, so that it has been seen
            hidden.set()
            probe.wait_for(Bell)
            probe.session.key(0, 0x61, True)
            eventually_blocking(lambda: len(keys) == 2)
            assert requests == []
            assert probe.count(Updated) == 0
            probe.session.set_visible(True)
            probe.wait_for(Updated)
            assert (probe.picture() == 7).all()
            eventually_blocking(lambda: [message.body[0] for message in requests] == [1])

    def test_a_new_size(self):
        def script(client):
            client.greet()
            client.next_request()
            client.send_update((0, 0, plain(5)))
            client.send(update(rect(0, 0, 100, 80, -223)))
            while client.next_request():
                pass
            client.send_update((0, 0, plain(6, 100, 80)))
            client.stall()

        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            assert probe.wait_for(Resized) == Resized(100, 80)
            assert probe.picture().shape == (80, 100)
            probe.wait_for(Updated)
            probe.wait_for(Updated)
            assert (probe.picture() == 6).all()

    def test_no_frame_is_ever_half_old(self):
        """Frames of one colour each, sent in two halves: a painter must never see two colours."""
        stop = threading.Event()

        def script(client):
            client.greet(200, 200)
            for number in range(1, 60):
                client.next_request()
                whole = update(raw_rect(0, 0, plain(number, 200, 200)))
                client.send(whole[: len(whole) // 2])
                time.sleep(0.001)
                client.send(whole[len(whole) // 2 :])
            stop.set()
            client.stall()

        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            torn = 0
            while not stop.is_set():
                shown = probe.picture()
                torn += int(shown.min() != shown.max())
            assert torn == 0
            assert probe.count(Updated) > 20

    def test_a_slow_picture_is_shown_as_it_grows(self):
        def script(client):
            client.greet()
            client.next_request()
            client.send(
                update(raw_rect(0, 0, plain(9, 64, 10)), raw_rect(0, 10, plain(9, 64, 38)))[: 4 + 12 + 2560]
            )
            client.stall()

        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            assert probe.wait_for(Updated) == Updated((Rect(0, 0, 64, 10),))
            assert (probe.picture()[:10] == 9).all()

    def test_a_server_that_rings_without_end(self):
        def script(client):
            client.greet()
            client.send(b"\x02" * 300_000)
            client.send(struct.pack(">B3xI", 3, 4) + b"last")
            client.stall()

        started = time.monotonic()
        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            assert probe.wait_for(CutText).text == "last"
            assert probe.count(Bell) <= 2 + (time.monotonic() - started) / 0.02


class TestInput:
    def test_keys_pointer_and_clipboard_arrive_in_order(self):
        seen = []

        def script(client):
            client.greet()
            client.send(update(rect(1, 0, 0, 0, -257), rect(0, 0, 0, 0, -258)))
            while True:
                message = client.next_of(4, 5, 6, 255)
                seen.append((message.kind, message.body))

        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            assert probe.wait_for(PointerModeChanged).absolute
            session = probe.session
            session.pointer(5, 6, 1)
            session.pointer(5, 6, 0)
            session.send_keys("Ctrl+Alt+Del")
            session.cut_text("hé")
            eventually_blocking(lambda: len(seen) == 9)
            keys = [struct.unpack(">BHII", body) for kind, body in seen if kind == 255]
            assert [(down, code) for _, down, _, code in keys] == [
                (1, 0x1D), (1, 0x38), (1, 0xD3), (0, 0xD3), (0, 0x38), (0, 0x1D)
            ]  # fmt: skip
            assert [struct.unpack(">BHH", body) for kind, body in seen if kind == 5] == [(1, 5, 6), (0, 5, 6)]
            assert seen[-1] == (6, struct.pack(">3xI", 2) + b"h\xe9")

    def test_keys_left_down_are_released(self):
        seen = []

        def script(client):
            client.greet()
            while True:
                message = client.next_of(4)
                seen.append(struct.unpack(">BxxI", message.body))

        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            probe.wait_for(Connected)
            probe.session.key(0x1D, 0xFFE3, True)
            probe.session.key(0x1E, 0x61, True)
            probe.session.key(0x1E, 0x01, False)  # another keysym at release: the same key
            probe.session.release_keys()
            probe.session.release_keys()
            eventually_blocking(lambda: len(seen) >= 4)
            assert seen == [(1, 0xFFE3), (1, 0x61), (0, 0x01), (0, 0xFFE3)]

    def test_view_only_touches_nothing(self):
        seen = []

        def script(client):
            client.greet()
            while True:
                seen.append(client.next_of(4, 5, 6, 255).kind)

        options = RfbOptions(view_only=True)
        with RfbServer(script) as server, Probe(UnixTarget(server.path), options) as probe:
            probe.wait_for(Connected)
            probe.session.send_keys("Ctrl+Alt+Del")
            probe.session.pointer(1, 1, 1)
            probe.session.cut_text("x")
            probe.session.set_view_only(False)
            probe.session.pointer(2, 2, 0)
            eventually_blocking(lambda: seen)
            assert seen == [5]

    def test_a_burst_of_moves_is_thinned_but_ends_where_it_should(self):
        seen = []

        def script(client):
            client.greet(2000, 100)
            while True:
                seen.append(struct.unpack(">BHH", client.next_of(5).body))

        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            probe.wait_for(Connected)
            for x in range(1500):
                probe.session.pointer(x, 1, 0)
            probe.session.pointer(1500, 1, 1)
            eventually_blocking(lambda: seen and seen[-1] == (1, 1500, 1))
            assert (0, 1499, 1) in seen
            assert [x for _, x, _ in seen] == sorted(x for _, x, _ in seen)

    def test_the_nudge_repeats_the_position_for_a_while_and_only_if_wanted(self):
        for nudge in (True, False):
            seen = []

            def script(client, seen=seen):
                client.greet()
                client.send(update(rect(1, 0, 0, 0, -257)))
                while True:
                    seen.append(client.next_of(4, 5))

            options = RfbOptions(latency_nudge=nudge)
            with RfbServer(script) as server, Probe(UnixTarget(server.path), options) as probe:
                probe.wait_for(PointerModeChanged)
                probe.session.pointer(9, 8, 0)
                probe.session.key(0, 0x61, True)
                eventually_blocking(lambda seen=seen, nudge=nudge: len(seen) >= (5 if nudge else 2))
                if not nudge:
                    probe.session.key(0, 0x62, True)
                    eventually_blocking(lambda seen=seen: seen[-1].body.endswith(b"\x62"))
                    assert [m.kind for m in seen] == [5, 4, 4]
                assert all(m.body == struct.pack(">BHH", 0, 9, 8) for m in seen if m.kind == 5)

    def test_a_server_that_reads_nothing_does_not_block_the_caller(self):
        def script(client):
            client.greet()
            client.stall()

        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            probe.wait_for(Connected)
            # The server reads none of it until the test is over: a call that waited for it would hang.
            for number in range(200_000):
                probe.session.key(0, 0x61, bool(number & 1))
            probe.session.cut_text("x" * (1 << 20))
            probe.session.cut_text("x" * (1 << 20))
            assert probe.wait_for(Disconnected).reason is DisconnectReason.LOST


class TestPasswords:
    def script(self, client):
        client.send(b"RFB 003.008\n")
        client.read(12)
        client.send(b"\x01\x02")
        client.read(1)
        challenge = os.urandom(16)
        if client.challenge(challenge) == vnc_response("secret", challenge):
            client.send(OK)
            client.initialise()
            client.stall()
        else:
            client.send(struct.pack(">I", 1) + struct.pack(">I", 5) + b"wrong")

    def test_right(self):
        with RfbServer(self.script) as server, Probe(UnixTarget(server.path)) as probe:
            assert not probe.wait_for(CredentialsNeeded).username
            probe.session.provide_credentials("secret")
            probe.wait_for(Connected)

    def test_known_before(self):
        with RfbServer(self.script) as server:
            with Probe(UnixTarget(server.path), RfbOptions(password="secret")) as probe:
                probe.wait_for(Connected)
            assert probe.count(CredentialsNeeded) == 0

    def test_wrong(self):
        with RfbServer(self.script) as server, Probe(UnixTarget(server.path)) as probe:
            probe.wait_for(CredentialsNeeded)
            probe.session.provide_credentials("guess")
            assert probe.wait_for(Disconnected) == Disconnected(
                DisconnectReason.BAD_PASSWORD, "The server did not accept the password.", "wrong"
            )

    def test_stop_while_asked(self):
        with RfbServer(self.script) as server, Probe(UnixTarget(server.path)) as probe:
            probe.wait_for(CredentialsNeeded)

    def test_a_password_is_in_no_repr(self):
        options = RfbOptions(username="ann", password="secret")
        assert "secret" not in repr(options)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """An authority and a certificate of it for "console.test", with the plain openssl program."""
    folder = tmp_path_factory.mktemp("tls")

    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    new_key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    for name in ("ca", "other"):
        openssl("req", "-x509", *new_key, "-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", f"/CN={name}",
                "-days", "2")  # fmt: skip
    openssl("req", *new_key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=console.test")
    (folder / "ext").write_text("subjectAltName=DNS:console.test\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days",
            "2", "-out", "server.pem", "-extfile", "ext")  # fmt: skip
    return folder


class TestTls:
    def serve(self, context, subtype):
        def script(client):
            client.send(b"RFB 003.008\n")
            client.read(12)
            client.send(b"\x01\x13")
            client.read(1)
            client.send(b"\x00\x02")
            client.read(2)
            client.send(b"\x00\x01" + struct.pack(">I", subtype))
            client.read(4)
            client.send(b"\x01")
            client.start_tls(context)
            if subtype in (258, 261):
                challenge = os.urandom(16)
                assert client.challenge(challenge) == vnc_response("secret", challenge)
            elif subtype in (259, 262):
                assert client.read(8) == struct.pack(">II", 3, 6)
                assert client.read(9) == b"annsecret"
            client.send(OK)
            client.initialise(600, 500)
            client.next_request()
            client.send_update((0, 0, np.arange(600 * 500, dtype=np.uint32).reshape(500, 600)))
            client.stall()

        return RfbServer(script)

    def context(self, certificates):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates / "server.pem", certificates / "server.key")
        return context

    def options(self, certificates, ca="ca", name="console.test"):
        tls = TlsSettings(ca_file=str(certificates / f"{ca}.pem"), server_name=name)
        return RfbOptions(username="ann", password="secret", tls=tls)

    @pytest.mark.parametrize("subtype", [260, 261, 262])
    def test_with_a_certificate(self, certificates, subtype):
        with (
            self.serve(self.context(certificates), subtype) as server,
            Probe(UnixTarget(server.path), self.options(certificates)) as probe,
        ):
            probe.wait_for(Updated)
            assert (probe.picture().ravel() == np.arange(600 * 500)).all()

    def test_with_an_authority_beside_the_systems(self, certificates):
        tls = TlsSettings(server_name="console.test", more_authorities=(str(certificates / "ca.pem"),))
        with (
            self.serve(self.context(certificates), 260) as server,
            Probe(UnixTarget(server.path), RfbOptions(tls=tls)) as probe,
        ):
            probe.wait_for(Updated)

    @pytest.mark.parametrize("subtype", [257, 258, 259])
    def test_anonymous(self, subtype):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers("ADH:AECDH:@SECLEVEL=0")
        options = RfbOptions(username="ann", password="secret")
        with self.serve(context, subtype) as server, Probe(UnixTarget(server.path), options) as probe:
            probe.wait_for(Updated)

    @pytest.mark.parametrize(("ca", "name"), [("other", "console.test"), ("ca", "elsewhere.test")])
    def test_a_certificate_of_another(self, certificates, ca, name):
        with (
            self.serve(self.context(certificates), 260) as server,
            Probe(UnixTarget(server.path), self.options(certificates, ca, name)) as probe,
        ):
            assert reason_of(probe) is DisconnectReason.CERTIFICATE

    def test_an_authority_file_that_is_not_there(self, certificates):
        with (
            self.serve(self.context(certificates), 260) as server,
            Probe(UnixTarget(server.path), self.options(certificates, "missing")) as probe,
        ):
            ended = probe.wait_for(Disconnected)
            assert ended.reason is DisconnectReason.CERTIFICATE
            assert "missing.pem" in ended.text

    def test_a_server_that_falls_silent_in_the_handshake(self, certificates):
        def script(client):
            client.send(b"RFB 003.008\n\x01\x13\x00\x02\x00\x01" + struct.pack(">I", 260) + b"")
            client.read(12 + 1 + 2 + 4)
            client.send(b"\x01")
            client.stall()

        options = RfbOptions(handshake_timeout_s=0.3)
        with RfbServer(script) as server, Probe(UnixTarget(server.path), options) as probe:
            assert reason_of(probe) is DisconnectReason.TIMED_OUT
        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            assert server.is_stalling.wait(60)
            probe.session.stop()
            assert probe.session.join(60)


class TestEnds:
    def test_the_server_closes(self):
        def script(client):
            client.greet()
            client.next_request()
            client.send_update((0, 0, plain(3)))

        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            assert reason_of(probe) is DisconnectReason.CLOSED

    @pytest.mark.parametrize("encoding", [0, 2, 5, 6, 7, 16])
    def test_the_server_dies_in_the_middle_of_a_rectangle(self, encoding):
        def script(client):
            client.greet()
            client.send(update(rect(0, 0, 64, 48, encoding, b"\x00")))

        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            ended = probe.wait_for(Disconnected)
            assert ended.reason is DisconnectReason.LOST
            assert "middle" in ended.text

    def test_the_server_dies_in_its_greeting(self):
        with (
            RfbServer(lambda client: client.send(b"RFB 003.0")) as server,
            Probe(UnixTarget(server.path)) as probe,
        ):
            assert reason_of(probe) is DisconnectReason.REFUSED

    def test_the_server_closes_before_it_has_let_us_in(self):
        def script(client):
            client.send(b"RFB 003.008\n")
            client.read(12)

        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            assert reason_of(probe) is DisconnectReason.REFUSED

    def test_the_server_closes_when_it_gets_the_password(self):
        def script(client):
            client.send(b"RFB 003.008\n")
            client.read(12)
            client.send(b"\x01\x02")
            client.read(1)
            client.challenge()

        options = RfbOptions(password="guess")
        with RfbServer(script) as server, Probe(UnixTarget(server.path), options) as probe:
            assert reason_of(probe) is DisconnectReason.BAD_PASSWORD

    def test_another_client_holds_the_display_for_itself(self):
        def script(client):
            client.send(b"RFB 003.008\n")
            client.read(12)
            client.send(b"\x01\x01")
            client.read(1)
            client.send(OK)
            client.read(1)  # as QEMU does: closed in answer to ClientInit

        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            assert reason_of(probe) is DisconnectReason.TURNED_AWAY

    def test_a_server_whose_vencrypt_is_of_no_use_is_asked_again_without(self):
        visits = []

        def script(client):
            visits.append(1)
            client.send(b"RFB 003.008\n")
            client.read(12)
            client.send(b"\x02\x13\x01")
            if client.read(1) == b"\x13":
                client.send(b"\x00\x02")
                client.read(2)
                client.send(b"\x00\x01" + struct.pack(">I", 263))
                client.read(1)  # it leaves
            client.send(OK)
            client.initialise()
            client.stall()

        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            probe.wait_for(Connected)
        assert len(visits) == 2

    def test_a_server_without_a_screen_is_waited_for(self):
        def script(client):
            client.greet(0, 0)
            client.next_request()
            client.send(update(rect(0, 0, 64, 48, -223)))
            # All of it. As an update begins, before its size is known, only what changes may have been asked for.
            while client.next_request():
                pass
            client.send_update((0, 0, plain(0x123456)))
            client.stall()

        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            assert probe.wait_for(Connected) == Connected(0, 0, "fake")
            while not (probe.picture().shape == (48, 64) and (probe.picture() == 0x123456).all()):
                probe.wait_for(Updated)

    def test_an_ended_session_leaves_nothing_to_the_collector(self):
        # 256 MiB at each of a server's reconnects, and what is set aside from the collector stays for good.
        ended, shown = threading.Event(), threading.Event()

        def listen(events):
            for event in events:
                if isinstance(event, Updated):
                    shown.set()
                if isinstance(event, Disconnected):
                    ended.set()

        def script(client):
            client.greet()
            client.next_request()
            client.send_update((0, 0, plain(1)))
            shown.wait(20)

        gc.collect()
        gc.disable()
        try:
            with RfbServer(script) as server:
                session = RfbSession(UnixTarget(server.path), RfbOptions(), listen)
                session.start()
                assert ended.wait(60)
                assert session.join(60)
            pump = session._pump
            left = [weakref.ref(pump._protocol.pixels), weakref.ref(pump.surface), weakref.ref(pump)]
            del pump, session
            assert [reference() for reference in left] == [None, None, None]
        finally:
            gc.enable()

    def test_garbage(self):
        def script(client):
            client.greet()
            client.send(b"\xee")
            client.stall()

        with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
            ended = probe.wait_for(Disconnected)
            assert ended.reason is DisconnectReason.PROTOCOL
            assert "238" in ended.text

    def test_a_picture_too_large(self):
        with (
            RfbServer(lambda client: client.greet(16384, 16384)) as server,
            Probe(UnixTarget(server.path)) as probe,
        ):
            assert reason_of(probe) is DisconnectReason.TOO_LARGE

    def test_nobody_there(self, tmp_path):
        with Probe(UnixTarget(str(tmp_path / "none"))) as probe:
            assert reason_of(probe) is DisconnectReason.UNREACHABLE
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        listener.close()
        with Probe(TcpTarget("127.0.0.1", port)) as probe:
            assert reason_of(probe) is DisconnectReason.UNREACHABLE

    def test_a_name_that_is_none(self):
        with Probe(TcpTarget("no-such-host.invalid.", 5900)) as probe:
            assert reason_of(probe) is DisconnectReason.UNKNOWN_NAME

    @pytest.mark.parametrize("path", ["/" + "x" * 300, "\0"])
    def test_paths_that_are_none(self, path):
        with Probe(UnixTarget(path)) as probe:
            assert reason_of(probe) is DisconnectReason.UNREACHABLE

    def test_a_descriptor_that_is_no_socket(self, tmp_path):
        fd = os.open(tmp_path, os.O_RDONLY)
        with Probe(FdTarget(fd)) as probe:
            assert reason_of(probe) is DisconnectReason.UNREACHABLE
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(fd)

    @pytest.mark.parametrize("way", ["fd", "unix", "tcp"])
    def test_a_computer_without_threads_ends_it_and_no_descriptor_stays(self, way, monkeypatch):
        ours, servers = socket.socketpair()
        fd = ours.detach()
        targets = {"fd": FdTarget(fd), "unix": UnixTarget("/nowhere"), "tcp": TcpTarget("127.0.0.1", 9)}
        with servers:
            with monkeypatch.context() as patch:
                patch.setattr(threading.Thread, "start", no_thread)
                with Probe(targets[way]) as probe:
                    # Without a thread of its own it is told by the one that started it.
                    assert [event.reason for event in probe.events] == [DisconnectReason.NO_THREAD]
                    probe.session.provide_credentials("late")
            if way == "fd":
                assert servers.recv(1) == b""
            else:
                os.close(fd)
        assert sockets_of(probe) == [-1, -1]

    def test_a_computer_without_a_thread_for_the_name_says_so(self, monkeypatch):
        start = threading.Thread.start

        def no_resolver(thread):
            no_thread(thread) if thread.name == "rfb-resolver" else start(thread)

        monkeypatch.setattr(threading.Thread, "start", no_resolver)
        with Probe(TcpTarget("localhost", 9)) as probe:
            assert reason_of(probe) is DisconnectReason.NO_THREAD
        assert sockets_of(probe) == [-1, -1]

    @pytest.mark.parametrize(("module", "which"), [("waiter", "socketpair"), ("transport", "socket")])
    def test_a_program_without_descriptors_ends_it_and_says_so(self, module, which, monkeypatch):
        without = SimpleNamespace(**(vars(socket) | {which: no_descriptor}))
        monkeypatch.setattr(f"vmgui.console.rfb.{module}.socket", without)
        with Probe(TcpTarget("127.0.0.1", 9)) as probe:
            assert reason_of(probe) is DisconnectReason.NO_DESCRIPTOR

    def test_a_server_that_says_nothing(self):
        options = RfbOptions(handshake_timeout_s=0.2)
        with (
            RfbServer(lambda client: client.stall()) as server,
            Probe(UnixTarget(server.path), options) as probe,
        ):
            assert reason_of(probe) is DisconnectReason.TIMED_OUT

    def test_stop_comes_through_in_every_state(self):
        def stall_after(head):
            def script(client):
                client.send(head)
                client.stall()

            return script

        def half_a_rectangle(client):
            client.greet()
            client.send(update(rect(0, 0, 64, 48, 0, bytes(100))))
            client.stall()

        def endless(client):
            client.greet()
            frame = update(raw_rect(0, 0, plain(1)))
            client.send(frame * 100)
            client.server.is_stalling.set()
            while True:
                client.send(frame)

        for script in (stall_after(b""), stall_after(b"RFB 003"), half_a_rectangle, endless, show_and_stall):
            with RfbServer(script) as server:
                probe = Probe(UnixTarget(server.path))
                probe.session.start()
                assert server.is_stalling.wait(60)
                probe.session.stop()
                assert probe.session.join(60)
                assert probe.events[-1] == Disconnected(DisconnectReason.STOPPED, "")

    @pytest.mark.parametrize("few_bytes", ["fill", "copy", "resize"])
    def test_stop_comes_through_while_few_bytes_make_much_work(self, few_bytes):
        """20,000 times the whole picture of 4096 x 4096: minutes of work in a quarter of a megabyte."""
        one = {
            "fill": rect(0, 0, 4096, 4096, 7, b"\x80abc"),
            "copy": rect(0, 0, 4096, 4095, 1, struct.pack(">HH", 0, 1)),
            "resize": rect(0, 0, 4096, 4095, -223) + rect(0, 0, 4096, 4096, -223),
        }[few_bytes]

        def script(client):
            client.greet(4096, 4096)
            work = update(*[one] * 20_000)
            client.send(work[: len(work) // 8])
            client.server.is_stalling.set()
            client.send(work[len(work) // 8 :])
            client.stall()

        with RfbServer(script) as server:
            probe = Probe(UnixTarget(server.path))
            probe.session.start()
            probe.wait_for(Connected)
            assert server.is_stalling.wait(60)
            probe.session.stop()
            # Its work would take minutes.
            assert probe.session.join(60)
            assert probe.events[-1] == Disconnected(DisconnectReason.STOPPED, "")

    def test_stop_while_connecting(self):
        # A full backlog: the connection is neither made nor refused.
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for sock in waiting:
            sock.setblocking(False)
            sock.connect_ex(("127.0.0.1", port))
        try:
            with Probe(TcpTarget("127.0.0.1", port), RfbOptions(connect_timeout_s=0.2)) as probe:
                assert reason_of(probe) is DisconnectReason.TIMED_OUT
            probe = Probe(TcpTarget("127.0.0.1", port))
            probe.session.start()
            probe.session.stop()
            assert probe.session.join(60)
            assert probe.events == [Disconnected(DisconnectReason.STOPPED, "")]
        finally:
            for sock in (*waiting, listener):
                sock.close()

    def test_everything_may_be_called_before_and_after(self):
        with RfbServer(show_and_stall) as server:
            probe = Probe(UnixTarget(server.path))
            for _ in range(2):
                probe.session.pointer(1, 1, 0)
                probe.session.key(1, 1, True)
                probe.session.painted()
                probe.session.set_visible(True)
                probe.session.provide_credentials("x")
                probe.session.resize_desktop(5, 5)
                assert probe.picture().size
                if not probe.events:
                    with probe:
                        probe.wait_for(Updated)
            probe.session.stop()
            assert probe.session.join(60)

    def test_a_mistake_of_ours_ends_the_session_and_is_logged(self, monkeypatch, caplog):
        def fail(*_: object):
            raise ZeroDivisionError

        monkeypatch.setattr("vmgui.console.rfb.protocol.RfbProtocol.received", fail)
        with RfbServer(show_and_stall) as server, Probe(UnixTarget(server.path)) as probe:
            assert reason_of(probe) is DisconnectReason.INTERNAL
        assert "ZeroDivisionError" in caplog.text


def test_what_counts_as_local():
    assert is_local(UnixTarget("/x"))
    assert is_local(FdTarget(3))
    assert is_local(TcpTarget("127.0.0.1", 1))
    assert is_local(TcpTarget("::1", 1))
    assert is_local(TcpTarget("localhost", 1))
    assert not is_local(TcpTarget("10.0.0.1", 1))
    assert not is_local(TcpTarget("host.example", 1))


def test_encodings_follow_the_distance():
    offered = []

    def script(client):
        client.greet()
        offered.append(client.encodings[:2])

    for local in (True, False):
        with RfbServer(script) as server, Probe(UnixTarget(server.path), RfbOptions(local=local)) as probe:
            probe.wait_for(Disconnected)
    assert offered == [[0, 1], [1, 7]]


def test_a_pointer_shape_arrives():
    def script(client):
        client.greet()
        client.send(update(rect(1, 1, 2, 2, -239, bytes(16) + b"\xc0\xc0")))
        client.stall()

    with RfbServer(script) as server, Probe(UnixTarget(server.path)) as probe:
        shape = probe.wait_for(CursorChanged)
        assert (shape.width, shape.height, len(shape.argb)) == (2, 2, 16)
