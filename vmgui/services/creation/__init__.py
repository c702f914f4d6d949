"""Create a virtual machine: what the host offers, what a medium is, and the job that makes it or nothing."""

from vmgui.services.creation.service import CreationService

__all__ = ["CreationService"]
