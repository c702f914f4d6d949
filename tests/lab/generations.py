"""Tests that run once on a hypervisor of each generation: the machine's own (host-a), Debian 13's (host-c), and,
with --long, Debian testing's (host-d)."""

import pytest

_NEWER = (pytest.param("c", id="host-c"), pytest.param("d", id="host-d", marks=pytest.mark.long))

every_generation = pytest.mark.parametrize(
    "lab_host", [pytest.param("a", id="host-a"), *_NEWER], indirect=True
)
# The same for tests that last: only --long asks the newer ones.
every_generation_if_long = pytest.mark.parametrize(
    "lab_host",
    [
        pytest.param("a", id="host-a"),
        *(pytest.param(letter, id=f"host-{letter}", marks=pytest.mark.long) for letter in "cd"),
    ],
    indirect=True,
)
# For what older ones refuse.
newer_generations = pytest.mark.parametrize("lab_host", _NEWER, indirect=True)
