"""CPUs and memory, on the scale of what the host has left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QSpinBox, QWidget

from vmgui.model.creation import NewDomain
from vmgui.model.offer import Field, HostOffer
from vmgui.policy.creation import vcpus_limit
from vmgui.policy.plain_text import visible
from vmgui.ui.creation.form import FieldMessage, caption, page_layout
from vmgui.ui.creation.page import Page
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import CreationSession, View
from vmgui.ui.kit.capacity_slider import CapacitySlider, Quantity
from vmgui.ui.kit.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_S
from vmgui.words import quantities as fmt

KIB_PER_MIB = 1024
LEAST_MEMORY_KIB = 64 * KIB_PER_MIB
UNKNOWN_HOST_MEMORY_KIB = 64 * 1024 * KIB_PER_MIB


class ResourcesPage(Page):
    """Two sliders; the maximums behind "More"."""

    page_id = PageId.RESOURCES

    def __init__(self, session: CreationSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        layout = page_layout(self)
        self._cpus = CapacitySlider(Quantity.COUNT)
        self._cpus.changed.connect(self._on_cpus_changed)
        self._cpus_message = FieldMessage("create-cpus-message")
        self._memory = CapacitySlider(Quantity.MEMORY_KIB)
        self._memory.changed.connect(self._on_memory_changed)
        self._memory_message = FieldMessage("create-memory-message")
        layout.addWidget(self._cpus)
        layout.addWidget(self._cpus_message)
        layout.addSpacing(SPACE)
        layout.addWidget(self._memory)
        layout.addWidget(self._memory_message)

        self._more = QPushButton()
        self._more.setObjectName("create-resources-more")
        self._more.setProperty("kind", "link")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._on_more_toggled)
        self._extra = self._build_extra()
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._extra)
        layout.addStretch(1)
        self._extra.hide()
        self.retranslate()

    def _build_extra(self) -> QWidget:
        self._why = caption("create-headroom-caption")
        self._cpus_max_label, self._memory_max_label = Label(), Label()
        self._cpus_max, self._memory_max = QSpinBox(), QSpinBox()
        self._cpus_max.setObjectName("create-cpus-max")
        self._memory_max.setObjectName("create-memory-max")
        self._memory_max.setSingleStep(256)
        self._cpus_max.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._memory_max.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._cpus_max_label.setBuddy(self._cpus_max)
        self._memory_max_label.setBuddy(self._memory_max)
        self._cpus_max.valueChanged.connect(self._on_cpus_max_changed)
        self._memory_max.valueChanged.connect(self._on_memory_max_changed)
        self._cpus_max_message = FieldMessage("create-cpus-max-message")
        self._memory_max_message = FieldMessage("create-memory-max-message")
        extra = QWidget()
        grid = QGridLayout(extra)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(SPACE_S)
        grid.addWidget(self._why, 0, 0, 1, 3)
        grid.addWidget(self._cpus_max_label, 1, 0)
        grid.addWidget(self._cpus_max, 1, 1)
        grid.addWidget(self._cpus_max_message, 2, 0, 1, 3)
        grid.addWidget(self._memory_max_label, 3, 0)
        grid.addWidget(self._memory_max, 3, 1)
        grid.addWidget(self._memory_max_message, 4, 0, 1, 3)
        grid.setColumnStretch(2, 1)
        return extra

    def first_field(self) -> QWidget:
        return self._cpus

    def show_view(self, view: View) -> None:
        if view.new is None or view.offer is None:
            return
        self._show_cpus(view.new, view.offer)
        self._show_memory(view.new, view.offer)
        os = view.os
        self._cpus.set_recommended(os.recommended_cpus if os is not None else None)
        recommended = os.recommended_memory_bytes if os is not None else None
        self._memory.set_recommended(recommended // 1024 if recommended else None)
        self._cpus_message.show_problems(view.problems_of(Field.VCPUS))
        self._memory_message.show_problems(view.problems_of(Field.MEMORY))
        of_maximum = view.problems_of(Field.VCPUS_MAX, Field.MEMORY_MAX)
        self._cpus_max_message.show_problems(view.problems_of(Field.VCPUS_MAX))
        self._memory_max_message.show_problems(view.problems_of(Field.MEMORY_MAX))
        if any(problem.is_error for problem in of_maximum):
            # What blocks must be seen.
            self._more.setChecked(True)

    def _show_cpus(self, new: NewDomain, offer: HostOffer) -> None:
        capabilities = offer.capabilities_of(new.arch, new.machine, new.domain_type)
        limit = max(vcpus_limit(offer, capabilities), new.vcpus)
        self._cpus.set_range(1, limit)
        self._cpus.set_capacity(
            offer.cpus,
            min(offer.vcpus_committed, offer.cpus),
            total_text=self.tr("on {host}").format(host=visible(offer.host.name)),
            others_text=self.tr("given to running machines"),
        )
        self._cpus.set_value(new.vcpus)
        top = capabilities.max_vcpus if capabilities is not None and capabilities.max_vcpus else 1024
        _show_number(self._cpus_max, new.vcpus_max, max(top, new.vcpus_max))

    def _show_memory(self, new: NewDomain, offer: HostOffer) -> None:
        total_kib = offer.memory_total_kib or UNKNOWN_HOST_MEMORY_KIB
        used_kib = max(0, offer.memory_total_kib - offer.memory_free_kib) if offer.memory_free_kib else 0
        self._memory.set_range(min(LEAST_MEMORY_KIB, new.memory_kib), max(total_kib, new.memory_kib))
        self._memory.set_capacity(
            offer.memory_total_kib,
            used_kib,
            total_text=self.tr("on {host}").format(host=visible(offer.host.name)),
            others_text=self.tr("in use now"),
        )
        self._memory.set_value(new.memory_kib)
        maximum_mib = new.memory_max_kib // KIB_PER_MIB
        _show_number(self._memory_max, maximum_mib, max(total_kib // KIB_PER_MIB, maximum_mib))

    def _on_cpus_changed(self, value: int) -> None:
        self.session.change(vcpus=value)

    def _on_memory_changed(self, value_kib: int) -> None:
        self.session.change(memory_kib=value_kib)

    def _on_cpus_max_changed(self, value: int) -> None:
        self.session.change(vcpus_max=value)

    def _on_memory_max_changed(self, value_mib: int) -> None:
        self.session.change(memory_max_kib=value_mib * KIB_PER_MIB)

    def _on_more_toggled(self, on: bool) -> None:
        self._extra.setVisible(on)
        self._label_more()

    def _label_more(self) -> None:
        text = self.tr("L&ess") if self._more.isChecked() else self.tr("Mor&e")
        self._more.setText(text)
        self._more.setAccessibleName(text.replace("&", ""))

    def retranslate(self) -> None:
        self._cpus.set_label(self.tr("CP&Us"), "create-cpus")
        self._memory.set_label(self.tr("&Memory"), "create-memory")
        self._why.setText(
            self.tr(
                "Headroom: up to these values the machine can be given more while it runs, without a restart."
            )
        )
        self._cpus_max_label.setText(self.tr("Most CPUs, while running"))
        self._cpus_max.setAccessibleName(self.tr("Most CPUs, while running"))
        self._memory_max_label.setText(self.tr("Most memory, while running"))
        self._memory_max.setAccessibleName(self.tr("Most memory, while running"))
        self._memory_max.setSuffix(" MiB")
        for box in (self._cpus_max, self._memory_max):
            box.setLocale(fmt.locale())
        self._label_more()


def _show_number(box: QSpinBox, value: int, maximum: int) -> None:
    was_blocked = box.blockSignals(True)
    box.setRange(1, min(maximum, 2**31 - 1))
    if box.value() != value:
        box.setValue(value)
    box.blockSignals(was_blocked)
