"""The form of a host and libvirt's URI."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.ui.hosts.uri_form import FormProblem, HostForm, Way, build, problem, suggested_name, take_apart


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
        (HostForm(Way.TLS, "host/system"), FormProblem.BAD_HOST),
        (HostForm(Way.TCP, "host", port="99999"), FormProblem.BAD_PORT),
        (HostForm(Way.TCP, "host", port="x"), FormProblem.BAD_PORT),
        (HostForm(Way.SSH, "host", "-l"), FormProblem.BAD_USER),
        (HostForm(Way.CUSTOM), FormProblem.NO_URI),
        (HostForm(Way.CUSTOM, uri="host-a"), FormProblem.BAD_URI),
    ],
)
def test_what_is_wrong_is_found(form: HostForm, found: FormProblem) -> None:
    assert problem(form) is found


@pytest.mark.parametrize("uri", ["qemu:///system", "qemu:///session", "qemu+ssh://root@host-a/system", "qemu+tls://h/system"])  # fmt: skip
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


@given(host=st.text(max_size=30), user=st.text(max_size=20), port=st.text(max_size=6))
def test_what_passes_comes_back_the_same(host: str, user: str, port: str) -> None:
    form = HostForm(Way.SSH, host, user, port)
    if problem(form) is None:
        uri = build(form)
        assert "\n" not in uri
        assert uri.startswith("qemu+ssh://")
