"""The protocol as scripts: these bytes in, those events and answers out, however the bytes are cut."""

# ruff: noqa: S106 - passwords of servers that do not exist

import random
import struct
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.rfb_server import raw_rect, rect, server_init, update
from tests.helpers.rfb_streams import player, stream
from tests.unit.console import encoders
from vmgui.console.rfb.des import vnc_response
from vmgui.console.rfb.encodings import preferred_encodings
from vmgui.console.rfb.errors import (
    BadPassword,
    ProtocolError,
    RfbError,
    ServerRefused,
    TooLarge,
    UnsupportedServer,
    UnusableVeNCrypt,
)
from vmgui.console.rfb.events import (
    Bell,
    Connected,
    CredentialsNeeded,
    CutText,
    LedState,
    NameChanged,
    PointerModeChanged,
    Rect,
    Resized,
    ResizeRefused,
    ResizeSupported,
    StartTls,
    UpdateFinished,
    UpdateStarted,
)
from vmgui.console.rfb.protocol import RfbProtocol
from vmgui.console.rfb.security import Negotiation

CHALLENGE = bytes(range(100, 116))
OK = struct.pack(">I", 0)


def make(local=True, **negotiation):
    return RfbProtocol(Negotiation(local=local, **negotiation), encodings=(0,))


def reason(text):
    return struct.pack(">I", len(text)) + text


class Script:
    """Feeds the server's lines in pieces and gathers both directions."""

    def __init__(self, protocol, sizes=(1 << 20,)):
        self.protocol, self.sizes, self.turn = protocol, sizes, 0
        self.events, self.sent = [], b""

    def tell(self, data):
        while data:
            size = self.sizes[self.turn % len(self.sizes)]
            self.turn += 1
            self.events += self.protocol.feed(data[:size])
            self.sent += self.protocol.take_outgoing()
            data = data[size:]
        return self

    def heard(self):
        sent, self.sent = self.sent, b""
        return sent


cuts = st.lists(st.integers(1, 9), min_size=1, max_size=6)


