"""What came of a run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import _forewarn
from ._diagnostics import Diagnostics
from ._explanation import Explanation
from ._html import chip, escape, page

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from ._comparison import Comparison
    from ._report import Report
    from ._ruleset import Ruleset

#: Rows and columns that a notebook shows.
ROWS, COLUMNS = 20, 10


@dataclass(frozen=True)
class Column:
    """A result column. ``names`` and ``labels`` are those of levels and categories, from the lowest."""

    name: str
    label: str
    unit: str
    #: The declaration that it belongs to: ``overall`` of ``overall.at_least``.
    declaration: str
    #: ``number``, ``truth``, ``level``, ``category`` or ``period``.
    kind: str
    names: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    #: It rests on later periods than a row's own: for coding the past, never for warning.
    hindsight: bool = False


class Results:
    """The results of one run: keys and result columns, row by row as in the data.

    Anything that takes an Arrow stream takes them: ``pyarrow.table(results)``, ``polars.DataFrame(results)``,
    ``duckdb.sql("from results")``.
    """

    def __init__(self, native: _forewarn.Results, ruleset: Ruleset) -> None:
        self._native = native
        #: The ruleset that gave them.
        self.ruleset = ruleset

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(self._native)

    @property
    def warnings(self) -> Diagnostics:
        """What was found in the data and does not stand in the way."""
        return Diagnostics._of(*self._native.warnings())

    @property
    def columns(self) -> list[Column]:
        """The result columns, in the order of the rules, with labels and units."""
        return [
            Column(name, label, unit, declaration, kind, tuple(names), tuple(labels), hindsight)
            for name, label, unit, declaration, kind, names, labels, hindsight in self._native.columns()
        ]

    @property
    def hindsight(self) -> list[str]:
        """Names of the result columns that rest on later periods than a row's own, as the manifest of a run lists
        them. They say what a period has turned out to be; nothing that warns rests on them."""
        return [column.name for column in self.columns if column.hindsight]

    @property
    def state(self) -> str | None:
        """What the run hands over to the next: where alerts stand, and what windows and values of earlier periods
        will read. It is the text of the file ``results.csv.state.json`` that ``forewarn run -o results.csv`` writes;
        None where the rules look back on nothing. ``run(data, state=results)`` goes on from it, and so does
        ``forewarn run --state`` from the file that it is written to."""
        return self._native.state()

    def rows(self, most: int | None = None) -> list[dict[str, Any]]:
        """Row by row, as mappings of plain values; needs no other library."""
        return _rows(self, len(self) if most is None else most)

    def to_arrow(self) -> pyarrow.Table:
        """As a pyarrow table; labels and units stand in the metadata of its fields."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self, *, categories: bool = True) -> pandas.DataFrame:
        """As a pandas frame; levels are ordered categories, so that they compare and sort by severity."""
        import pandas

        if hasattr(pandas.DataFrame, "from_arrow"):
            frame = pandas.DataFrame.from_arrow(self)
        else:
            frame = self.to_arrow().to_pandas()
        for column in self._levels() if categories else ():
            frame[column.name] = pandas.Categorical(
                frame[column.name], categories=list(column.names), ordered=True
            )
        return frame

    def to_polars(self, *, categories: bool = True) -> polars.DataFrame:
        """As a polars frame; levels are enumerations, which compare and sort by severity."""
        import polars

        frame = polars.DataFrame(self)
        levels = self._levels() if categories else ()
        return frame.with_columns(
            polars.col(column.name).cast(polars.Enum(list(column.names))) for column in levels
        )

    def number(self, entity: str, period: object = None, result: str = "") -> float | None:
        """A number of one entity and period, the entity's last where none is named."""
        return self._native.number(entity, _word(period), result)

    def word(self, entity: str, period: object = None, result: str = "") -> str | None:
        """A level, a category, or a truth as ``yes``, ``no`` or ``unknown``; None while undetermined."""
        return self._native.word(entity, _word(period), result)

    def explain(
        self, entity: str | None = None, period: object = None, *names: str, result: str | Sequence[str] = ()
    ) -> Explanation:
        """Why a result is what it is; levels and alerts where no result is named, the entity's last period
        where none is. A panel that is one series has no entity to name."""
        named = [result] if isinstance(result, str) else list(result)
        return Explanation(self._native.explain(entity or "", _word(period), [*names, *named]))

    def report(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        format: str | None = None,
        lang: str | None = None,
        entities: Iterable[str] = (),
        level: str | None = None,
    ) -> Report:
        """These results as a report for readers: one HTML file that opens without a network and prints well,
        Markdown, or a workbook.

        The ending of ``path`` decides the form, or ``format`` does: ``"html"``, ``"md"``, ``"xlsx"``. Without a path
        nothing is written, and a notebook shows the report. ``entities`` have pages of their own; all have where
        none is named. ``level`` is what the first page is about, found from the rules by default. The report holds
        what the audience of the run may see, in the language of the run unless ``lang`` names another.
        """
        from ._report import report

        return report(self._native, path, format, lang, list(entities), level)

    def compare(self, other: Results, *, tolerance: float = 0.0) -> Comparison:
        """What differs in ``other``, and whether its rules or its data make it differ."""
        from ._comparison import compare

        return compare(self, other, tolerance=tolerance)

    def _levels(self) -> list[Column]:
        return [column for column in self.columns if column.kind == "level"]

    def __repr__(self) -> str:
        return f"<forewarn results of {self.ruleset.title}: {len(self)} rows, {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        return page(_table(self))


