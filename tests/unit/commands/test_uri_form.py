"""The form of a host and libvirt's URI."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.commands.uri_form import (
    FormProblem,
    HostForm,
    Way,
    build,
    problem,
    spread,
    suggested_name,
    take_apart,
)


@pytest.mark.parametrize(
    ("form", "uri"),
    [
        (HostForm(Way.LOCAL_SYSTEM), "qemu:///system"),
        (HostForm(Way.LOCAL_SESSION), "qemu:///session"),
        (HostForm(Way.SSH, "host-a", "root"), "qemu+ssh://root@host-a/system"),
        (HostForm(Way.SSH, "host-a", "", "2222"), "qemu+ssh://host-a:2222/system"),
        (HostForm(Way.SSH, "fd00::1", "ana@corp"), "qemu+ssh://ana%40corp@[fd00::1]/system"),
        (HostForm(Way.TLS, "host-a.example"), "qemu+tls://host-a.example/system"),
        (HostForm(Way.TCP, "10.0.0.2", port="16509"), "qemu+tcp://10.0.0.2:16509/system"),
        (HostForm(Way.SSH, "fe80::1%eth0", "root", "22"), "qemu+ssh://root@[fe80::1%25eth0]:22/system"),
        (HostForm(Way.TCP, "[fe80::1%br-lan.7]"), "qemu+tcp://[fe80::1%25br-lan.7]/system"),
        (HostForm(Way.CUSTOM, uri=" test:///default "), "test:///default"),
    ],
)
def test_form_becomes_uri(form: HostForm, uri: str) -> None:
    assert problem(form) is None
    assert build(form) == uri


@pytest.mark.parametrize(
    ("form", "found"),
    [
        (HostForm(Way.SSH), FormProblem.NO_HOST),
        (HostForm(Way.SSH, "-oProxyCommand=x"), FormProblem.BAD_HOST),
        (HostForm(Way.SSH, "a b"), FormProblem.BAD_HOST),
        (HostForm(Way.SSH, ":22"), FormProblem.BAD_HOST),
        (HostForm(Way.TLS, "host-a:"), FormProblem.BAD_HOST),
        (HostForm(Way.SSH, "host-a:ssh"), FormProblem.BAD_HOST),
        (HostForm(Way.SSH, "[host-a]"), FormProblem.BAD_HOST),
        (HostForm(Way.SSH, "[fd00::1"), FormProblem.BAD_HOST),
        (HostForm(Way.TLS, "host/system"), FormProblem.BAD_HOST),
        (HostForm(Way.SSH, "host%eth0"), FormProblem.BAD_HOST),
        (HostForm(Way.SSH, "10.0.0.1%eth0"), FormProblem.BAD_HOST),
        (HostForm(Way.SSH, "fe80::1%"), FormProblem.BAD_HOST),
        (HostForm(Way.SSH, "fe80::1%eth0:22"), FormProblem.BAD_HOST),
        (HostForm(Way.SSH, "fe80::1%eth0%25"), FormProblem.BAD_HOST),
        (HostForm(Way.TLS, "fe80::1%eth0"), FormProblem.ZONE_AND_TLS),
        (HostForm(Way.TLS, "[fe80::1%eth0]"), FormProblem.ZONE_AND_TLS),
        (HostForm(Way.TCP, "host", port="99999"), FormProblem.BAD_PORT),
        (HostForm(Way.TCP, "host", port="x"), FormProblem.BAD_PORT),
        (HostForm(Way.SSH, "host", "-l"), FormProblem.BAD_USER),
        (HostForm(Way.CUSTOM), FormProblem.NO_URI),
        (HostForm(Way.CUSTOM, uri="host-a"), FormProblem.BAD_URI),
    ],
)
def test_what_is_wrong_is_found(form: HostForm, found: FormProblem) -> None:
    assert problem(form) is found


@pytest.mark.parametrize(
    ("written", "spread_out"),
    [
        ("host-a:2222", HostForm(Way.SSH, "host-a", port="2222")),
        (" root@host-a ", HostForm(Way.SSH, "host-a", "root")),
        ("ana@corp@host-a:22", HostForm(Way.SSH, "host-a", "ana@corp", "22")),
        ("ana%40corp@host-a", HostForm(Way.SSH, "host-a", "ana@corp")),
        ("[fd00::1]:2222", HostForm(Way.SSH, "fd00::1", port="2222")),
        ("[fd00::1]", HostForm(Way.SSH, "fd00::1")),
        ("root@[fe80::1]:22", HostForm(Way.SSH, "fe80::1", "root", "22")),
        ("fd00::1", HostForm(Way.SSH, "fd00::1")),
        ("fd00::1:5900", HostForm(Way.SSH, "fd00::1:5900")),
        ("fe80::1%eth0", HostForm(Way.SSH, "fe80::1%eth0")),
        ("[fe80::1%eth0]:22", HostForm(Way.SSH, "fe80::1%eth0", port="22")),
        ("ana@fe80::1%Eth0", HostForm(Way.SSH, "fe80::1%Eth0", "ana")),
        ("ana@[fe80::1%25eth0]:22", HostForm(Way.SSH, "fe80::1%eth0", "ana", "22")),
        ("fe80::1%25", HostForm(Way.SSH, "fe80::1%25")),
        ("ssh://ana@[fe80::1%25eth0]:22/", HostForm(Way.SSH, "fe80::1%eth0", "ana", "22")),
        ("qemu+tcp://[fe80::1%25eth0]/system", HostForm(Way.TCP, "fe80::1%eth0")),
        ("MyAlias", HostForm(Way.SSH, "MyAlias")),
        ("ssh://root@Server:2222/", HostForm(Way.SSH, "Server", "root", "2222")),
        ("qemu+ssh://root@Server/system", HostForm(Way.SSH, "Server", "root")),
        ("qemu+tls://server/system", HostForm(Way.TLS, "server")),
        # What is wrong stays to be seen.
        ("host-a:", HostForm(Way.SSH, "host-a:")),
        ("host-a:x", HostForm(Way.SSH, "host-a:x")),
        ("@host-a", HostForm(Way.SSH, "@host-a")),
        ("root@", HostForm(Way.SSH, "root@")),
        ("://x", HostForm(Way.SSH, "://x")),
    ],
)
def test_what_is_pasted_is_spread_over_the_fields(written: str, spread_out: HostForm) -> None:
    found = spread(HostForm(Way.SSH, written))
    assert found == spread_out
    assert spread(found) == found


def test_a_port_and_a_user_given_before_stay_unless_others_are_written() -> None:
    form = HostForm(Way.SSH, "host-a", "root", "2222")
    assert spread(form) == form
    assert spread(HostForm(Way.SSH, "ana@host-a:22", "root", "2222")) == HostForm(
        Way.SSH, "host-a", "ana", "22"
    )


@pytest.mark.parametrize("way", [Way.TLS, Way.TCP])
def test_only_ssh_has_a_user_in_its_address(way: Way) -> None:
    assert spread(HostForm(way, "host-a:16509")) == HostForm(way, "host-a", port="16509")
    assert problem(spread(HostForm(way, "root@host-a"))) is FormProblem.BAD_HOST


@pytest.mark.parametrize(
    ("uri", "form"),
    [
        ("qemu+ssh://MyAlias/system", HostForm(Way.SSH, "MyAlias")),
        ("qemu+ssh://Ana@MyAlias:22/system", HostForm(Way.SSH, "MyAlias", "Ana", "22")),
        ("qemu+tls://[FD00::1]/system", HostForm(Way.TLS, "FD00::1")),
    ],
)
def test_names_keep_their_capitals_and_hosts_their_kind(uri: str, form: HostForm) -> None:
    assert take_apart(uri) == form
    assert build(form) == uri
    assert suggested_name(form) == form.host


def test_a_name_made_of_an_ipv6_address_is_whole() -> None:
    assert suggested_name(HostForm(Way.CUSTOM, uri="qemu+ssh://root@[fd00::1]:22/session")) == "fd00::1"


@pytest.mark.parametrize("uri", ["qemu:///system", "qemu:///session", "qemu+ssh://root@host-a/system", "qemu+tls://h/system", "qemu+ssh://root@[fe80::1%25eth0]:22/system"])  # fmt: skip
def test_known_uris_fill_the_form(uri: str) -> None:
    form = take_apart(uri)
    assert form.way is not Way.CUSTOM
    assert build(form) == uri


@pytest.mark.parametrize("uri", ["qemu+ssh://h/session", "qemu+tls://h/system?no_verify=1", "xen:///", "qemu+ssh://h:x/system", "%%%"])  # fmt: skip
def test_other_uris_stay_as_they_are(uri: str) -> None:
    assert take_apart(uri) == HostForm(Way.CUSTOM, uri=uri)


@given(st.text(max_size=60))
def test_any_text_survives(uri: str) -> None:
    form = take_apart(uri)
    problem(form)
    suggested_name(form)
    spread(HostForm(Way.SSH, uri))


@given(host=st.text(max_size=30), user=st.text(max_size=20), port=st.text(max_size=6))
def test_what_passes_comes_back_the_same(host: str, user: str, port: str) -> None:
    form = HostForm(Way.SSH, host, user, port)
    if problem(form) is None:
        uri = build(form)
        assert "\n" not in uri
        assert uri.startswith("qemu+ssh://")
