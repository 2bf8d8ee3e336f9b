"""Results as pages for readers."""

from __future__ import annotations

import html
import os
from pathlib import Path

from . import _forewarn

_FORMS = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md", ".xlsx": "xlsx"}
_NAMES = {"html": "html", "md": "md", "markdown": "md", "xlsx": "xlsx"}


class Report:
    """A report: the bytes of one file, shown by notebooks where it is HTML or Markdown."""

    def __init__(self, content: bytes, form: str, path: Path | None) -> None:
        self.content = content
        self.form = form
        self.path = path

    def write(self, path: str | os.PathLike[str]) -> Path:
        """Writes it to a file, whose name is given back."""
        self.path = Path(path)
        self.path.write_bytes(self.content)
        return self.path

    @property
    def text(self) -> str:
        """Its text; a workbook has none."""
        if self.form == "xlsx":
            raise TypeError("a workbook is no text: take its content")
        return self.content.decode("utf-8")

    def __len__(self) -> int:
        return len(self.content)

    def __repr__(self) -> str:
        where = "" if self.path is None else f" in {self.path}"
        return f"<forewarn report, {self.form}, {len(self.content)} bytes{where}>"

    def _repr_html_(self) -> str | None:
        if self.form != "html":
            return None
        page = html.escape(self.text, quote=True)
        return f'<iframe srcdoc="{page}" title="Report" style="width: 100%; height: 40em; border: 0"></iframe>'

    def _repr_markdown_(self) -> str | None:
        return self.text if self.form == "md" else None


def report(
    native: _forewarn.Results,
    path: str | os.PathLike[str] | None,
    form: str | None,
    lang: str | None,
    entities: list[str],
    level: str | None,
) -> Report:
    """Makes a report, and writes it where a path is given."""
    ending = None if path is None else _FORMS.get(Path(path).suffix.lower())
    wanted = ending or "html" if form is None else _NAMES.get(form.lower())
    if wanted is None:
        raise ValueError(f"`{form}` is no form of a report: take html, md or xlsx")
    if path is not None and form is None and ending is None:
        raise ValueError(f"`{Path(path).name}` tells no form of a report: name it .html, .md or .xlsx, or give format")
    made = Report(native.report(wanted, lang, entities, level), wanted, None)
    if path is not None:
        made.write(path)
    return made
