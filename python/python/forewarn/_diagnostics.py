"""Findings about rules and data: what is wrong, where, and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

from ._html import escape, page, pre


@dataclass(frozen=True)
class Place:
    """Where something stands: in a rule file, by line and column from 1; in data, by row and column."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    row: int | None = None
    column_name: str | None = None
    key: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        parts = [self.file or "data"]
        if self.line is not None:
            parts.append(f":{self.line}:{self.column}")
        if self.row is not None:
            parts.append(f", row {self.row}")
        if self.column_name is not None:
            parts.append(f", column `{self.column_name}`")
        return "".join(parts)


@dataclass(frozen=True)
class Edit:
    """Words of a file to put others in place of; the span is in bytes of the file."""

    file: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Help:
    """What to do; with edits a program can do it."""

    text: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Diagnostic:
    """One finding."""

    code: str | None
    severity: str
    title: str
    text: str
    place: Place | None
    labels: tuple[tuple[Place | None, str], ...] = ()
    notes: tuple[str, ...] = ()
    help: tuple[Help, ...] = ()
    raw: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def is_error(self) -> bool:
        """Whether it stands in the way."""
        return self.severity == "error"

    def __str__(self) -> str:
        code = f"[{self.code}]" if self.code else ""
        place = f" ({self.place})" if self.place else ""
        return f"{self.severity}{code}: {self.title}{place}"


class Diagnostics(Sequence[Diagnostic]):
    """Findings, in the order in which they were found; as text, what the command line writes."""

    def __init__(self, text: str = "", found: Sequence[Diagnostic] = ()) -> None:
        self._text = text
        self._found = tuple(found)

    @classmethod
    def _of(cls, text: str, lines: str) -> Diagnostics:
        objects = (json.loads(line) for line in lines.splitlines() if line)
        return cls(text, [_diagnostic(one) for one in objects if "title" in one])

    @property
    def errors(self) -> list[Diagnostic]:
        """Those that stand in the way."""
        return [one for one in self if one.is_error]

    @property
    def warnings(self) -> list[Diagnostic]:
        """Those that do not."""
        return [one for one in self if not one.is_error]

    @overload
    def __getitem__(self, at: int) -> Diagnostic: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Diagnostic]: ...
    def __getitem__(self, at: int | slice) -> Diagnostic | Sequence[Diagnostic]:
        return self._found[at]

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._found)

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return self._text or "Diagnostics()"

    def _repr_html_(self) -> str:
        if not self:
            return page("<p>nothing was found</p>")
        head = "".join(f"<li>{escape(str(one))}</li>" for one in self)
        return page(f"<ul>{head}</ul>{pre(self._text)}")


def _diagnostic(one: dict[str, Any]) -> Diagnostic:
    primary = one["primary"]
    return Diagnostic(
        code=one["code"],
        severity=one["severity"],
        title=one["title"],
        text=primary["text"],
        place=_place(primary["place"]),
        labels=tuple((_place(label["place"]), label["text"]) for label in one["labels"]),
        notes=tuple(one["notes"]),
        help=tuple(
            Help(each["text"], tuple(filter(None, map(_edit, each["edits"])))) for each in one["help"]
        ),
        raw=one,
    )


def _edit(edit: dict[str, Any]) -> Edit | None:
    place = edit["place"]
    if place is None or place["kind"] != "source":
        return None
    return Edit(place["file"], place["start_byte"], place["end_byte"], edit["text"])


def _place(place: dict[str, Any] | None) -> Place | None:
    if place is None or place["kind"] == "command_line":
        return None
    if place["kind"] == "data":
        return Place(
            file=place["file"],
            row=place["row"],
            column_name=place["column_name"],
            key=place["key"],
            cell=place["cell"],
        )
    names = ("file", "line", "column", "end_line", "end_column")
    return Place(**{name: place[name] for name in names if name in place})
