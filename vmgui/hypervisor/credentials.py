"""Answers to a host that asks who we are (virConnectAuth): SASL on tcp and tls, ESX and the like.

ssh asks by itself and never comes here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

import libvirt


class CredentialKind(Enum):
    """What is asked for."""

    USER_NAME = "user_name"
    PASSWORD = "password"  # noqa: S105 - the name of a kind of credential
    OTHER = "other"  # shown as it is typed


@dataclass(frozen=True, slots=True)
class CredentialRequest:
    """One question; `prompt` are the host's own words, `default` may be empty."""

    kind: CredentialKind
    prompt: str
    challenge: str
    default: str


class CredentialSource(Protocol):
    """Called in a worker thread, may block until the person has answered; None: no answer, give up."""

    def __call__(self, requests: tuple[CredentialRequest, ...], /) -> tuple[str | None, ...]: ...


_KINDS = {
    libvirt.VIR_CRED_USERNAME: CredentialKind.USER_NAME,
    libvirt.VIR_CRED_AUTHNAME: CredentialKind.USER_NAME,
    libvirt.VIR_CRED_PASSPHRASE: CredentialKind.PASSWORD,
    libvirt.VIR_CRED_NOECHOPROMPT: CredentialKind.PASSWORD,
    libvirt.VIR_CRED_ECHOPROMPT: CredentialKind.OTHER,
    libvirt.VIR_CRED_REALM: CredentialKind.OTHER,
}


def auth_argument(source: CredentialSource | None) -> list[Any]:
    """What libvirt.openAuth wants as its second argument."""
    if source is None:
        return [[], _answer_nothing, None]
    return [list(_KINDS), _callback(source), None]


def _answer_nothing(_credentials: list[list[Any]], _opaque: object) -> int:
    return -1


def _callback(source: CredentialSource) -> Callable[[list[list[Any]], object], int]:
    def answer(credentials: list[list[Any]], _opaque: object) -> int:
        # Each is [kind, prompt, challenge, default, result]; the result is filled in.
        requests = tuple(
            CredentialRequest(
                kind=_KINDS.get(credential[0], CredentialKind.OTHER),
                prompt=str(credential[1] or ""),
                challenge=str(credential[2] or ""),
                default=str(credential[3] or ""),
            )
            for credential in credentials
        )
        answers = source(requests)
        if len(answers) != len(credentials):
            return -1
        for credential, given in zip(credentials, answers, strict=True):
            if given is None:
                return -1
            credential[4] = given
        return 0

    return answer
