"""Lists stand as a person counts and the language spells."""

import pytest

from vmgui.policy.natural_order import natural_key


@pytest.mark.parametrize(
    "ordered",
    [
        ["vm-9", "VM-10", "vm-11"],
        ["abad", "álava", "alba", "burgos"],
        ["nube", "nzz", "ñandú", "Ñoño", "oro"],
        ["caña", "cañb", "cao"],
        ["eclair", "Éclair2", "école", "ecran"],
        ["munchen", "münchen-2", "muñeca"],
        ["æther-1", "afrika"],
        ["Łódź", "lom"],
        ["servidor-2", "servidor-10", "servidór-11"],
    ],
)
def test_order(ordered: list[str]) -> None:
    backwards = ordered[::-1]
    assert sorted(backwards, key=lambda name: (natural_key(name), name)) == ordered


def test_however_it_is_composed_it_stands_at_one_place() -> None:
    assert natural_key("n\u0303andu\u0301") == natural_key("ñandú")
    assert natural_key("\N{LATIN SMALL LIGATURE FI}n") == natural_key("fin")
