"""A host that asks who we are."""

import libvirt

from vmgui.hypervisor.credentials import CredentialKind, CredentialRequest, auth_argument


def test_questions_and_answers() -> None:
    asked: list[CredentialRequest] = []

    def source(requests: tuple[CredentialRequest, ...], /) -> tuple[str | None, ...]:
        asked.extend(requests)
        return ("me", "secret")

    kinds, callback, _ = auth_argument(source)
    assert libvirt.VIR_CRED_AUTHNAME in kinds
    assert libvirt.VIR_CRED_PASSPHRASE in kinds
    # As the binding gives them: kind, prompt, challenge, default, result.
    credentials: list[list[object]] = [
        [libvirt.VIR_CRED_AUTHNAME, "Your name:", None, "root", None],
        [libvirt.VIR_CRED_PASSPHRASE, "Password:", None, None, None],
    ]
    assert callback(credentials, None) == 0
    assert [credential[4] for credential in credentials] == ["me", "secret"]
    assert asked == [
        CredentialRequest(CredentialKind.USER_NAME, "Your name:", "", "root"),
        CredentialRequest(CredentialKind.PASSWORD, "Password:", "", ""),
    ]


def test_no_answer_gives_up() -> None:
    _, callback, _ = auth_argument(lambda _requests: (None,))
    assert callback([[libvirt.VIR_CRED_PASSPHRASE, "", None, None, None]], None) == -1


def test_nobody_to_ask() -> None:
    kinds, callback, _ = auth_argument(None)
    assert kinds == []
    assert callback([], None) == -1
