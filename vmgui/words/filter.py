"""What a machine is searched by: its facts, and what a person may call its state."""

from __future__ import annotations

from vmgui.model.definition import NO_DEFINITION, Definition
from vmgui.model.domain import Domain, DomainState
from vmgui.model.host import Host
from vmgui.policy.filter import PROTECTED_WORD, STATE_WORDS, Facts
from vmgui.policy.tags import os_name
from vmgui.words.states import protected_word, state_words

_state_texts: dict[DomainState, str] = {}


def state_text(state: DomainState) -> str:
    """What a state is called, here and in English, casefolded, a line each."""
    found = _state_texts.get(state)
    if found is None:
        words = (state_words(state).casefold(), *STATE_WORDS[state])
        found = _state_texts[state] = "\n".join(dict.fromkeys(words))
    return found


def all_state_words() -> frozenset[str]:
    """What a person may call any state."""
    texts = (protected_word(), PROTECTED_WORD, *map(state_text, DomainState))
    return frozenset(word.casefold() for text in texts for word in text.split("\n"))


def forget_words() -> None:
    """The language is another."""
    _state_texts.clear()


def facts_of(domain: Domain, host: Host, definition: Definition) -> Facts:
    """What is searched of a machine."""
    name, state, where = domain.name.casefold(), state_text(domain.state), host.name.casefold()
    if definition is NO_DEFINITION:
        return Facts(name, state, where)
    if definition.is_protected:
        state = "\n".join(dict.fromkeys((state, protected_word().casefold(), PROTECTED_WORD)))
    return Facts(
        name=f"{name}\n{definition.title.casefold()}" if definition.title else name,
        state=state,
        host=where,
        tag="\n".join(definition.tags).casefold(),
        folder=definition.folder.casefold(),
        os=os_name(definition.os_id).casefold(),
        ip="\n".join(definition.addresses),
        mac="\n".join(definition.macs),
        note=definition.note.casefold(),
    )