class TestHandshake:
    @settings(max_examples=25, deadline=None)
    @given(sizes=cuts)
    def test_nothing_asked(self, sizes):
        script = Script(make(), sizes)
        script.tell(b"RFB 003.008\n")
        assert script.heard() == b"RFB 003.008\n"
        script.tell(b"\x02\x02\x01")
        assert script.heard() == b"\x01"
        script.tell(OK)
        assert script.heard() == b"\x01"  # shared
        script.tell(server_init(80, 60, "Ä name"))
        assert script.events == [Connected(80, 60, "Ä name")]
        sent = script.heard()
        assert sent[:4] == b"\0\0\0\0"
        assert sent[20:] == struct.pack(">BxHi", 2, 1, 0)

    @pytest.mark.parametrize(
        ("theirs", "ours"),
        [("003.003", "003.003"), ("003.005", "003.003"), ("003.006", "003.003"), ("003.007", "003.007"),
         ("003.008", "003.008"), ("003.889", "003.008"), ("004.001", "003.008"), ("005.000", "003.008")],
    )  # fmt: skip
    def test_versions(self, theirs, ours):
        script = Script(make()).tell(f"RFB {theirs}\n".encode())
        assert script.heard() == f"RFB {ours}\n".encode()

    def test_3_3_decides_alone_and_confirms_nothing(self):
        script = Script(make()).tell(b"RFB 003.003\n" + struct.pack(">I", 1))
        assert script.heard() == b"RFB 003.003\n\x01"
        assert script.tell(server_init(8, 8)).events == [Connected(8, 8, "fake")]

    def test_3_7_confirms_a_password_without_a_reason(self):
        script = Script(make(password="secret")).tell(b"RFB 003.007\n\x01\x02" + CHALLENGE)
        assert script.heard() == b"RFB 003.007\n\x02" + vnc_response("secret", CHALLENGE)
        with pytest.raises(BadPassword):
            script.tell(struct.pack(">I", 1))

    def test_a_password_asked_for(self):
        script = Script(make()).tell(b"RFB 003.008\n\x01\x02" + CHALLENGE)
        assert script.events == [CredentialsNeeded(username=False, encrypted=False, verified=False)]
        assert script.protocol.waiting
        script.heard()
        script.protocol.provide_credentials("", "pw")
        assert script.protocol.take_outgoing() == vnc_response("pw", CHALLENGE)
        script.tell(OK + server_init(8, 8))
        assert script.protocol.connected

    def test_a_wrong_password_in_the_servers_words(self):
        script = Script(make(password="wrong")).tell(b"RFB 003.008\n\x01\x02" + CHALLENGE)
        with pytest.raises(BadPassword) as refusal:
            script.tell(struct.pack(">I", 1) + reason(b"Authentication failed"))
        assert refusal.value.said == "Authentication failed"

    def test_too_many_attempts(self):
        with pytest.raises(ServerRefused, match="Too many"):
            Script(make(password="x")).tell(b"RFB 003.008\n\x01\x02" + CHALLENGE + struct.pack(">I", 2))

    @pytest.mark.parametrize("head", [b"RFB 003.008\n\x00", b"RFB 003.003\n" + struct.pack(">I", 0)])
    def test_refused_with_a_reason(self, head):
        with pytest.raises(ServerRefused) as refusal:
            Script(make(), (3,)).tell(head + reason(b"Too many users"))
        assert refusal.value.said == "Too many users"

    def test_a_reason_is_one_short_line_without_tricks(self):
        words = "go\naway \x1b[31m\u202eyawa og\0 " + "x" * 1000
        with pytest.raises(ServerRefused) as refusal:
            Script(make()).tell(b"RFB 003.008\n\x00" + reason(words.encode()))
        assert refusal.value.said.startswith("go away [31m yawa og xxx")
        assert len(refusal.value.said) == 300
        assert refusal.value.said.isprintable()

    @pytest.mark.parametrize(
        ("head", "kind", "message"),
        [
            (b"SSH-2.0-Open", ProtocolError, "not a VNC server"),
            (b"RFB 002.009\n", UnsupportedServer, "older than 3.3"),
            (b"RFB 003.008\n\x02\x14\x05", UnsupportedServer, "SASL, RA2"),
            (b"RFB 003.003\n" + struct.pack(">I", 16), UnsupportedServer, "type 16"),
            (b"RFB 003.008\n\x00" + struct.pack(">I", 1 << 30), TooLarge, "1073741824 bytes"),
            (b"RFB 003.008\n\x01\x01" + OK + server_init(0, 5), ProtocolError, "0 x 5"),
            (b"RFB 003.008\n\x01\x01" + OK + server_init(5, 0), ProtocolError, "5 x 0"),
            (b"RFB 003.008\n\x01\x01" + OK + server_init(16385, 5), TooLarge, "16385 x 5"),
            (b"RFB 003.008\n\x01\x01" + OK + server_init(16384, 4097), TooLarge, "16384 x 4097"),
            (
                b"RFB 003.008\n\x01\x01" + OK + server_init(5, 5)[:20] + b"\xff" * 4,
                TooLarge,
                "4294967295 bytes",
            ),
        ],
    )
    def test_what_ends_a_greeting(self, head, kind, message):
        with pytest.raises(kind, match=message):
            Script(make()).tell(head)


