"""Virtual networks."""

from collections.abc import Callable

import pytest

from vmgui.libvirtxml.network import parse_interface, parse_network
from vmgui.model.errors import InvalidConfig


@pytest.mark.parametrize(
    ("xml", "forward"),
    [
        ("<network><forward mode='route'/></network>", "route"),
        ("<network><forward/></network>", "nat"),
        ("<network/>", ""),
    ],
)
def test_forward_mode(xml: str, forward: str) -> None:
    assert parse_network(xml).forward == forward


def test_bridge() -> None:
    assert parse_network("<network><bridge name='virbr0' stp='on'/></network>").bridge == "virbr0"


def test_host_interface() -> None:
    assert parse_interface("<interface type='bridge' name='br0'/>").kind == "bridge"


@pytest.mark.parametrize("parser", [parse_network, parse_interface])
def test_another_document_is_refused(parser: Callable[[str], object]) -> None:
    with pytest.raises(InvalidConfig):
        parser("<pool/>")
