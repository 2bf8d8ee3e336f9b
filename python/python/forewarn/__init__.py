"""Risk frameworks as rules: check them, apply them to data frames, explain every result.

    >>> import forewarn
    >>> rules = forewarn.load("rules/un-framework")
    >>> results = rules.run("monthly.csv", set={"war_threshold": 500})
    >>> results.to_polars()
    >>> results.explain("AVA", "2024-12")

A table may be a path, a pandas or polars data frame, a pyarrow table, a DuckDB relation, or anything else
that gives an Arrow stream; results are given back to any of them. Missing is never zero: where evidence is
missing and could matter, a level is an interval, from ``overall.at_least`` to ``overall.at_most``.
"""

from ._command import ask as command
from ._comparison import Comparison, Difference, compare
from ._diagnostics import Diagnostic, Diagnostics, Edit, Help, Place
from ._errors import CannotRun, DiagnosticError, ForewarnError, UnknownName
from ._explanation import Explanation
from ._forewarn import __version__
from ._report import Report
from ._results import Column, Results
from ._ruleset import Ruleset, load, loads
from ._testing import Test, TestReport

__all__ = [
    "CannotRun",
    "Column",
    "Comparison",
    "Diagnostic",
    "DiagnosticError",
    "Diagnostics",
    "Difference",
    "Edit",
    "Explanation",
    "ForewarnError",
    "Help",
    "Place",
    "Report",
    "Results",
    "Ruleset",
    "Test",
    "TestReport",
    "UnknownName",
    "__version__",
    "command",
    "compare",
    "load",
    "loads",
]
