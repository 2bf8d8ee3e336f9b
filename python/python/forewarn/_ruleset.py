"""Rulesets: loaded, checked, applied."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from . import _forewarn, _testing
from ._command import ask
from ._diagnostics import Diagnostics
from ._results import Results


def load(path: str | os.PathLike[str]) -> Ruleset:
    """The ruleset at a path: a rule file, a folder, or an archive that ``forewarn package`` wrote.

    What is wrong with the rules is told when they are checked or used.
    """
    where = Path(path)
    if not where.exists():
        raise FileNotFoundError(f"there is no ruleset at {where}")
    return Ruleset(_forewarn.Ruleset.from_path(where), where)


def loads(text: str, name: str = "rules.risk") -> Ruleset:
    """A ruleset of one file, from its text; ``name`` is what messages call it."""
    return Ruleset(_forewarn.Ruleset.from_text(name, text), None)


class Ruleset:
    """A ruleset, compiled when it is first used and kept for further use.

    It can be pickled: its texts go along, so that it works where its files are not.
    """

    def __init__(self, native: _forewarn.Ruleset, path: Path | None) -> None:
        self._native = native
        #: Where it was loaded from; None for a text.
        self.path = path

    @property
    def title(self) -> str:
        """Label and version."""
        (name, version, label), *_ = self._about()
        return f"{label or name} {version}".strip()

    @property
    def name(self) -> str:
        """The name behind ``framework``."""
        return self._about()[0][0]

    @property
    def version(self) -> str:
        """The version behind it."""
        return self._about()[0][1]

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that say what a row is about: the entity, further keys within it, the period. A panel that is
        one series has the period alone."""
        keys, period = self._about()[1]
        return (*keys, *([period] if period else []))

    @property
    def indicators(self) -> list[str]:
        """Names of the indicators, in the order of the rules."""
        return self._about()[2]

    def check(
        self,
        *,
        set: Mapping[str, object] | None = None,
        audience: str | None = None,
        lang: str | None = None,
    ) -> Diagnostics:
        """Everything that is to be said of the rules, warnings too; empty where there is nothing."""
        return Diagnostics._of(*self._native.check(given(set, None, audience, lang)))

    def run(
        self,
        data: Any,
        *,
        set: Mapping[str, object] | None = None,
        map: Mapping[str, str] | None = None,
        audience: str | None = None,
        lang: str | None = None,
        missing: Iterable[str] = (),
        delimiter: str | None = None,
        decimal: str | None = None,
        lenient: bool = False,
        period_format: str | None = None,
        key_steps: Sequence[str] = (),
        leave_out: Iterable[str] = (),
        state: Results | str | os.PathLike[str] | None = None,
        engine: str | None = None,
        threads: int = 0,
    ) -> Results:
        """Applies the rules to observations by entity and period.

        ``data`` is a path or a list of them (joined on their keys), a pandas or polars frame, a pyarrow
        table, a DuckDB relation, anything else that gives an Arrow stream, or a mapping of columns.

        ``set`` gives params other values: ``{"war_threshold": 500}``, ``{"share": "15%"}``. ``map`` reads
        indicators and keys from other columns. ``audience`` leaves out what it may not see: ``"public"``,
        ``"restricted"``, ``"confidential"``. ``missing`` are words that mean missing, besides nothing;
        ``key_steps`` bring keys to one spelling (``"trim"``, ``"upper"``, …); ``leave_out`` are entities
        that are no peers of the others.

        ``state`` is what was before the data, as ``--state`` is on the command line: the results of an earlier run
        from here; the path of results that ``forewarn run -o`` wrote, or of the state beside them; or ``"none"``
        where no alert was out. Alerts, windows and values of earlier periods go on from there, and the results are
        those of one run over all the data. Without it, they know nothing of what was before the first row.

        Raises ``DiagnosticError`` where something is wrong with the rules or the data. Other Python threads
        run meanwhile.
        """
        reading = {
            "missing": _list(missing),
            "delimiter": delimiter,
            "decimal": decimal,
            "lenient": lenient,
            "period_format": period_format,
            "keys": _list(key_steps),
            "leave_out": _list(leave_out),
        }
        native = self._native.run(
            data, given(set, map, audience, lang), reading, _earlier(state), (engine, threads)
        )
        return Results(native, self)

    def test(self, only: str | None = None) -> _testing.TestReport:
        """Runs the tests, tables of cases and properties of the rules; ``only`` those whose name it finds."""
        return _testing.run(self._on_disk("test"), only)

    def diff(self, other: Ruleset | str | os.PathLike[str], data: str | os.PathLike[str] | None = None) -> str:
        """What ``other`` says otherwise, by meaning, and with data whose results that moves: as Markdown."""
        second = other._on_disk("diff") if isinstance(other, Ruleset) else other
        words: list[str | os.PathLike[str]] = ["diff", self._on_disk("diff"), second]
        if data is not None:
            words += ["--data", data]
        return ask(*words, "--format", "markdown").stdout

    def _on_disk(self, what: str) -> Path:
        if self.path is None:
            raise ValueError(f"`{what}` needs a ruleset that was loaded from a path")
        return self.path

    def _about(self) -> Any:
        return self._native.about(given(None, None, None, None))

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all its texts, with those of what it builds on."""
        return self._native.kept()[2]

    def __getstate__(self) -> dict[str, Any]:
        entry, files, digest = self._native.kept()
        return {"entry": entry, "files": files, "sha256": digest, "path": self.path}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._native = _forewarn.Ruleset.from_files(state["entry"], state["files"])
        self.path = state["path"]
        if self._native.kept()[2] != state["sha256"]:
            raise ValueError("the ruleset is not the one that was sent: its texts have another fingerprint")

    def __repr__(self) -> str:
        return f"<forewarn ruleset {self.path or 'from text'}>"


def given(
    set: Mapping[str, object] | None,
    map: Mapping[str, str] | None,
    audience: str | None,
    lang: str | None,
) -> dict[str, Any]:
    """What is decided outside the rules, as the native half takes it."""
    return {
        "set": [(name, _value(value)) for name, value in (set or {}).items()],
        "map": list((map or {}).items()),
        "audience": audience,
        "lang": lang,
    }


def _value(value: object) -> str:
    # Scalars of numpy, and of what is like it, hold a value of Python's own.
    item = getattr(value, "item", None)
    if callable(item):
        value = item()
    if isinstance(value, bool):
        return "yes" if value else "no"
    # Without powers of ten, which rules do not know.
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def _earlier(state: Results | str | os.PathLike[str] | None) -> dict[str, Any]:
    """What was before the data, as the native half takes it."""
    if not isinstance(state, Results):
        return {"named": None if state is None else Path(state), "text": None}
    text = state.state
    if text is None:
        raise ValueError(f"the rules of {state!r} look back on nothing: there is nothing to go on from")
    return {"named": None, "text": text}


def _list(words: Iterable[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)
