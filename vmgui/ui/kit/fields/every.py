"""The widget for each kind of field."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vmgui.commands import fields
from vmgui.ui.kit.fields.amount import AmountControl
from vmgui.ui.kit.fields.check import CheckControl
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.kit.fields.limit import LimitControl
from vmgui.ui.kit.fields.listed import ListedControl
from vmgui.ui.kit.fields.optional_number import number_control
from vmgui.ui.kit.fields.ordered import OrderedControl
from vmgui.ui.kit.fields.path import PathControl
from vmgui.ui.kit.fields.search import choice_control
from vmgui.ui.kit.fields.secret import SecretControl
from vmgui.ui.kit.fields.sentence import SentenceControl
from vmgui.ui.kit.fields.text import text_control
from vmgui.ui.kit.fields.ways import WaysControl

Kinds = Mapping[type[fields.Field], Callable[..., Control]]

KINDS: Kinds = {
    fields.Amount: AmountControl,
    fields.Check: CheckControl,
    fields.Choice: choice_control,
    fields.Limit: LimitControl,
    fields.Listed: ListedControl,
    fields.Number: number_control,
    fields.OnOff: CheckControl,
    fields.Ordered: OrderedControl,
    fields.Path: PathControl,
    fields.Secret: SecretControl,
    fields.Sentence: SentenceControl,
    fields.Text: text_control,
    fields.Ways: WaysControl,
}
