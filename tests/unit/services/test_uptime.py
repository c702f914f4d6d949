from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.model.host import Host, HostConfig, HostState
from vmgui.services.inventory import Inventory
from vmgui.services.uptime import Uptime, UptimeWatch

KEY = DomainKey("h", "6695eb01-f6a4-8304-79aa-97f2502e0001")
RUNNING, OFF = (Domain(KEY, "web-01", state) for state in (DomainState.RUNNING, DomainState.OFF))


def test_uptime_is_exact_only_when_the_start_was_seen() -> None:
    inventory = Inventory()
    inventory.set_host(Host(HostConfig("h", "host-a", "test:///default"), state=HostState.CONNECTED))
    inventory.set_domains("h", [RUNNING])
    watch = UptimeWatch(inventory)
    first = watch.of(KEY)
    assert first is not None
    assert not first.exact
    inventory.set_domains("h", [OFF])
    assert watch.of(KEY) is None
    inventory.set_domains("h", [RUNNING])
    second = watch.of(KEY)
    assert second is not None
    assert second.exact
    watch.close()


def test_of_a_machine_only_just_seen_nothing_is_worth_telling() -> None:
    assert not Uptime(5, exact=False).is_worth_telling
    assert Uptime(5, exact=True).is_worth_telling
    assert Uptime(60, exact=False).is_worth_telling
