"""Tests that run once on a hypervisor of each generation: the machine's own (host-a), Debian 13's (host-c), and,
with --long, Debian testing's (host-d)."""

import pytest

every_generation = pytest.mark.parametrize(
    "lab_host",
    [
        pytest.param("a", id="host-a"),
        pytest.param("c", id="host-c"),
        pytest.param("d", id="host-d", marks=pytest.mark.long),
    ],
    indirect=True,
)
