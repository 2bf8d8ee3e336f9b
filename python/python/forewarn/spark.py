"""Rulesets on Spark: the same bits as on one machine, spread over executors.

    >>> from forewarn import spark
    >>> results = spark.run(rules, observations)          # a Spark data frame in, a Spark data frame out

Rows of one entity are kept together where rules look along time, rows of one period where they compare peers;
where they do both, what is compared is worked out entity by entity, compared period by period, and brought
back to the entities. Each group is handed to the ruleset as an Arrow table. The ruleset travels with its
texts, so that executors need the wheel and no files. What is wrong with the rules is raised here, before
anything is sent; what is wrong with the data is raised with code and place by the job.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ._errors import CannotRun
from ._results import Results
from ._ruleset import Ruleset, given

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["plan", "run"]


def plan(ruleset: Ruleset) -> str:
    """How the rows of a ruleset are spread.

    ``rows``: anyhow. ``entity``: those of an entity together. ``period``: those of a period together.
    ``stages``: first by entity, then by period, and by entity again. ``whole``: all together, since results
    rest on peers of other periods, or on groups that the data name.
    """
    plain = given(None, None, None, None)
    along_time, across_peers, _ = ruleset._native.about(plain)[3]
    if not across_peers:
        return "entity" if along_time else "rows"
    if ruleset._native.passes(plain) is None:
        return "whole"
    return "stages" if along_time else "period"


def run(
    ruleset: Ruleset,
    data: DataFrame,
    *,
    set: Mapping[str, object] | None = None,
    map: Mapping[str, str] | None = None,
    audience: str | None = None,
    lang: str | None = None,
    entity: str | None = None,
    period: str | None = None,
) -> DataFrame:
    """Applies the rules to a Spark data frame of observations, and gives one of results.

    ``entity`` and ``period`` are the columns of the keys, where they are not called as in the rules. Columns
    are found by name, in whatever order; rows of results come in no order. In stages the data are read more
    than once: ``data.cache()`` where that is dear.
    """
    from pyspark.sql.functions import col

    # Spark counts the arguments of what it is given, `self` among them: it is given functions of tables.
    work = _Work(ruleset, {"set": set, "map": map, "audience": audience, "lang": lang})
    keys = _keys(ruleset, data.columns, entity, period, map or {})
    first = _first(data)
    schema = _schema(work.whole(first))
    how = plan(ruleset)
    if how == "rows":
        return data.mapInArrow(work.rows, schema)
    if how == "whole" or (how == "period" and keys["period"] is None):
        return data.groupBy().applyInArrow(lambda table: work.whole(table), schema)
    if how == "period":
        return data.groupBy(f"`{keys['period']}`").applyInArrow(lambda table: work.whole(table), schema)
    if how == "entity" and keys["entity"] is None:
        return data.groupBy().applyInArrow(lambda table: work.whole(table), schema)
    if how == "entity":
        return data.groupBy(f"`{keys['entity']}`").applyInArrow(lambda table: work.whole(table), schema)
    # As results write keys, whatever the data hold.
    by_entity = data.groupBy(col(f"`{keys['entity']}`").cast("string").alias("__entity"))
    done: DataFrame | None = None
    for phase in range(work.phases()):
        operands = work.operands(phase)
        shape = work.shape(phase, first)
        own = shape[0].fieldNames()
        if done is None:
            rows = by_entity.applyInArrow(operands, shape[0])
        else:
            rows = by_entity.cogroup(done.groupBy(f"`{own[0]}`")).applyInArrow(operands, shape[0])
        names = [name for name in own if not name.startswith("__operand_")]
        together = rows.groupBy(f"`{names[-1]}`") if keys["period"] else rows.groupBy()
        compared = together.applyInArrow(work.compared(phase), shape[1])
        done = compared if done is None else done.join(compared, names)
    assert done is not None
    return by_entity.cogroup(done.groupBy(f"`{done.columns[0]}`")).applyInArrow(
        lambda table, done: work.results(table, done), schema
    )


class _Work:
    """What an executor does: unpickled there, with the ruleset's texts.

    One thread works on a group: Spark runs as many groups at a time as there are cores. Spark matches
    columns by position, so that each step gives its own in the order of its schema.
    """

    def __init__(self, ruleset: Ruleset, settings: dict[str, Any]) -> None:
        self.ruleset, self.settings = ruleset, settings

    def whole(self, table: Any) -> Any:
        """The results of a group that needs no other."""
        return self.ruleset.run(table, threads=1, **self.settings).to_arrow()

    def rows(self, batches: Iterator[Any]) -> Iterator[Any]:
        """The results of batches, row by row."""
        for batch in batches:
            if batch.num_rows:
                yield from self.whole(batch).to_batches()

    def phases(self) -> int:
        """How many phases there are."""
        return self._passes().phases()

    def operands(self, phase: int) -> Any:
        """What a phase compares, of an entity's rows and what the phases before gave for them."""
        if phase == 0:
            return lambda table: _table(self._passes().operands(0, _batches(table)))
        return lambda table, done: _table(self._passes().operands(phase, _batches(table, done)))

    def compared(self, phase: int) -> Any:
        """What a phase makes of a period's rows."""
        return lambda table: _table(self._passes().compared(phase, _batches(table)))

    def results(self, table: Any, done: Any) -> Any:
        """The results of an entity's rows, with what all phases gave for them."""
        native = self._passes().results(_batches(table, done))
        return Results(native, self.ruleset).to_arrow()

    def shape(self, phase: int, first: Any) -> tuple[Any, Any]:
        """The schemas of a phase's two steps."""
        operands = _table(self._passes().operands(phase, _batches(first)))
        compared = _table(self._passes().compared(phase, _batches(operands)))
        return _schema(operands), _schema(compared)

    def _passes(self) -> Any:
        settings = self.settings
        found = self.ruleset._native.passes(
            given(settings["set"], settings["map"], settings["audience"], settings["lang"])
        )
        assert found is not None
        return found


