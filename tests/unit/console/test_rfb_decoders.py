"""Each decoder against a plain encoder: any picture, any choice the encoding leaves, any cut of the bytes."""

import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.rfb_server import rect, server_init, update
from tests.helpers.rfb_streams import play, player, stream, stream_names
from tests.unit.console import encoders
from vmgui.console.rfb.errors import ProtocolError, TooLarge
from vmgui.console.rfb.events import CursorChanged, UpdateFinished
from vmgui.console.rfb.protocol import RfbProtocol

RRE, HEXTILE, ZLIB, TIGHT, ZRLE, TIGHT_PNG = 2, 5, 6, 7, 16, -260


def picture_of(protocol: RfbProtocol):
    return protocol.pixels & 0xFFFFFF


@st.composite
def pictures(draw, most_colours=40, side=80):
    width, height = draw(st.integers(1, side)), draw(st.integers(1, side))
    seed = draw(st.integers(0, 2**32 - 1))
    count = draw(st.sampled_from([1, 2, 3, 4, 5, 16, 17, most_colours]))
    random = np.random.default_rng(seed)
    palette = random.integers(0, 1 << 24, count, dtype=np.uint32)
    smooth = draw(st.booleans())
    indices = random.integers(0, count, (height, width))
    if smooth:  # long runs, as on real screens
        indices = np.sort(indices, axis=draw(st.integers(0, 1)))
    return palette[indices]


class Sequence:
    """Rectangles of one connection, so that compression goes on from one to the next."""

    def __init__(self, draw_int):
        self.choose = lambda count: draw_int(0, count - 1)
        self.zlib, self.tight, self.zrle = (
            encoders.ZlibEncoder(),
            encoders.TightEncoder(),
            encoders.ZrleEncoder(),
        )

    def encode(self, picture):
        kind = self.choose(6)
        if kind == 0:
            return 0, encoders.raw(picture)
        if kind == 1:
            return RRE, encoders.rre(picture)
        if kind == 2:
            return HEXTILE, encoders.hextile(picture, self.choose)
        if kind == 3:
            return ZLIB, self.zlib(picture)
        if kind == 4:
            return ZRLE, self.zrle(picture, self.choose)
        methods = self.tight.possible(picture)
        method = methods[self.choose(len(methods))]
        return (TIGHT_PNG if method == "png" else TIGHT), self.tight(picture, method, self.choose)


def feed_in_pieces(protocol, data, sizes):
    events, at, turn = [], 0, 0
    while at < len(data):
        size = sizes[turn % len(sizes)]
        events += protocol.feed(data[at : at + size])
        at, turn = at + size, turn + 1
    return events


@settings(max_examples=60, deadline=None)
@given(data=st.data(), sizes=st.lists(st.integers(1, 3000), min_size=1, max_size=5))
def test_any_picture_in_any_encoding_cut_anywhere(data, sizes):
    sequence = Sequence(lambda low, high: data.draw(st.integers(low, high)))
    expected = np.zeros((160, 150), np.uint32)
    rects = []
    for _ in range(data.draw(st.integers(1, 5))):
        picture = data.draw(pictures())
        height, width = picture.shape
        x, y = data.draw(st.integers(0, 150 - width)), data.draw(st.integers(0, 160 - height))
        encoding, payload = sequence.encode(picture)
        rects.append(rect(x, y, width, height, encoding, payload))
        expected[y : y + height, x : x + width] = picture
    protocol = player()
    events = feed_in_pieces(protocol, server_init(150, 160) + update(*rects), sizes)
    assert (picture_of(protocol) == expected).all()
    assert isinstance(events[-1], UpdateFinished)
    assert len(events[-1].rects) == len(rects)


@settings(max_examples=40, deadline=None)
@given(picture=pictures(most_colours=3000, side=24), spread=st.integers(1, 255))
def test_gradient(picture, spread):
    # Noise clamps at every second value, gentle pictures never: both ways through the filter.
    gentle = (picture & (spread * 0x010101)).astype(np.uint32)
    for shown in (picture, gentle):
        height, width = shown.shape
        protocol = player()
        payload = encoders.TightEncoder()(shown, "gradient")
        protocol.feed(server_init(24, 24) + update(rect(0, 0, width, height, TIGHT, payload)))
        assert (picture_of(protocol)[:height, :width] == shown).all()


