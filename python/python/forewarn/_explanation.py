"""Why a result is what it is."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from . import _forewarn
from ._html import page


class Explanation:
    """Why a result is what it is, what would settle it, and what would change it.

    As text it is what ``forewarn explain`` writes; in a notebook nested lists; for programs ``tree``, whose
    form is described in ``docs/explain-json.md``.
    """

    def __init__(self, why: _forewarn.Why) -> None:
        self._why = why

    def text(self, *, width: int = 80, full: bool = False) -> str:
        """As text of that width: as much as fits a screen for each result, or everything."""
        return self._why.text(width, full)

    def markdown(self, *, full: bool = False) -> str:
        """As a page of Markdown."""
        return self._why.markdown(full)

    def html(self, *, full: bool = False) -> str:
        """As a part of a page of HTML."""
        return page(self._why.html(full))

    @cached_property
    def tree(self) -> dict[str, Any]:
        """As data: values, conditions, contributions, observations and their places."""
        return json.loads(self._why.json())

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()

    def _repr_markdown_(self) -> str:
        return self.markdown()
