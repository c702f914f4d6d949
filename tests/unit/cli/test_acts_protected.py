"""A protected machine on the command line: foreseen, refused, left out of what is asked and of what is deleted."""

from __future__ import annotations

import pytest

from tests.helpers.command_line import Shell
from vmgui.cli.verb import DONE, FAILED


@pytest.mark.parametrize("words", [("force-off",), ("reset",), ("delete",)])
async def test_a_protected_machine_is_refused(shell: Shell, words: tuple[str, ...]) -> None:
    assert (await shell.result("protect", "test", "on"))["ok"]
    foreseen = await shell.run(words[0], "test", "--check")
    assert isinstance(foreseen.document, dict)
    assert (foreseen.status, foreseen.document["possible"]) == (FAILED, False)
    assert "protected" in str(foreseen.document["because"])
    answer = await shell.run(words[0], "test", "--yes")
    assert isinstance(answer.document, dict)
    (result,) = answer.document["results"]
    assert (answer.status, result["ok"]) == (FAILED, False)
    assert result["error"]["kind"] == "InvalidState"
    assert "protected" in result["error"]["text"]
    # Nothing would be done: nothing was asked.
    assert shell.person.asked == []
    listed = await shell.run("list")
    assert isinstance(listed.document, list)
    assert [(one["state"], one["protected"]) for one in listed.document] == [("running", True)]


async def test_what_is_protected_no_longer_is_possible_again(shell: Shell) -> None:
    await shell.result("protect", "test", "on")
    await shell.result("protect", "test", "off")
    answer = await shell.run("force-off", "test", "--yes")
    assert answer.status == DONE


async def test_shut_down_of_a_protected_machine_is_possible(shell: Shell) -> None:
    await shell.result("protect", "test", "on")
    assert (await shell.result("shutdown", "test"))["state"] == "off"