class TestVeNCrypt:
    def begin(self, protocol, *subtypes):
        script = Script(protocol, (1,)).tell(b"RFB 003.008\n\x02\x02\x13" + b"\x00\x02" + b"\x00")
        assert script.heard() == b"RFB 003.008\n\x13\x00\x02"
        return script.tell(bytes([len(subtypes)]) + struct.pack(f">{len(subtypes)}I", *subtypes))

    @pytest.mark.parametrize(
        ("offered", "chosen", "verify"),
        [((257, 260), 260, True), ((258, 261), 261, True), ((259, 262, 261), 262, True),
         ((257,), 257, False), ((258, 257), 258, False), ((256, 259), 259, False)],
    )  # fmt: skip
    def test_the_best_is_chosen_and_tls_begins(self, offered, chosen, verify):
        script = self.begin(make(local=False), *offered)
        assert script.heard() == struct.pack(">I", chosen)
        assert script.tell(b"\x01").events == [StartTls(verify)]
        assert script.protocol.waiting

    def test_vnc_password_inside_tls(self):
        script = self.begin(make(), 261).tell(b"\x01")
        script.heard()
        assert script.protocol.tls_started() == []
        script.tell(CHALLENGE)
        assert script.events[-1] == CredentialsNeeded(username=False, encrypted=True, verified=True)
        script.protocol.provide_credentials("", "pw")
        assert script.protocol.take_outgoing() == vnc_response("pw", CHALLENGE)

    def test_user_and_password_inside_anonymous_tls(self):
        script = self.begin(make(local=False), 259).tell(b"\x01")
        script.heard()
        events = script.protocol.tls_started()
        assert events == [CredentialsNeeded(username=True, encrypted=True, verified=False)]
        script.protocol.provide_credentials("ann", "pä")
        assert script.protocol.take_outgoing() == struct.pack(">II", 3, 3) + b"annp\xc3\xa4"
        with pytest.raises(BadPassword):
            script.tell(struct.pack(">I", 1) + reason(b"no"))

    def test_a_refused_certificate_is_no_bad_password(self):
        script = self.begin(make(), 260).tell(b"\x01")
        script.protocol.tls_started()
        with pytest.raises(ServerRefused):
            script.tell(struct.pack(">I", 1) + reason(b"TLS certificate not on the list"))

    def test_a_password_in_clear_only_on_this_machine(self):
        with pytest.raises(UnsupportedServer, match="unencrypted"):
            self.begin(make(local=False), 256)
        script = self.begin(make(local=True), 256)
        assert script.events == [CredentialsNeeded(username=True, encrypted=False, verified=False)]

    def test_bytes_slipped_in_before_tls(self):
        script = self.begin(make(), 260)
        with pytest.raises(ProtocolError, match="unencrypted"):
            script.protocol.feed(b"\x01" + OK)

    def test_bytes_slipped_in_while_tls_is_due(self):
        script = self.begin(make(), 260).tell(b"\x01")
        with pytest.raises(ProtocolError, match="unencrypted"):
            script.tell(b"\x00")

    @pytest.mark.parametrize("subtype", [256, 263])
    def test_unusable_subtypes_beside_a_type_that_is_spoken(self, subtype):
        head = b"RFB 003.008\n\x02\x02\x13" + b"\x00\x02\x00\x01" + struct.pack(">I", subtype)
        with pytest.raises(UnusableVeNCrypt):
            Script(make(local=False)).tell(head)
        second = Script(make(local=False, without_vencrypt=True)).tell(b"RFB 003.008\n\x02\x02\x13")
        assert second.heard() == b"RFB 003.008\n\x02"

    def test_unusable_subtypes_alone(self):
        with pytest.raises(UnsupportedServer, match="263") as refusal:
            Script(make()).tell(b"RFB 003.008\n\x01\x13\x00\x02\x00\x01" + struct.pack(">I", 263))
        assert not isinstance(refusal.value, UnusableVeNCrypt)

    @pytest.mark.parametrize(
        ("data", "message"),
        [(b"\x00\x01", "VeNCrypt 0.1"), (b"\x00\x02\x01", "refuses VeNCrypt"),
         (b"\x00\x02\x00\x01" + struct.pack(">I", 263), "subtype this program speaks: 263")],
    )  # fmt: skip
    def test_unknown_variants(self, data, message):
        with pytest.raises(UnsupportedServer, match=message):
            Script(make()).tell(b"RFB 003.008\n\x01\x13" + data)


def connected(width=64, height=48):
    script = Script(make())
    script.tell(b"RFB 003.008\n\x01\x01" + OK + server_init(width, height))
    script.heard()
    script.events.clear()
    return script