def test_gradient_on_a_smooth_wide_picture():
    x, y = np.meshgrid(np.arange(700), np.arange(40))
    picture = ((x // 3 % 256) << 16 | (y * 6 % 256) << 8 | ((x + y) // 4 % 256)).astype(np.uint32)
    protocol = player()
    payload = encoders.TightEncoder()(picture, "gradient")
    protocol.feed(server_init(700, 40) + update(rect(0, 0, 700, 40, TIGHT, payload)))
    assert (picture_of(protocol) == picture).all()


def parts_of(protocol: RfbProtocol, data: bytes) -> int:
    """How many turns are needed for `data`, which comes in as from a socket; each ends with the pump's look around."""
    turns = 0
    view = memoryview(data)
    while view:
        room = protocol.receive_into()
        size = min(len(room), len(view))
        room[:size] = view[:size]
        view = view[size:]
        protocol.received(size)
        while protocol.backlog:
            turns += 1
            assert protocol.mid_update
            protocol.go_on()
    return turns


def test_a_large_noisy_gradient_is_undone_in_parts():
    # Twice what one turn does, and one row more.
    height, width = 2 * (1 << 20) // 2048 + 1, 2048
    differences = np.random.default_rng(5).integers(0, 4, (height, width, 3), dtype=np.uint8) * np.uint8(85)
    packed = encoders.Deflater()(differences.tobytes())
    head = bytes([4 << 4, 2]) + encoders.compact_length(len(packed))
    protocol = player()
    again = rect(0, 0, 1, 1, TIGHT, b"\x80\x01\x02\x03")
    assert (
        parts_of(
            protocol,
            server_init(width, height) + update(rect(0, 0, width, height, TIGHT, head + packed), again),
        )
        == 2
    )
    picture = picture_of(protocol)
    assert picture[0, 0] == 0x010203
    channels = np.stack([picture >> 16, picture >> 8 & 255, picture & 255], axis=-1).astype(int)
    left, above = channels[-1, 500], channels[-2, 501]
    guess = np.clip(left + above - channels[-2, 500], 0, 255)
    assert (channels[-1, 501] == (guess + differences[-1, 501]) & 255).all()


def test_a_large_noisy_zrle_picture_is_decoded_in_parts():
    side = 1536
    tile = b"\x80" + b"".join(bytes([value % 251, 1, 2, 0]) for value in range(64 * 64))
    packed = encoders.Deflater()(tile * (side // 64) ** 2)
    protocol = player()
    data = struct.pack(">I", len(packed)) + packed
    assert parts_of(protocol, server_init(side, side) + update(rect(0, 0, side, side, ZRLE, data))) == 2
    expected = np.array([0x020100 | value % 251 for value in range(64 * 64)], np.uint32).reshape(64, 64)
    assert (picture_of(protocol)[-64:, -64:] == expected).all()


NOTHING = encoders.Deflater()(b"")


@pytest.mark.parametrize(("width", "height"), [(0, 0), (0, 7), (7, 0)])
@pytest.mark.parametrize(
    ("encoding", "payload"),
    [
        (0, b""),
        (1, bytes(4)),
        (RRE, bytes(8)),
        (HEXTILE, b""),
        (ZLIB, struct.pack(">I", len(NOTHING)) + NOTHING),
        (ZRLE, struct.pack(">I", len(NOTHING)) + NOTHING),
        (TIGHT, b"\x80\x01\x02\x03"),
        (TIGHT, b"\x00"),
        (TIGHT, b"\x40\x01\x01" + bytes(6)),
        (TIGHT, b"\x40\x01\x02" + bytes(9)),
        (TIGHT, b"\x40\x02"),
    ],
)
def test_a_rectangle_without_pixels_changes_nothing(encoding, payload, width, height):
    protocol = player()
    after = rect(0, 0, 8, 8, 0, encoders.raw(np.full((8, 8), 0x123456, np.uint32)))
    events = protocol.feed(server_init(8, 8) + update(rect(1, 1, width, height, encoding, payload), after))
    assert isinstance(events[-1], UpdateFinished)
    assert (picture_of(protocol) == 0x123456).all()


def test_jpeg_is_close_and_of_the_right_colours():
    picture = np.full((32, 48), 0xFF8000, np.uint32)
    picture[:, 24:] = 0x0020FF
    protocol = player()
    payload = encoders.TightEncoder()(picture, "jpeg")
    protocol.feed(server_init(48, 32) + update(rect(0, 0, 48, 32, TIGHT, payload)))
    for shift in (0, 8, 16):
        seen = (picture_of(protocol) >> shift & 255).astype(int)
        wanted = (picture >> shift & 255).astype(int)
        assert abs(seen[:, :16] - wanted[:, :16]).max() < 12
        assert abs(seen[:, 32:] - wanted[:, 32:]).max() < 12


def test_jpeg_of_another_size_is_refused():
    payload = encoders.TightEncoder()(np.zeros((16, 16), np.uint32), "jpeg")
    with pytest.raises(ProtocolError, match="16 x 16 pixels in a rectangle of 8 x 8"):
        player().feed(server_init(48, 32) + update(rect(0, 0, 8, 8, TIGHT, payload)))


@pytest.mark.parametrize("move", [(0, 0, 10, 7), (10, 7, 0, 0), (3, 3, 3, 3), (1, 0, 0, 0), (0, 0, 1, 1)])
def test_copyrect_also_where_it_overlaps(move):
    from_x, from_y, to_x, to_y = move
    picture = np.arange(64 * 48, dtype=np.uint32).reshape(48, 64)
    protocol = player()
    protocol.feed(server_init(64, 48) + update(rect(0, 0, 64, 48, 0, encoders.raw(picture))))
    protocol.feed(update(rect(to_x, to_y, 40, 30, 1, struct.pack(">HH", from_x, from_y))))
    expected = picture.copy()
    expected[to_y : to_y + 30, to_x : to_x + 40] = picture[from_y : from_y + 30, from_x : from_x + 40]
    assert (picture_of(protocol) == expected).all()


@pytest.mark.parametrize(
    ("encoding", "payload", "message"),
    [
        (1, struct.pack(">HH", 60, 0), "CopyRect takes"),
        (RRE, struct.pack(">II", 1 << 31, 0), "RRE announces"),
        (
            RRE,
            struct.pack(">II", 1, 0) + bytes(4) + struct.pack(">HHHH", 0, 0, 99, 1),
            "outside of its rectangle",
        ),
        (
            RRE,
            struct.pack(">II", 99, 0) + (bytes(4) + struct.pack(">HHHH", 0, 0, 16, 16)) * 99,
            "over and over",
        ),
        (ZLIB, struct.pack(">I", 0x7FFFFFFF), "2147483647 bytes"),
        (ZLIB, struct.pack(">I", 12) + b"no zlib data", "Compressed data is broken"),
        (ZRLE, struct.pack(">I", 0xFFFFFFFF), "4294967295 bytes"),
        (TIGHT, b"\xf0", "compression type 15"),
        (TIGHT, b"\x40\x07", "filter 7"),
        (TIGHT, b"\x90\x05hello", "JPEG picture is broken"),
        (TIGHT_PNG, b"\xa0\x05hello", "PNG picture is broken"),
        (99, b"", "encoding 99"),
    ],
)
def test_what_no_server_may_send(encoding, payload, message):
    with pytest.raises(ProtocolError, match=message):
        player().feed(server_init(64, 48) + update(rect(0, 0, 16, 16, encoding, payload)))


@pytest.mark.parametrize(
    "tile", [b"\x11" + bytes(3), b"\x81", b"\x01\x00", b"\x80" + bytes(3) + b"\xff" * 40, b"\x00" * 10,
             b"\x84" + bytes(12) + b"\x05"]
)  # fmt: skip
def test_broken_zrle_tiles(tile):
    data = zlib.compress(tile)
    with pytest.raises(ProtocolError, match="ZRLE"):
        player().feed(
            server_init(64, 48) + update(rect(0, 0, 16, 16, ZRLE, struct.pack(">I", len(data)) + data))
        )


@pytest.mark.parametrize("size", [(65, 1), (1, 49), (64, 49)])
@pytest.mark.parametrize("encoding", [0, 1, RRE, HEXTILE, ZLIB, TIGHT, ZRLE, TIGHT_PNG])
def test_a_rectangle_outside_of_the_picture(size, encoding):
    with pytest.raises(ProtocolError, match="in a picture of 64 x 48"):
        player().feed(server_init(64, 48) + update(rect(0, 0, *size, encoding)))


def test_a_zlib_bomb_opens_no_further_than_its_rectangle():
    import tracemalloc

    bomb = zlib.compress(bytes(50 << 20), 9)
    tight = b"\x00" + encoders.compact_length(len(bomb)) + bomb
    for encoding, payload in ((ZLIB, struct.pack(">I", len(bomb)) + bomb), (TIGHT, tight),
                              (ZRLE, struct.pack(">I", len(bomb)) + bomb)):  # fmt: skip
        protocol = player()
        protocol.feed(server_init(256, 256))
        tracemalloc.start()
        with pytest.raises(ProtocolError):
            protocol.feed(update(rect(0, 0, 200, 200, encoding, payload)))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 2 << 20


def test_a_long_announcement_allocates_nothing():
    protocol = player()
    protocol.feed(server_init(16384, 4096))
    # 60 MB announced for 16384 x 4096 pixels: allowed, but only what comes is stored.
    protocol.feed(update(rect(0, 0, 16384, 4096, ZLIB, struct.pack(">I", 60 << 20) + bytes(100))))
    assert protocol.mid_update
    assert protocol._source.capacity < 1 << 20


class TestCursors:
    def shape(self, encoding, x, y, width, height, payload):
        events = player().feed(server_init(64, 48) + update(rect(x, y, width, height, encoding, payload)))
        (event,) = [event for event in events if isinstance(event, CursorChanged)]
        return event, np.frombuffer(event.argb, np.uint32).reshape(event.height, event.width).tolist()

    def test_rich(self):
        colours = np.array([[0x112233, 0x445566, 0x778899]], np.uint32)
        event, argb = self.shape(-239, 2, 0, 3, 1, encoders.raw(colours) + b"\xa0")
        assert argb == [[0xFF112233, 0, 0xFF778899]]
        assert (event.hot_x, event.hot_y) == (2, 0)

    def test_two_colours(self):
        _, argb = self.shape(-240, 0, 0, 3, 1, b"\x10\x20\x30\x40\x50\x60" + b"\x80" + b"\xc0")
        assert argb == [[0xFF102030, 0xFF405060, 0]]

    def test_alpha_premultiplied_or_not(self):
        good = np.array([[0x80402010, 0xFFFFFFFF]], np.uint32)
        _, argb = self.shape(-314, 0, 0, 2, 1, struct.pack(">i", 0) + encoders.raw(good))
        assert argb == good.tolist()
        straight = np.array([[0x80FF0000, 0x00FFFFFF]], np.uint32)
        _, argb = self.shape(-314, 0, 0, 2, 1, struct.pack(">i", 0) + encoders.raw(straight))
        assert argb == [[0x80800000, 0]]

    def test_hidden(self):
        event, _ = self.shape(-239, 0, 0, 0, 0, b"")
        assert (event.width, event.height, event.argb) == (0, 0, b"")

    def test_too_large(self):
        with pytest.raises(TooLarge, match="4000 x 4000"):
            self.shape(-239, 0, 0, 4000, 4000, b"")


# Updates complete, and the CRC of the picture: looked at once as images, then written down.
RECORDED = {
    "console-1280-hextile": (6, 0x8E5351B1),
    "console-1280-raw": (3, 0x171A28F4),
    "console-1280-tight-c1": (19, 0xB7328905),
    "console-1280-tightjpeg-c1-q6": (4, None),
    "console-1280-zlib-c1": (9, 0x38CAF9C2),
    "console-1280-zrle-c1": (16, 0xFED99C8F),
    "desktop-1280-raw": (1, 0x14F968F8),
    "desktop-1280-tightjpeg-c1-q6": (0, None),
}


def test_every_recording_is_known():
    assert stream_names() == sorted(RECORDED)


@pytest.mark.parametrize("chunk", [1 << 20, 1460])
@pytest.mark.parametrize("name", sorted(RECORDED))
def test_recorded_streams(name, chunk):
    protocol = player()
    updates = sum(isinstance(event, UpdateFinished) for event in play(protocol, stream(name), chunk))
    wanted_updates, wanted_crc = RECORDED[name]
    assert updates == wanted_updates
    if wanted_crc is not None:  # pictures through JPEG differ by a bit from library to library
        assert zlib.crc32(picture_of(protocol).tobytes()) == wanted_crc


@pytest.fixture(scope="module")
def recorded_pictures():
    shown = []
    for name in ("console-1280-raw", "desktop-1280-raw"):
        protocol = player()
        list(play(protocol, stream(name)))
        shown.append(picture_of(protocol)[100:400, 300:700].copy())
    return shown


@pytest.mark.parametrize("encoding", ["hextile", "zlib", "tight", "zrle", "rre"])
def test_real_pictures_through_every_encoding(recorded_pictures, encoding):
    tight, zrle, deflate = encoders.TightEncoder(), encoders.ZrleEncoder(), encoders.ZlibEncoder()
    coders = {
        "hextile": (HEXTILE, encoders.hextile),
        "zlib": (ZLIB, deflate),
        "tight": (TIGHT, lambda part: tight(part, [m for m in tight.possible(part) if m != "png"][-1])),
        "zrle": (ZRLE, lambda part: zrle(part, lambda count: count - 1)),
        "rre": (RRE, encoders.rre),
    }
    number, coder = coders[encoding]
    protocol = player()
    protocol.feed(server_init(400, 300))
    for picture in recorded_pictures:
        parts = [
            rect(x, y, 100, 50, number, coder(picture[y : y + 50, x : x + 100]))
            for y in range(0, 300, 50)
            for x in range(0, 400, 100)
        ]
        protocol.feed(update(*parts))
        assert (picture_of(protocol) == picture).all()
