"""The list of hosts survives a restart in its order."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from vmgui.model.errors import InvalidConfig
from vmgui.model.host import HostConfig, KvmState
from vmgui.store.hosts import HostStore, KvmStore, new_host_id, read_host_list, write_host_list


def test_hosts_survive_a_restart_in_order(tmp_path):
    store = HostStore(tmp_path)
    first = HostConfig(new_host_id(), "Server ñ", "qemu+ssh://root@a/system", read_only=True)
    second = HostConfig(new_host_id(), "b", "qemu:///session", autoconnect=False)
    store.save(first)
    store.save(second)
    store.close()
    assert HostStore(tmp_path).hosts == (first, second)


def test_removed_hosts_stay_removed(tmp_path):
    store = HostStore(tmp_path)
    host = HostConfig("1", "a", "test:///default")
    store.save(host)
    store.remove("1")
    store.remove("never there")
    store.close()
    assert HostStore(tmp_path).hosts == ()


def test_an_entry_without_uri_is_ignored_and_the_others_stay(tmp_path):
    (tmp_path / "hosts.toml").write_text(
        '[[host]]\nid = "1"\nname = "x"\n\n[[host]]\nid = "2"\nname = "y"\nuri = "test:///default"\n'
    )
    assert [host.id for host in HostStore(tmp_path).hosts] == ["2"]


def test_what_is_not_understood_survives_and_the_list_is_not_all_there_is(tmp_path):
    file = tmp_path / "hosts.toml"
    file.write_text(
        'own = 1\n[[host]]\nid = "1"\nname = "x"\n\n[[host]]\nid = "2"\nname = "y"\nuri = "u"\nrack = 7\n'
    )
    store = HostStore(tmp_path)
    assert not store.is_complete
    store.save(HostConfig("3", "z", "test:///default"))
    store.save(replace(store.hosts[0], name="why"))
    store.close()
    after = tomllib.loads(file.read_text())
    assert after["own"] == 1
    assert after["host"][:2] == [
        {"id": "1", "name": "x"},
        {"id": "2", "name": "why", "uri": "u", "rack": 7},
    ]
    assert [host.id for host in HostStore(tmp_path).hosts] == ["2", "3"]


def test_two_stores_change_one_host_and_both_changes_stay(tmp_path):
    first = HostStore(tmp_path)
    first.save(HostConfig("1", "a", "test:///default"))
    first.close()
    one, other = HostStore(tmp_path), HostStore(tmp_path)
    one.save(replace(one.hosts[0], name="renamed"))
    one.close()
    other.save(replace(other.hosts[0], notes="noted"))
    other.save(HostConfig("2", "b", "test:///b"))
    other.close()
    assert HostStore(tmp_path).hosts == (
        HostConfig("1", "renamed", "test:///default", notes="noted"),
        HostConfig("2", "b", "test:///b"),
    )


def test_kvm_findings_are_remembered(tmp_path):
    store = KvmStore(tmp_path)
    assert store.get("host-1") is None
    store.set("host-1", KvmState.LIES)
    store.close()
    assert KvmStore(tmp_path).get("host-1") is KvmState.LIES
    (tmp_path / "kvm.toml").write_text('host-1 = "nonsense"\n')
    assert KvmStore(tmp_path).get("host-1") is None


def test_order_colour_and_notes_survive(tmp_path):
    store = HostStore(tmp_path)
    a, b, c = (HostConfig(name, name, f"test:///{name}") for name in "abc")
    marked = replace(c, colour="green", notes="Rack 4\nask Ana")
    for host in (a, b, marked):
        store.save(host)
    store.order(("c", "a", "gone"))
    store.close()
    assert HostStore(tmp_path).hosts == (marked, a, b)


def test_a_colour_nobody_knows_is_none(tmp_path):
    (tmp_path / "hosts.toml").write_text(
        '[[host]]\nid = "1"\nname = "x"\nuri = "test:///default"\ncolour = "url(x)"\n'
    )
    (host,) = HostStore(tmp_path).hosts
    assert host.colour == ""


def test_a_list_given_away_comes_back_without_its_ids():
    first = HostConfig("1", "Server ñ", "qemu+ssh://root@a/system", read_only=True, colour="red", notes="x")
    second = HostConfig("2", "b", "qemu:///session", autoconnect=False)
    text = write_host_list((first, second))
    assert '"1"' not in text
    back = read_host_list(text)
    assert [replace(host, id="") for host in back] == [replace(host, id="") for host in (first, second)]
    assert len({host.id for host in back} | {"1", "2"}) == 4


def test_whom_this_person_trusts_is_neither_given_away_nor_taken_over(tmp_path):
    host = HostConfig("1", "a", "test:///default", screen_authority="/etc/pki/own.pem")
    store = HostStore(tmp_path)
    store.save(host)
    store.close()
    assert HostStore(tmp_path).hosts == (host,)
    text = write_host_list((host,))
    assert "own.pem" not in text
    (taken,) = read_host_list(text.replace("[[host]]", '[[host]]\nscreen_authority = "/tmp/theirs.pem"'))
    assert taken.screen_authority == ""


@pytest.mark.parametrize("text", ["", "x = [", "host = 3", '[hosts]\nname = "x"'])
def test_what_is_no_list_of_hosts_is_refused(text):
    with pytest.raises(InvalidConfig):
        read_host_list(text)


def test_broken_entries_of_a_list_are_left_out():
    assert read_host_list('host = [1, {name = "x"}, {name = "y", uri = "test:///default"}]')[0].name == "y"