class TestMessages:
    @settings(max_examples=25, deadline=None)
    @given(sizes=cuts)
    def test_all_of_them_cut_anywhere(self, sizes):
        picture = np.arange(48, dtype=np.uint32).reshape(6, 8)
        script = connected()
        script.sizes = sizes
        script.tell(
            b"\x02"
            + struct.pack(">B3xI", 3, 5) + b"caf\xe9!"
            + struct.pack(">BxHH", 1, 0, 2) + bytes(12)
            + update(raw_rect(3, 4, picture), rect(1, 0, 0, 0, -257), rect(0, 0, 0, 0, -258),
                     rect(0, 0, 1, 1, -261, b"\x05"), rect(0, 0, 0, 0, -307, reason(b"new name")))
            + b"\x02"
        )  # fmt: skip
        assert script.events == [
            Bell(), CutText("café!"), UpdateStarted(), PointerModeChanged(True), LedState(True, False, True),
            NameChanged("new name"), UpdateFinished((Rect(3, 4, 8, 6),)), Bell(),
        ]  # fmt: skip
        assert (script.protocol.pixels[4:10, 3:11] == picture).all()
        assert script.protocol.between_messages

    def test_last_rect_ends_an_update(self):
        pixels = np.ones((2, 2), np.uint32)
        script = connected().tell(
            update(raw_rect(0, 0, pixels), rect(0, 0, 0, 0, -224), count=0xFFFF) + b"\x02"
        )
        assert script.events == [UpdateStarted(), UpdateFinished((Rect(0, 0, 2, 2),)), Bell()]

    def test_many_rectangles_become_a_box(self):
        pixels = np.ones((2, 2), np.uint32)
        script = connected().tell(update(*(raw_rect(3 + n % 20, 5 + n % 7, pixels) for n in range(65))))
        assert script.events[-1] == UpdateFinished((Rect(3, 5, 21, 8),))

    def test_a_screen_that_changes_size_keeps_what_it_can(self):
        picture = np.arange(64 * 48, dtype=np.uint32).reshape(48, 64)
        script = connected().tell(update(raw_rect(0, 0, picture)))
        script.events.clear()
        script.tell(update(rect(0, 0, 100, 20, -223)))
        assert script.events == [UpdateStarted(), Resized(100, 20), UpdateFinished(())]
        assert script.protocol.pixels.shape == (20, 100)
        assert (script.protocol.pixels[:20, :64] == picture[:20]).all()

    def test_extended_desktop_size(self):
        screens = b"\x01\0\0\0" + struct.pack(">IHHHHI", 7, 0, 0, 64, 48, 9)
        script = connected()
        assert not script.protocol.resize_desktop(80, 60)
        script.tell(update(rect(0, 0, 64, 48, -308, screens)))
        assert script.events == [UpdateStarted(), ResizeSupported(), UpdateFinished(())]
        assert script.protocol.resize_desktop(80, 60)
        assert script.protocol.take_outgoing() == (
            struct.pack(">BxHHBx", 251, 80, 60, 1) + struct.pack(">IHHHHI", 7, 0, 0, 80, 60, 9)
        )
        script.events.clear()
        script.tell(update(rect(1, 3, 64, 48, -308, screens)) + update(rect(1, 0, 80, 60, -308, screens)))
        assert script.events[1] == ResizeRefused(
            "The screen keeps its size: the server cannot show this layout."
        )
        assert Resized(80, 60) in script.events

    @pytest.mark.parametrize("size", [(0, 5), (16385, 1), (16384, 16384)])
    def test_a_screen_of_impossible_size(self, size):
        with pytest.raises(ProtocolError):
            connected().tell(update(rect(0, 0, *size, -223)))

    def test_long_or_extended_clipboards_are_passed_over(self):
        script = connected()
        for length in (2 << 20, -(2 << 20)):
            script.tell(struct.pack(">B3xi", 3, length) + bytes(2 << 20) + b"\x02")
        assert script.events == [Bell(), Bell()]
        assert script.protocol._source.capacity < 4 << 20

    @pytest.mark.parametrize("kind", [4, 5, 6, 77, 150, 255])
    def test_messages_that_do_not_exist(self, kind):
        with pytest.raises(ProtocolError, match=f"type {kind}"):
            connected().tell(bytes([kind]))


class TestInput:
    def test_keys_by_keysym_until_the_server_takes_scancodes(self):
        script = connected()
        script.protocol.key(0x1E, 0x61, down=True)
        assert script.protocol.take_outgoing() == struct.pack(">BBxxI", 4, 1, 0x61)
        script.tell(update(rect(0, 0, 0, 0, -258)))
        script.protocol.key(0x1E, 0x61, down=False)
        assert script.protocol.take_outgoing() == struct.pack(">BBHII", 255, 0, 0, 0x61, 0x1E)
        script.protocol.key(0, 0x61, down=True)
        assert script.protocol.take_outgoing()[0] == 4
        script.protocol.key(0, 0, down=True)
        assert script.protocol.take_outgoing() == b""

    def test_the_pointer_stays_in_the_picture(self):
        script = connected()
        for place, sent in (((5, 6), (5, 6)), ((-3, 99), (0, 47)), ((64, -1), (63, 0))):
            script.protocol.pointer(*place, 0b101)
            assert script.protocol.take_outgoing() == struct.pack(">BBHH", 5, 5, *sent)

    def test_movements(self):
        script = connected()
        script.protocol.pointer_moved(-2, 99999, 1)
        assert script.protocol.take_outgoing() == struct.pack(">BBHH", 5, 1, 0x7FFD, 0xFFFE)

    def test_requests(self):
        script = connected()
        script.protocol.request_update(incremental=False)
        script.protocol.request_update(incremental=True)
        assert script.protocol.take_outgoing() == struct.pack(
            ">BBHHHHBBHHHH", 3, 0, 0, 0, 64, 48, 3, 1, 0, 0, 64, 48
        )


