"""The tests of a ruleset, as the command line runs them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ._command import ask
from ._html import escape, page, pre


@dataclass(frozen=True)
class Test:
    """A test, a table of cases or a property, and what came of it."""

    __test__ = False

    name: str
    passed: bool
    raw: dict[str, Any]


class TestReport(Sequence[Test]):
    """What the tests of a ruleset said; true where all passed."""

    __test__ = False

    def __init__(self, passed: bool, text: str, tests: Sequence[Test]) -> None:
        #: Whether every test passed.
        self.passed = passed
        self._text = text
        self._tests = tuple(tests)

    @property
    def failures(self) -> list[Test]:
        """The tests that failed."""
        return [test for test in self if not test.passed]

    def __bool__(self) -> bool:
        return self.passed

    def __getitem__(self, at):
        return self._tests[at]

    def __len__(self) -> int:
        return len(self._tests)

    def __iter__(self) -> Iterator[Test]:
        return iter(self._tests)

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return self._text

    def _repr_html_(self) -> str:
        word = "every test passes" if self.passed else f"{len(self.failures)} of {len(self)} tests fail"
        return page(f"<p>{escape(word)}</p>{pre(self._text)}")


def run(path: str | os.PathLike[str], only: str | None) -> TestReport:
    words = ["test", path, *(["--filter", only] if only else [])]
    told = ask(*words)
    lines = ask(*words, "--format", "json").stdout.splitlines()
    objects = [json.loads(line) for line in lines if line]
    tests = [
        Test(one["test"], one["passed"], one)
        for one in objects
        if "test" in one
    ]
    return TestReport(told.returncode == 0, told.stderr or told.stdout, tests)
