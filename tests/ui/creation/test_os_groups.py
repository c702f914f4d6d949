"""The list of systems: groups, order, filter."""

from vmgui.model.os_variant import GENERIC, GENERIC_LINUX, OsVariant
from vmgui.ui.creation.os_groups import rows


def make(
    name: str, distro: str, family: str = "linux", *, ended: bool = False, short_id: str = ""
) -> OsVariant:
    short_id = short_id or name.lower().replace(" ", "")
    return OsVariant(f"http://x/{short_id}", short_id, name, family, distro, ended)


ALL = (
    make("Debian 12", "debian"),
    make("Debian 9", "debian", ended=True),
    make("Microsoft Windows 11", "win", "winnt", short_id="win11"),
    make("Microsoft Windows Server 2022", "win", "winnt", short_id="win2k22"),
    make("Haiku Nightly", "haiku", "haiku"),
    GENERIC_LINUX,
    GENERIC,
)


def titles(text: str = "", *, ended: bool = False) -> list[str]:
    return [row.title for row in rows(ALL, text, with_end_of_life=ended) if row.variant is None]


def names(text: str = "", *, ended: bool = False) -> list[str]:
    return [row.title for row in rows(ALL, text, with_end_of_life=ended) if row.variant is not None]


def test_groups_are_named_by_what_their_systems_have_in_common_and_the_usual_come_first() -> None:
    assert titles() == ["Generic", "Debian", "Microsoft Windows", "Haiku Nightly"]


def test_ended_systems_show_on_request() -> None:
    assert "Debian 9" not in names()
    assert names(ended=True)[2:4] == ["Debian 12", "Debian 9"]


def test_each_word_must_occur_in_the_name_or_the_short_id() -> None:
    assert names("windows 20") == ["Microsoft Windows Server 2022"]
    assert names("win2k22") == ["Microsoft Windows Server 2022"]
    assert names("nothing of the kind") == []


def test_systems_of_one_name_are_told_apart_by_their_short_id() -> None:
    twins = (make("CoreOS", "fedora", short_id="core-next"), make("CoreOS", "fedora", short_id="core-stable"))
    shown = [row.title for row in rows(twins) if row.variant is not None]
    assert shown == ["CoreOS (core-next)", "CoreOS (core-stable)"]