def test_encodings_by_distance():
    near, far = preferred_encodings(local=True), preferred_encodings(local=False, compress_level=3)
    assert near[0] == 0
    assert far[:2] == [1, 7]
    assert -256 + 3 in far
    assert not any(-32 <= number <= -23 for number in near + far)
    assert -32 + 6 in preferred_encodings(local=False, quality=6)


class TestMutations:
    """A damaged stream gives a picture or an RfbError: no other exception, no growth, no hang."""

    def survive(self, data):
        protocol = player()
        with suppress(RfbError):
            for start in range(0, len(data), 7001):
                protocol.feed(data[start : start + 7001])
                protocol.take_outgoing()
        assert protocol._source.capacity <= 4 << 20

    @pytest.mark.parametrize("name", [
        "console-1280-hextile", "console-1280-tight-c1", "console-1280-zrle-c1", "console-1280-zlib-c1",
        "desktop-1280-tightjpeg-c1-q6", "console-1280-raw",
    ])  # fmt: skip
    def test_recorded(self, name):
        whole = stream(name)[:30_000]
        for seed in range(25):
            chance = random.Random(seed)
            damaged = bytearray(whole)
            for _ in range(chance.choice([1, 1, 2, 20])):
                place = chance.randrange(28, len(damaged))
                damaged[place] = chance.choice([0, 255, damaged[place] ^ (1 << chance.randrange(8))])
            self.survive(bytes(damaged))

    @settings(max_examples=150, deadline=None)
    @given(
        data=st.binary(max_size=400),
        encoding=st.sampled_from([0, 1, 2, 5, 6, 7, 16, -239, -240, -260, -308, -314]),
    )
    def test_noise_in_each_encoding(self, data, encoding):
        self.survive(server_init(64, 48) + update(rect(0, 0, 20, 20, encoding, data), count=9))

    @settings(max_examples=100, deadline=None)
    @given(kind=st.sampled_from([0, 1, 2, 3, 16, 17, 127, 128, 129, 130, 255]), data=st.binary(max_size=300))
    def test_noise_inside_of_zrle(self, kind, data):
        packed = encoders.Deflater()(bytes([kind]) + data)
        payload = struct.pack(">I", len(packed)) + packed
        self.survive(server_init(64, 48) + update(rect(0, 0, 30, 20, 16, payload)))

    @settings(max_examples=100, deadline=None)
    @given(control=st.integers(0, 255), filter_id=st.integers(0, 3), data=st.binary(max_size=200))
    def test_noise_inside_of_tight(self, control, filter_id, data):
        packed = encoders.Deflater()(data)
        for inner in (packed, data):
            payload = bytes([control, filter_id]) + data[:3] + encoders.compact_length(len(inner)) + inner
            self.survive(server_init(64, 48) + update(rect(0, 0, 7, 5, 7, payload)))

    @settings(max_examples=150, deadline=None)
    @given(data=st.binary(max_size=300))
    def test_noise_as_greeting(self, data):
        for head in (b"", b"RFB 003.008\n", b"RFB 003.008\n\x01\x13\x00\x02\x00", b"RFB 003.003\n"):
            protocol = make(password="x", username="y")
            with suppress(RfbError):
                protocol.feed(head + data)

    def test_jpeg_damaged_everywhere(self):
        picture = np.random.default_rng(1).integers(0, 1 << 24, (40, 40), dtype=np.uint32)
        for kind in ("jpeg", "png"):
            payload = encoders.TightEncoder()(picture, kind)
            for place in range(3, len(payload), 3 if kind == "jpeg" else 41):
                damaged = bytearray(payload)
                damaged[place] ^= 0xFF
                self.survive(server_init(40, 40) + update(rect(0, 0, 40, 40, 7, bytes(damaged))))
