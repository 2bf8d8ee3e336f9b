"""What differs between two runs, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ._html import escape, page
from ._results import Results

if TYPE_CHECKING:
    import pandas

#: Rows that a notebook shows.
ROWS = 40


@dataclass(frozen=True)
class Difference:
    """One result that differs. ``causes`` are the changes that make it: each entry has the effect, a tuple
    of several only together."""

    entity: str
    period: str
    result: str
    before: float | str | None
    after: float | str | None
    causes: tuple[tuple[str, ...], ...]

    @property
    def why(self) -> str:
        """The causes in words."""
        return "; or alone: ".join(" together with ".join(one) for one in self.causes)


class Comparison(Sequence[Difference]):
    """Every result that differs; true where one does."""

    def __init__(
        self,
        differences: Sequence[Difference],
        compared: int,
        changes: Sequence[str] = (),
        only: tuple[list[str], list[str]] = ([], []),
        rows: tuple[list[tuple[str, str]], list[tuple[str, str]]] = ([], []),
    ) -> None:
        self._differences = tuple(differences)
        #: How many results were compared.
        self.compared = compared
        #: What was changed: by the rules, and last the data.
        self.changes = list(changes)
        #: Results that only the first, and only the second publishes.
        self.only_first, self.only_second = only
        #: Rows that only the first, and only the second has: entity and period.
        self.gone, self.new = rows

    def by_cause(self) -> dict[str, int]:
        """How many results each cause moves, the most first."""
        return dict(Counter(one.why for one in self).most_common())

    def to_pandas(self) -> pandas.DataFrame:
        """As a pandas frame, a row for each difference."""
        import pandas

        names = ["entity", "period", "result", "before", "after", "why"]
        rows = [[getattr(one, name) for name in names] for one in self]
        return pandas.DataFrame(rows, columns=names)

    def __getitem__(self, at):
        return self._differences[at]

    def __len__(self) -> int:
        return len(self._differences)

    def __iter__(self) -> Iterator[Difference]:
        return iter(self._differences)

    def __str__(self) -> str:
        lines = [f"{len(self)} of {self.compared} results differ"]
        lines += [f"{number:6}  {cause}" for cause, number in self.by_cause().items()]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        cells = [
            [one.entity, one.period, one.result, _shown(one.before), _shown(one.after), one.why]
            for one in self._differences[:ROWS]
        ]
        body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in cells)
        more = f"<small>{len(self) - ROWS} more</small>" if len(self) > ROWS else ""
        head = "".join(f"<th>{name}</th>" for name in ("", "", "result", "before", "after", "because of"))
        title = f"<p>{len(self)} of {self.compared} results differ</p>"
        return page(f"{title}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}")


def compare(first: Results, second: Results, *, tolerance: float = 0.0) -> Comparison:
    """What differs in the second run, and which changes of the rules, or its data, make it differ.

    Numbers that are no further apart than ``tolerance`` count as the same; those that agree in 13 digits
    always do.
    """
    changes, differences, compared, only, rows = first._native.compare(second._native, tolerance or None)
    found = [
        Difference(
            entity,
            period,
            result,
            before,
            after,
            tuple(tuple(changes[at] for at in one) for one in causes),
        )
        for entity, period, result, before, after, causes in differences
    ]
    return Comparison(found, compared, changes, only, rows)


def _shown(value: float | str | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.6g}" if isinstance(value, float) else value
