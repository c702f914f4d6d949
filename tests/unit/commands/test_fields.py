"""Every kind of field reads what it prints, and refuses what it cannot mean."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.commands.fields import (
    Amount,
    Check,
    Choice,
    Field,
    Limit,
    LimitUnit,
    Listed,
    Number,
    OnOff,
    Option,
    Ordered,
    Path,
    Quantity,
    Secret,
    Size,
    Text,
    Ways,
)
from vmgui.commands.fields.limit import MOST
from vmgui.commands.fields.size import MOST_BYTES
from vmgui.commands.uri_form import Proxy
from vmgui.words.say import Say

LABEL = Say("", "A label")
TEXT, NUMBER, SIZE = Text("t", LABEL), Number("n", LABEL, least=-5, most=500), Size("s", LABEL)
PATH = Path("p", LABEL)
CHOICE = Choice("w", LABEL, options=(Option("ssh", LABEL), Option(Proxy.NETCAT, LABEL)))
WAYS = Ways("y", LABEL, options=CHOICE.options)
COUNT, MEMORY = Amount("c", LABEL), Amount("m", LABEL, quantity=Quantity.MEMORY_KIB)
DISK = Amount("d", LABEL, quantity=Quantity.DISK_BYTES)
LIMITS = [Limit("l", LABEL, unit=unit) for unit in LimitUnit]
RATE, CARD_RATE, BURST, OPS, PERCENT, WEIGHT = LIMITS
OPTIONAL = Number("n", LABEL, least=-5, most=500, empty=LABEL)
ORDERED = Ordered("b", LABEL, options=(Option("vda", LABEL), Option("a,b", LABEL), Option("net", LABEL)))
PORTS = Listed("p", LABEL, check=lambda text: "" if text.isdigit() else "It is no port.", most_chars=4)
ON_OFF, CHECK, LISTED = OnOff("o", LABEL), Check("c", LABEL), Listed("l", LABEL)

# In one word no text but the first begins with a comma: it would be read as the end of the one before it.
_ITEMS = st.text(min_size=1)
_LISTS = st.lists(_ITEMS).map(lambda items: (*items[:1], *(f"x{item}" for item in items[1:])))


@given(
    st.one_of(
        st.tuples(st.just(TEXT), st.text()),
        st.tuples(st.just(NUMBER), st.integers(-5, 500)),
        st.tuples(st.just(SIZE), st.integers(0, MOST_BYTES)),
        st.tuples(st.just(SIZE), st.integers(0, 2**13 - 1).map(lambda number: number << 50)),
        st.tuples(st.sampled_from([ON_OFF, CHECK]), st.booleans()),
        st.tuples(st.just(LISTED), _LISTS),
        st.tuples(st.just(OPTIONAL), st.none() | st.integers(-5, 500)),
        st.tuples(st.just(ORDERED), st.permutations(["vda", "a,b", "net"]).map(tuple)),
        st.tuples(st.just(ORDERED), st.lists(st.sampled_from(["vda", "net"]), unique=True).map(tuple)),
        st.tuples(st.just(PATH), st.text()),
        st.tuples(st.sampled_from([CHOICE, WAYS]), st.sampled_from(["ssh", Proxy.NETCAT])),
        st.tuples(st.just(COUNT), st.integers(1, 2**53)),
        st.tuples(st.sampled_from(LIMITS), st.none() | st.integers(1, MOST)),
        st.tuples(st.sampled_from([MEMORY, DISK]), st.integers(0, MOST_BYTES // 1024)),
    )
)
def test_a_field_reads_what_it_prints(case: tuple[Field, Any]) -> None:
    field, value = case
    assert field.parse(field.print(value)) == value


@given(st.text("ab,"))
def test_a_list_prints_what_it_read(text: str) -> None:
    items = LISTED.parse(text)
    assert LISTED.parse(LISTED.print(items)) == items


@pytest.mark.parametrize(
    ("text", "size_bytes"),
    [
        ("500", 500),
        ("4GiB", 4 * 1024**3),
        ("4 GiB", 4 * 1024**3),
        ("10MB", 10_000_000),
        ("1.5gib", 3 * 512 * 1024**2),
        ("1KiB", 1024),
        ("7B", 7),
        ("0.1KB", 100),
    ],
)
def test_sizes_take_units(text: str, size_bytes: int) -> None:
    assert SIZE.parse(text) == size_bytes


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(
            (SIZE, text)
            for text in ("", "GiB", "4G", "4 G", "-1", "1e3", "1,5GiB", "nan", "٤", "8EiB", "9" * 20, "4GiB ")
        ),
        *((field, text) for field in LIMITS for text in ("", "0", "-1", "None", "1x", "9" * 19)),
        *((RATE, text) for text in ("10MB/h", "/s", "10M", "0.5")),
        *((field, "5%") for field in (RATE, BURST, OPS, WEIGHT)),
        *((field, "1KiB/s") for field in (BURST, OPS, PERCENT)),
        *((NUMBER, text) for text in ("", "1.0", "501", "-6", "0x1", "١", "1 ")),
        *((ON_OFF, text) for text in ("", "On", "yes", "1")),
        *((CHOICE, text) for text in ("", "SSH", "no")),
        *((OPTIONAL, text) for text in ("", "None", "501", "1.0")),
        *((NUMBER, text) for text in ("none", "default")),
        *((ORDERED, text) for text in ("vda,vda", "vdb", "vda,a")),
        (Ordered("b", LABEL), "vda,vda"),
        *((PORTS, text) for text in ("1,x", "12345")),
        (Text("t", LABEL, most_chars=3), "four"),
        (Listed("l", LABEL, most_chars=3), "one,four"),
    ],
)
def test_what_cannot_be_meant_is_refused(field: Field, text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        field.parse(text)


def test_a_parser_knows_them() -> None:
    parser = ArgumentParser()
    for field in (LISTED, CHECK, SIZE, CHOICE, OnOff("on", LABEL, positional=True)):
        field.add_to(parser)
    read = parser.parse_args(["--l", "a,b", "--l", "c", "--c", "--s", "1KiB", "--w", "netcat", "off"])
    assert (tuple(read.l), read.c, read.s, read.on) == (("a", "b", "c"), True, 1024, False)
    assert read.w is Proxy.NETCAT
    left = parser.parse_args(["on"])
    assert (left.l, left.c, left.s, left.on) == (None, False, None, True)


def test_a_parser_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    parser = ArgumentParser()
    SIZE.add_to(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["--s", "4G"])
    assert "say 4GiB" in capsys.readouterr().err


def test_an_amount_counts_in_the_unit_of_what_it_measures() -> None:
    assert (MEMORY.parse("4GiB"), DISK.parse("4GiB"), COUNT.parse("4")) == (4 * 1024**2, 4 * 1024**3, 4)
    for field, text in ((COUNT, "0"), (COUNT, "4GiB"), (MEMORY, "4G")):
        with pytest.raises(ValueError, match=r"is no(t| )"):
            field.parse(text)


def test_a_field_may_be_called_otherwise_on_the_command_line() -> None:
    parser = ArgumentParser()
    field = Amount("cpus", LABEL, option="vcpus", help="How many")
    field.add_to(parser)
    Text("disk_size", LABEL).add_to(parser)
    assert "How many" in parser.format_help()
    assert vars(parser.parse_args(["--vcpus", "3", "--disk-size", "x"])) == {"cpus": 3, "disk_size": "x"}


def test_options_that_only_a_host_knows_are_taken_as_they_are() -> None:
    assert Choice("n", LABEL).parse("br0") == "br0"


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        *((field, "none", None) for field in LIMITS),
        (RATE, "10MB", 10_000_000),
        (RATE, "10MB/s", 10_000_000),
        (RATE, "500", 500),
        (CARD_RATE, "1MiB/s", 1049),
        (CARD_RATE, "1025", 2),  # bytes, rounded up: never less than what was asked for
        (BURST, "1MB", 977),
        (OPS, "500", 500),
        (PERCENT, "50", 50),
        (PERCENT, "50%", 50),
        (WEIGHT, "1024", 1024),
    ],
)
def test_limits_take_units_and_none(field: Limit, text: str, value: int | None) -> None:
    assert field.parse(text) == value


def test_limits_are_printed_with_their_unit() -> None:
    assert [field.print(2048) for field in LIMITS] == ["2KiB", "2000KiB", "2MiB", "2048", "2048%", "2048"]
    assert {field.print(None) for field in LIMITS} == {"none"}


def test_a_number_that_may_be_none_is_none_by_two_words() -> None:
    assert (OPTIONAL.parse("none"), OPTIONAL.parse("default"), OPTIONAL.parse("7")) == (None, None, 7)


def test_an_order_of_what_only_a_host_knows_is_taken_as_it_is() -> None:
    assert Ordered("b", LABEL).parse("vdb,net") == ("vdb", "net")
    assert Ordered("b", LABEL).parse("") == ()


def test_the_first_bad_one_of_a_list_is_named_with_its_place() -> None:
    assert PORTS.bad(("1", "22")) is None
    assert PORTS.bad(("1", "x", "y")) == (2, "x", "It is no port.")
    assert PORTS.bad(("12345",)) == (1, "12345", "It is longer than 4 characters.")


def test_a_password_is_never_written() -> None:
    secret = Secret("password", LABEL)
    assert [secret.print(value) for value in (None, "", "hunter2")] == ["", "", "****"]
    assert (secret.parse("hunter2"), secret.parse("")) == ("hunter2", "")
