"""Delete virtual machines, one or many: a plan that names everything that goes and stays, then the act."""

from vmgui.services.deletion.act import PlanChanged
from vmgui.services.deletion.service import DeletionService

__all__ = ["DeletionService", "PlanChanged"]
