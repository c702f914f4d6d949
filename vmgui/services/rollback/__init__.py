"""All or nothing, for whoever makes several things one after the other: what was made is taken back, if need be by
a later run."""

from vmgui.services.rollback.service import RollbackService
from vmgui.services.rollback.steps import Steps

__all__ = ["RollbackService", "Steps"]
