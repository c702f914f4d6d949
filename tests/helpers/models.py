"""Qt's own model checker, for every item model of the program."""

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester


def watch_model(model: QAbstractItemModel) -> QAbstractItemModelTester:
    """Check the model now and after each change until it dies; any violation fails the running test.

    The tester reports warnings, which fail a test here like any Qt warning. Its fatal mode would abort the whole
    test process and lose the report that says which test it was.
    """
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
