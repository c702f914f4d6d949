"""What can be set is told before it is, and never a password."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.command_line import Shell
from vmgui.model.errors import NotFound

NODE = """<node><domain type='test'><name>web</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e0001</uuid>
<memory>1048576</memory><os><type>hvm</type></os><devices>
<disk type='file' device='disk'><source file='/x.img'/><target dev='hda' bus='ide'/></disk>
<graphics type='vnc' port='-1' passwd='0ld'/>
<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
</devices></domain></node>"""


@pytest.fixture
async def web(tmp_path: Path, event_loop: object) -> AsyncIterator[Shell]:
    path = tmp_path / "node.xml"
    path.write_text(NODE)
    made = Shell("--connect", f"test://{path}")
    async with made.session:
        yield made


async def keys(web: Shell, what: str) -> dict[str, dict[str, Any]]:
    answer = await web.run("device", "keys", "web", what)
    return {one["key"]: one for one in answer.document}


async def test_keys_of_a_device_and_of_a_new_one(web: Shell) -> None:
    there = await keys(web, "rng-0")
    assert there["backend"]["value"] == "random"
    assert [one["value"] for one in there["backend"]["values"]] == ["random", "builtin", "egd"]
    assert there.keys() == (await keys(web, "rng")).keys()
    # How large a new disk is to be is asked; of one that is there it is not.
    assert "size" in await keys(web, "disk")
    assert "size" not in await keys(web, "hda")
    assert (await keys(web, "graphics-0"))["password"]["value"] is None


async def test_what_is_neither_is_told_with_what_there_is(web: Shell) -> None:
    with pytest.raises(NotFound) as caught:
        await keys(web, "rgn")
    assert (caught.value.subject, "rng-0" in caught.value.detail) == ("rgn", True)
