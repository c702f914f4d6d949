"""The wizard's pages, and on which of them each answer is given."""

from __future__ import annotations

from enum import StrEnum

from vmgui.model.creation import SourceKind
from vmgui.model.offer import Field


class PageId(StrEnum):
    """The pages, in their order."""

    SOURCE = "source"
    SYSTEM = "system"
    RESOURCES = "resources"
    STORAGE = "storage"
    NETWORK = "network"
    EXTRAS = "extras"
    SUMMARY = "summary"


_PAGES = {
    Field.HOST: PageId.SOURCE,
    Field.CDROM: PageId.SOURCE,
    Field.KERNEL: PageId.SOURCE,
    Field.INITRD: PageId.SOURCE,
    Field.KERNEL_ARGS: PageId.SOURCE,
    Field.OS: PageId.SYSTEM,
    Field.VCPUS: PageId.RESOURCES,
    Field.VCPUS_MAX: PageId.RESOURCES,
    Field.MEMORY: PageId.RESOURCES,
    Field.MEMORY_MAX: PageId.RESOURCES,
    Field.DISK_POOL: PageId.STORAGE,
    Field.DISK_NAME: PageId.STORAGE,
    Field.DISK_SIZE: PageId.STORAGE,
    Field.NETWORK: PageId.NETWORK,
    Field.GRAPHICS: PageId.EXTRAS,
    Field.FIRMWARE: PageId.EXTRAS,
    Field.TPM: PageId.EXTRAS,
    Field.NAME: PageId.EXTRAS,
    Field.XML: PageId.SUMMARY,
}


def page_of(field: Field, source: SourceKind) -> PageId:
    """Where the answer to a field is given."""
    if field is Field.DISK_IMAGE:
        return PageId.SOURCE if source is SourceKind.DISK_IMAGE else PageId.STORAGE
    return _PAGES[field]
