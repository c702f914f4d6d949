"""What tests measure is kept in the run's report and output, and fails nothing."""

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from tests.helpers.figures import worst_of

MEASURES = """
import pytest
from tests.helpers.figures import figure

@pytest.mark.parametrize("value", [1.5, 9000.25, 2.0])
def test_it(value):
    figure("longest gap", value, "ms")
"""


def test_the_worst_of_each_is_said() -> None:
    found = [("gap [ms]", "a", 3.0), ("exit [s]", "b", 1.0), ("gap [ms]", "c", 40.0), ("gap [ms]", "d", 5.0)]
    assert worst_of(found) == [
        "exit: 1 s, the worst of 1: b",
        "gap: 40 ms, the worst of 3: c",
    ]


def test_figures_stand_in_report_and_output_of_several_workers(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(MEASURES)
    report = tmp_path / "report.xml"
    command = [sys.executable, "-P", "-m", "pytest", "-q", "-p", "tests.helpers.figures", "-n", "2"]
    command += [f"--junitxml={report}", "-o", "junit_family=xunit1", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=400)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "longest gap: 9000 ms, the worst of 3: test_a.py::test_it[9000.25]" in result.stdout
    properties = ElementTree.parse(report).findall(".//testcase/properties/property")
    assert sorted(float(entry.get("value", "")) for entry in properties) == [1.5, 2.0, 9000.0]