def _word(period: object) -> str | None:
    if period is None:
        return None
    if hasattr(period, "strftime") and not isinstance(period, str):
        return period.strftime("%Y-%m-%d")  # type: ignore[attr-defined]
    return str(period)


def _table(results: Results) -> str:
    columns = {column.name: column for column in results.columns}
    rows = _rows(results, ROWS)
    names = list(rows[0]) if rows else []
    keys = [name for name in names if name not in columns]
    # Bounds and coverage are told beside what they are of.
    aside = (".at_least", ".at_most", ".coverage")
    main = [name for name in columns if not name.endswith(aside)]
    main.sort(key=lambda name: columns[name].kind != "level")
    shown = keys + main[:COLUMNS]
    head = "".join(f"<th>{_title(columns.get(name), name)}</th>" for name in shown)
    body = "".join(
        "<tr>" + "".join(_cell(columns.get(name), row, name) for name in shown) + "</tr>" for row in rows
    )
    left = []
    if len(results) > len(rows):
        left.append(f"{len(results) - len(rows)} more rows")
    if len(main) > COLUMNS:
        left.append(f"{len(main) - COLUMNS} more results")
    note = f"<small>{' and '.join(left)}</small>" if left else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"


def _title(column: Column | None, name: str) -> str:
    label = column.label if column and column.label else name
    unit = f" <small>{escape(column.unit)}</small>" if column and column.unit else ""
    later = " <small>hindsight</small>" if column and column.hindsight else ""
    return f'<span title="{escape(name)}">{escape(label)}</span>{unit}{later}'


def _cell(column: Column | None, row: dict[str, Any], name: str) -> str:
    value = row[name]
    if column is not None and column.kind == "level":
        return f"<td>{_level(column, row)}</td>"
    if value is None:
        return '<td class="missing">–</td>'
    if isinstance(value, float):
        return f'<td class="number">{value:,.4g}</td>'
    return f"<td>{escape(value)}</td>"


def _level(column: Column, row: dict[str, Any]) -> str:
    def of(name: str | None) -> str:
        if name is None or name not in column.names:
            return '<span class="missing">–</span>'
        at = column.names.index(name)
        label = column.labels[at] if at < len(column.labels) and column.labels[at] else name
        return chip(label, at, len(column.names))

    if row[column.name] is not None:
        return of(row[column.name])
    low, high = row.get(f"{column.name}.at_least"), row.get(f"{column.name}.at_most")
    if low is None and high is None:
        return '<span class="missing">–</span>'
    return f'<span class="interval">{of(low)} … {of(high)}</span>'


def _rows(results: Results, most: int) -> list[dict[str, Any]]:
    names, rows = results._native.rows(most)
    return [dict(zip(names, row)) for row in rows]


#: What can be a path.
Path = str | os.PathLike[str]
