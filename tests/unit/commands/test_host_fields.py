"""What is asked about a host holds every mark, and the way there comes back as it was shown."""

import pytest

from vmgui.commands.fields import Choice
from vmgui.commands.host_fields import HOST_FIELDS, shown, written
from vmgui.commands.uri_form import HostForm, Proxy, Way
from vmgui.model.host import HOST_COLOURS


def test_every_mark_can_be_chosen_and_has_a_word_of_its_own() -> None:
    colour = next(field for field in HOST_FIELDS if isinstance(field, Choice) and field.name == "colour")
    assert [option.value for option in colour.options] == ["", *HOST_COLOURS]
    assert len({str(option.label) for option in colour.options}) == len(colour.options)


@pytest.mark.parametrize(
    "form",
    [
        HostForm(Way.SSH, "a", "u", "22", key_file="~/k", proxy=Proxy.NETCAT),
        HostForm(Way.CUSTOM, uri="test:///x"),
    ],
)
def test_what_is_shown_is_what_is_written(form: HostForm) -> None:
    assert written({"alias": None, **shown(form)}) == form


def test_an_alias_is_its_address() -> None:
    answers = {**shown(HostForm(Way.ALIAS)), "alias": "test:///x"}
    assert written(answers).uri == "test:///x"
    assert written({**answers, "alias": None}).uri == ""
