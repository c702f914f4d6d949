"""The wizard shows what a host's pools, networks and volumes are called letter by letter."""

from pathlib import Path
from xml.sax.saxutils import escape

from PySide6.QtWidgets import QStackedWidget

from tests.helpers.waiting import eventually
from tests.helpers.written import HOSTILE, MARKED_UP, faults, written
from tests.ui.creation.conftest import Workshop
from vmgui.ui.kit.wizard_steps import StepPage

NODE = """<node>
<cpu><mhz>3400</mhz><model>i7</model><active>16</active><nodes>1</nodes><sockets>1</sockets><cores>8</cores>
<threads>2</threads></cpu><memory>33554432</memory>
<network><name>{name}</name><forward mode='nat'/><bridge name='virbr0'/>
<ip address='192.0.2.1' netmask='255.255.255.0'/></network>
<pool type='dir'><name>{name}</name><target><path>/images/{name}</path></target></pool>
</node>"""


async def test_every_page_shows_letters(workshop: Workshop, tmp_path: Path) -> None:
    node = tmp_path / "node.xml"
    node.write_text(NODE.format(name=escape(HOSTILE)), "utf-8")
    await workshop.connect(f"test://{node}", HOSTILE)
    await workshop.open(HOSTILE)
    wizard = workshop.wizard
    wizard.session.change(name=HOSTILE)
    stack = wizard.findChild(QStackedWidget)
    assert stack is not None
    await eventually(lambda: len(wizard.findChildren(StepPage)) == stack.count())
    await workshop.settled()
    assert "\n".join(faults(wizard)) == ""
    assert any(MARKED_UP in text for _, _, text in written(wizard))
    assert wizard.minimumSizeHint().width() <= 960