def _table(arrow: Any) -> Any:
    import pyarrow

    return pyarrow.table(arrow)


def _batches(*tables: Any) -> list[Any]:
    """Each as one batch."""
    import pyarrow

    made = []
    for table in tables:
        batches = table.combine_chunks().to_batches()
        made.append(batches[0] if batches else pyarrow.RecordBatch.from_pylist([], table.schema))
    return made


def _keys(
    ruleset: Ruleset,
    columns: list[str],
    entity: str | None,
    period: str | None,
    map: Mapping[str, str],
) -> dict[str, str | None]:
    names, of_periods = ruleset._native.about(given(None, None, None, None))[1]
    first = names[0] if names else None
    found: dict[str, str | None] = {}
    for key, name, told in (("entity", first, entity), ("period", of_periods, period)):
        if name is None:
            found[key] = None
            continue
        near = next((one for one in columns if one.lower() == name.lower()), None)
        column = told or map.get(name) or near
        if column is None or column not in columns:
            raise CannotRun(
                f"no column of the data is the key `{name}`: there are {', '.join(columns)}; name it with `{key}=`"
            )
        found[key] = column
    return found


def _first(data: DataFrame) -> Any:
    """One row, which tells the columns of results, and what is wrong with those of the data."""
    rows = data.limit(1)
    if hasattr(rows, "toArrow"):
        first = rows.toArrow()
    else:
        import pyarrow

        first = pyarrow.Table.from_pandas(rows.toPandas(), preserve_index=False)
    if not first.num_rows:
        raise CannotRun("the data have no rows")
    return first


def _schema(table: Any) -> Any:
    from pyspark.sql.types import DoubleType, IntegerType, StringType, StructField, StructType

    kinds = {"double": DoubleType(), "int32": IntegerType(), "string": StringType()}
    return StructType([StructField(field.name, kinds[str(field.type)], True) for field in table.schema])
